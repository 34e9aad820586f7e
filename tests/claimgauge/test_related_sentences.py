"""What leads on where a claim was not read, as a user sees it: on the terminal, in report.md, verdicts.json, the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimgauge.cli import cli

TABLE = "Model,NUS accuracy\nAlpha,60.5\nBeta,58.4\n"
RELATED = "The NUS accuracy of Alpha is 60.5."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("related")
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    (folder / "r.md").write_text("# Claims\n\n- Alpha frobs zorgly things.\n- Carbon zorgs.\n", encoding="utf-8")
    return folder


def shown(*arguments: object) -> str:
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_check_shows_what_is_related_and_accepts_it_for_no_rewording(folder: Path) -> None:
    said = shown("check", "Alpha frobs zorgly things.", "--table", folder / "t.csv", "--accept")
    assert "verdict    not-testable" in said
    assert (
        "choose?    Alpha is best.\nleft out   frobs zorgly things\nchosen     “best”\nchoose?    Alpha is worst."
        in said
    )
    assert f"related?   {RELATED}\n           keeps only “Alpha”, leaves out the rest" in said


def test_explain_shows_examples_that_are_called_no_rewordings() -> None:
    said = shown("explain", "Carbon zorgs.")
    assert "examples   no rewordings, but sentences that this evidence can decide:\n           " in said


def test_a_report_shows_related_sentences_by_claim_and_examples_once(folder: Path) -> None:
    said = shown("verify", folder / "r.md", "--results", folder / "t.csv", "--out", folder / "out")
    assert "examples  nothing nearer to 1 claim was found; the evidence can decide, for example: “Alpha has" in said
    written = json.loads((folder / "out" / "verdicts.json").read_text(encoding="utf-8"))["reports"][0]
    first, second = written["claims"]
    assert (first["rewording"], [one["chosen"] for one in first["rewordings"]]) == ("", [["best"], ["worst"]])
    assert first["suggestions"][0] == {"text": RELATED, "kept": ["Alpha"], "replaced": []}
    assert ("suggestions" in second, second["rewordings"]) == (False, [])
    page, prose = ((folder / "out" / name).read_text(encoding="utf-8") for name in ("report.html", "report.md"))
    assert "<p data-piece=meant>Alpha is best.</p>" in page
    assert f"<p data-piece=related>{RELATED}</p>" in page
    assert "One of these may be meant: “Alpha is best.” (left out: frobs zorgly things; chosen for" in prose
    assert f"On its names the evidence shows: “{RELATED}”" in prose
    assert (len(written["examples"]), page.count("it can decide, for example"), prose.count("it can decide, for")) == (
        3,
        1,
        1,
    )
    assert all(f"“{text}”" in page and f"“{text}”" in prose for text in written["examples"])
