"""`claimgauge` as a user runs it: a process of its own with its own arguments, folder, streams and exit code.

The process is forked from one that has imported pandas and our own packages once; starting Python anew for
every call of the suite takes several times as long. `fresh=True` starts it anew, and so does a variable that
Python reads only then.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "report.md"

IMPORTED = [
    "claimgauge.guard", "claims.setup", "claims.checking.over_tables", "claims.checking.table_rows", "claims.readers.html",
    "claims.readers.latex", "analysis.importers.importing", "reports.page", "reports.verdicts_json", "reports.sarif",
    "reports.junit", "reports.markdown", "pyarrow.parquet",
]  # fmt: skip
PATIENCE = 300.0


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
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / name for name in ("stdout", "stderr")]
        process = context.Process(target=_main, args=(call, str(cwd), surroundings, *map(str, said)))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(call, PATIENCE)
        stdout, stderr = (path.read_text(encoding="utf-8") for path in said)
    return subprocess.CompletedProcess(call, process.exitcode, stdout, stderr)


def _main(call: list[str], cwd: str, surroundings: dict[str, str], stdout: str, stderr: str) -> None:
    """In the process."""
    os.environ.clear()
    os.environ.update(surroundings)
    os.chdir(cwd)
    sys.argv = call
    for stream, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    from claimgauge.guard import main

    main()
