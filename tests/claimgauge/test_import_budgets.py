"""What each command imports: help is light, and no command brings a package that its work does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from keyword import iskeyword
from pathlib import Path

import pytest

from claimgauge.cli import COMMANDS

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "report.md")
IMPORTED = """
import contextlib, io, json, sys
calls = json.loads(sys.argv[1])
from claimgauge.guard import main
for call in calls:
    sys.argv = ["claimgauge", *call]
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        main()
print(json.dumps(sorted(sys.modules)))
"""
LEARNING = {"torch", "transformers", "datasets"}
HEAVY = LEARNING | {"matplotlib", "statsmodels", "distributed", "scipy.stats"}
FRAMES = {"pandas", "pyarrow", "scipy", "lark", "bs4", "markdown_it", "jinja2", "spellchecker"}


def modules(*calls: tuple[str, ...]) -> set[str]:
    """Those of a process that begins with nothing and runs these commands one after another."""
    command = [sys.executable, "-c", IMPORTED, json.dumps(calls)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def packages(names: set[str]) -> set[str]:
    """Of modules: the packages, and what is heavy in them."""
    return {name.partition(".")[0] for name in names} | ({"scipy.stats"} & names)


def test_the_help_of_no_command_needs_a_package_of_tables_or_of_learning() -> None:
    names = modules(*((name, "--help") for name in COMMANDS))
    assert {f"claimgauge.commands.{f'{name}_' if iskeyword(name) else name}" for name in COMMANDS} <= names
    assert not packages(names) & (HEAVY | FRAMES | {"numpy"})


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (("verify", EXAMPLE), HEAVY),
        (("check", "Alpha beats Beta on NUS.", "--table", "{table}"), HEAVY | {"pandas", "pyarrow", "scipy", "lark", "bs4"}),
        (("explain", "MNLI has 392,702 training examples."), HEAVY | FRAMES | {"numpy"}),
        (("settle", "MNLI improves XQuAD by 40 points."), HEAVY | {"bs4", "markdown_it", "jinja2"}),
        (("run", "english", "--dry-run"), HEAVY | {"pandas", "pyarrow", "scipy", "lark", "jinja2"}),
        (("ls", "tasks"), HEAVY | FRAMES | {"numpy"}),
        (("template", "results"), HEAVY | {"scipy", "lark", "bs4"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_command_spares_what_its_work_does_not_need(
    arguments: tuple[str, ...], spared: set[str], tmp_path: Path
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Model,NUS\nAlpha,60.5\nBeta,58.4\n", encoding="utf-8")
    assert not packages(modules(tuple(argument.format(table=table) for argument in arguments))) & spared


def test_checking_two_claims_of_a_markdown_report_imports_at_most_450_modules(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# Report\n\n- MNLI improves XNLI.\n- MNLI has 392,702 training examples.\n", encoding="utf-8")
    names = modules(("verify", str(report)))
    assert "claims.checking.measuring" in names
    assert len(names) <= 450
    assert not {"pandas", "numpy", "bs4", "jinja2", "analysis.tables", "claims.domains.table.reading"} & names
