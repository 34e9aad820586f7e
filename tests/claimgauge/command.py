"""`claimgauge` as a user runs it: a process of its own with its own arguments, folder, streams and exit code.

The process is forked from one that has imported what commands need and has read the shipped data once
(`warm_command`); starting Python anew for every call of the suite takes many times as long. `fresh=True` starts
it anew, and so does a variable that Python reads only then.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLE = ROOT / "examples" / "report.md"

PATIENCE = 300.0

TRAINING = forkserver.ForkServer()
WARM = forkserver.ForkServer()
"""Our own, as a server keeps the variables that were set when it started: tests that set some start that of Python."""
WARM.set_forkserver_preload(["warm_command"])


def claimgauge(
    *arguments: str | Path, cwd: Path = ROOT, fresh: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end.

    Args:
        arguments: behind `claimgauge`. cwd: the working folder. fresh: start Python anew.
        environment: variables besides those of the suite.
    """
    call = ["claimgauge", *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **environment}
    if fresh or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in environment):
        started = [sys.executable, "-m", *call]
        return subprocess.run(
            started, cwd=cwd, env=surroundings, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    return _forked(_main, call, surroundings, cwd)


def script(path: str | Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a Python file of the project to its end, in its folder, in a process forked like that of a command."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return _forked(_script, [str(ROOT / path), *map(str, arguments)], surroundings, ROOT)


def grid(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command of training in this process, which has torch; nodes are forked from one server for the suite."""
    call = ["claimgauge", *map(str, arguments)]
    said = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(said[0]),
        contextlib.redirect_stderr(said[1]),
        warnings.catch_warnings(action="default"),
        patch.dict(os.environ, NO_COLOR="1"),
        patch.object(sys, "argv", call),
        patch.object(forkserver, "set_forkserver_preload", TRAINING.set_forkserver_preload),
        patch.object(forkserver, "connect_to_new_process", TRAINING.connect_to_new_process),
    ):
        try:
            _main()
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(call, code, *(one.getvalue() for one in said))


def _forked(
    target: Callable[[], None], call: list[str], surroundings: dict[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / name for name in ("stdout", "stderr")]
        context = multiprocessing.get_context("forkserver")
        process = context.Process(target=_process, args=(target, call, str(cwd), surroundings, *map(str, said)))
        path = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
        with (
            patch.dict(os.environ, PYTHONPATH=path),  # the server finds `warm_command` by it
            patch.object(forkserver, "connect_to_new_process", WARM.connect_to_new_process),
        ):
            process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(call, PATIENCE)
        stdout, stderr = (path.read_text(encoding="utf-8") for path in said)
    return subprocess.CompletedProcess(call, process.exitcode, stdout, stderr)


def _process(
    target: Callable[[], None], call: list[str], cwd: str, surroundings: dict[str, str], stdout: str, stderr: str
) -> None:
    """In the process."""
    assert "warm_command" in sys.modules, "the server says nothing of a module that it could not import"
    os.environ.clear()
    os.environ.update(surroundings)
    os.chdir(cwd)
    sys.argv = call
    for stream, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    target()


def _main() -> None:
    from claimgauge.guard import main

    main()


def _script() -> None:
    sys.path.insert(0, str(Path(sys.argv[0]).parent))
    runpy.run_path(sys.argv[0], run_name="__main__")
