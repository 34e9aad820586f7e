"""The other commands, and what all commands share."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import EXAMPLE, ROOT, claimgauge
from settings_file import configured

from claimgauge.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_speaks_json_or_writes_files(name: str) -> None:
    done = claimgauge(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Example" in done.stdout
    assert f"claimgauge {name}" in done.stdout
    assert "--json" in done.stdout or name in {"template", "serve"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_on_commands_holds_the_help_of_every_command(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert claimgauge(name, "--help").stdout.strip() in page, "run `python docs/make_commands.py`"


def test_help_imports_neither_pandas_nor_our_packages() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['claimgauge', '--help']\n"
        "from claimgauge.guard import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'lark', 'analysis', 'claims', 'reports'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    done = claimgauge("verfy")
    assert done.returncode == 2
    assert "Did you mean 'verify'?" in done.stderr


@pytest.mark.parametrize("hiding", ["analysis.py", "claims.py", "reports/__init__.py"])
def test_a_users_own_file_of_our_packages_name_does_not_take_our_place(tmp_path: Path, hiding: str) -> None:
    path = tmp_path / hiding
    path.parent.mkdir(exist_ok=True)
    path.write_text("raise RuntimeError('the wrong module was imported')\n", encoding="utf-8")
    done = claimgauge("explain", "MNLI contains 392,702 training examples.", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "supported" in done.stdout
    first = claimgauge("doctor", cwd=tmp_path, PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert first.returncode == 0, first.stdout + first.stderr


def test_a_foreign_module_that_is_already_imported_is_named() -> None:
    code = (
        "import sys, types\n"
        "sys.modules['analysis'] = types.ModuleType('analysis')\n"
        "sys.modules['analysis'].__file__ = '/elsewhere/analysis.py'\n"
        "from claimgauge.guard import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert "'analysis' is hidden by /elsewhere/analysis.py" in done.stderr


def test_explain_opens_a_claim_down_to_the_cell() -> None:
    done = claimgauge("explain", "The best intermediate model per target raises XTREME by 5.4 points.")
    assert done.returncode == 0
    for part in (
        "supported",
        "recomputed",
        "(= (mean (gain best_per_target t) t :over targets) 5.4)",
        "73.5",
        "68.1",
        "XTREME → bench",
    ):
        assert part in done.stdout


def test_explain_takes_assertions_and_claims_of_reports() -> None:
    assert "supported" in claimgauge("explain", "(> (gain best_per_target tydiqa) 10)").stdout
    done = claimgauge("explain", f"{EXAMPLE}#c03", "--json")
    assert json.loads(done.stdout)["verdict"] == "refuted"
    missing = claimgauge("explain", f"{EXAMPLE}#C99")
    assert missing.returncode == 3
    assert "has no claim 'C99'" in missing.stderr


@pytest.mark.parametrize(
    ("claim", "part", "code"),
    [("", "empty", 2), ("(> (gain mnly xnli) 0)", "did you mean 'mnli'", 3), ("(> 1", "not closed", 3)],
)
def test_explain_refuses_what_is_no_claim(claim: str, part: str, code: int) -> None:
    done = claimgauge("explain", claim)
    assert done.returncode == code
    assert part in done.stderr


@pytest.mark.parametrize("what", ["tasks", "kinds", "languages", "models", "metrics", "definitions", "findings"])
def test_ls_lists_the_vocabulary_as_text_and_as_json(what: str) -> None:
    text, data = claimgauge("ls", what), claimgauge("ls", what, "--json")
    rows = json.loads(data.stdout)
    assert len(text.stdout.splitlines()) == len(rows) + 1
    assert rows[0]


def test_templates_can_be_used_as_they_are(tmp_path: Path) -> None:
    for what, name, option in (
        ("results", "results.csv", lambda path: ("--results", path)),
        ("assertions", "assertions.toml", lambda path: configured(tmp_path, assertions=path)),
        ("definitions", "definitions.toml", lambda path: configured(tmp_path, definitions=path)),
    ):
        path = tmp_path / name
        assert claimgauge("template", what, "-o", path).returncode == 0
        done = claimgauge("verify", EXAMPLE, *option(path))
        assert done.returncode == 0, done.stderr
    report = tmp_path / "report.md"
    assert claimgauge("template", "report", "-o", report).returncode == 0
    assert claimgauge("verify", report).returncode == 0
    again = claimgauge("template", "report", "-o", report)
    assert again.returncode == 2
    assert "--force" in again.stderr


def test_diff_names_the_verdicts_that_changed(tmp_path: Path) -> None:
    claimgauge("verify", EXAMPLE, "--out", tmp_path / "a")
    claimgauge("verify", EXAMPLE, "--out", tmp_path / "b", *configured(tmp_path, no_built_in=True))
    before, after = tmp_path / "a" / "verdicts.json", tmp_path / "b" / "verdicts.json"
    done = claimgauge("diff", before, after)
    assert done.returncode == 0
    assert "C05" in done.stdout
    assert json.loads(claimgauge("diff", before, before, "--json").stdout) == []
    wrong = claimgauge("diff", EXAMPLE, after)
    assert wrong.returncode == 3


def test_defaults_may_stand_in_a_configuration_file(tmp_path: Path) -> None:
    (tmp_path / "claimgauge.toml").write_text('[verify]\nfail-on = "refuted"\n', encoding="utf-8")
    assert claimgauge("verify", EXAMPLE, cwd=tmp_path).returncode == 1
    (tmp_path / "claimgauge.toml").write_text("[verify\n", encoding="utf-8")
    assert claimgauge("verify", EXAMPLE, cwd=tmp_path).returncode == 2


def test_doctor_finds_everything_in_place() -> None:
    done = claimgauge("doctor", "--json")
    assert done.returncode == 0
    assert all(check["ok"] is not False for check in json.loads(done.stdout))
