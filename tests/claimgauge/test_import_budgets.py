"""What each command imports: help is light, and no command brings a package that its work does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from claimgauge.cli import COMMANDS

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "report.md")
IMPORTED = """
import contextlib, io, json, sys
sys.argv = ["claimgauge", *json.loads(sys.argv[1])]
from claimgauge.guard import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
print(json.dumps(sorted(sys.modules)))
"""
LEARNING = {"torch", "transformers", "datasets"}
HEAVY = LEARNING | {"matplotlib", "statsmodels", "distributed", "scipy.stats"}
FRAMES = {"pandas", "pyarrow", "scipy", "lark", "bs4", "markdown_it", "jinja2", "spellchecker"}


def modules(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", IMPORTED, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def imported(*arguments: str) -> set[str]:
    """The packages, and what is heavy in them."""
    names = modules(*arguments)
    return {name.partition(".")[0] for name in names} | ({"scipy.stats"} & names)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_needs_no_package_of_tables_and_none_of_learning(name: str) -> None:
    assert not imported(name, "--help") & (HEAVY | FRAMES | {"numpy"})


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
    assert not imported(*(argument.format(table=table) for argument in arguments)) & spared


def test_checking_two_claims_of_a_markdown_report_imports_at_most_450_modules(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# Report\n\n- MNLI improves XNLI.\n- MNLI has 392,702 training examples.\n", encoding="utf-8")
    names = modules("verify", str(report))
    assert "claims.checking.measuring" in names
    assert len(names) <= 450
    assert not {"pandas", "numpy", "bs4", "jinja2", "analysis.tables", "claims.domains.table.reading"} & names
