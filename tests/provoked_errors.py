"""Which errors the tests provoke: every place that makes one is met by a test of the suite, or stands in a list.

`UNPROVOKED=check pytest` fails at its end where an error was made by no test and is not listed in
`unprovoked_errors.txt`; `UNPROVOKED=write pytest` writes the list anew. What other processes raise does not count, and
tests that are skipped for want of a browser or a shell provoke nothing, so that a plain run asks for neither.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ClaimgaugeError

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGES = ("analysis", "runners", "claims", "reports", "claimgauge")
LISTED = HERE / "unprovoked_errors.txt"
CALL = re.compile(r"\w+Error\(")
CLASS = re.compile(r"^class (\w+)\(([\w, ]+)\):", re.MULTILINE)
ASKED = os.environ.get("UNPROVOKED", "")
"""What is asked of this run: "check", "write" or nothing."""
SHOWN = 60
"""Characters of an error in the list."""

met: set[tuple[str, int]] = set()
"""Files and lines where errors were made, of this process and of those that have reported."""


def record() -> None:
    """Notes from now on where errors are made."""

    def made(cls: type[ClaimgaugeError], *_: object, **__: object) -> ClaimgaugeError:
        frame = sys._getframe(1)
        met.add((frame.f_code.co_filename, frame.f_lineno))
        return Exception.__new__(cls)

    ClaimgaugeError.__new__ = made  # type: ignore[assignment, method-assign]


def errors() -> Iterator[tuple[str, str, range]]:
    """Every place that makes an error: its name in the list, its file, its lines."""
    texts = {f: f.read_text(encoding="utf-8") for package in PACKAGES for f in sorted((ROOT / package).rglob("*.py"))}
    classes = _classes(texts.values())
    for file, text in texts.items():
        if CALL.search(text) is None:
            continue
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        waiting: list[tuple[str, ast.AST]] = [(module, ast.parse(text))]
        while waiting:
            within, node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                within = f"{within}.{node.name}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in classes:
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                yield f"{within} {ast.unparse(node)[:SHOWN]}", str(file), lines
            waiting += [(within, child) for child in ast.iter_child_nodes(node)]


def unprovoked() -> set[str]:
    """The errors that no test has made so far."""
    return {name for name, file, lines in errors() if not any((file, line) in met for line in lines)}


def _classes(texts: Iterable[str]) -> set[str]:
    bases = {name: set(over.split(", ")) for text in texts for name, over in CLASS.findall(text)}
    found = {"ClaimgaugeError"}
    while more := {name for name, over in bases.items() if over & found} - found:
        found |= more
    return found


def pytest_configure() -> None:
    if ASKED:
        record()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    met.update(map(tuple, node.workeroutput.get("errors", ())))


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["errors"] = sorted(met)
        return
    if not ASKED or session.exitstatus != 0 or not _is_whole(config):
        return
    open_ = unprovoked()
    if ASKED == "write":
        LISTED.write_text("".join(f"{name}\n" for name in sorted(open_)), encoding="utf-8")
    if new := sorted(open_ - set(LISTED.read_text(encoding="utf-8").splitlines())):
        config.get_terminal_writer().line("\n  ".join(["\nno test provokes", *new]))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_whole(config: pytest.Config) -> bool:
    """True if all tests were run, and the data of those that need it was there."""
    option = config.option
    chosen = option.keyword or option.collectonly or option.deselect or getattr(option, "lf", False)
    whole = not chosen and "not slow" in option.markexpr and config.args == config.getini("testpaths")
    return whole and (ROOT.parent / "shared").is_dir()
