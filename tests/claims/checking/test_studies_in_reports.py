"""Which study and version a whole report is about, by its title, references and sentences."""

from __future__ import annotations

import json
import re
import runpy
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from shared_files import shared
from study_tables import table

from claimgauge.commands.verify import command


@pytest.fixture(scope="module")
def first_version() -> Path:
    return shared("facts", "phang2020_v1_results.csv")


def verify(reports: list[Path], out: Path, *results: Path) -> list[list[dict[str, object]]]:
    given = [part for path in results for part in ("--results", str(path))]
    done = CliRunner().invoke(command, [*map(str, reports), *given, "--out", str(out)], standalone_mode=False)
    assert done.exception is None, done.output
    return [r["claims"] for r in json.loads((out / "verdicts.json").read_text(encoding="utf-8"))["reports"]]


def test_no_claim_of_the_seed_reports_is_refuted_by_the_first_version_or_gets_its_number_from_it(tmp_path) -> None:
    given = verify(sorted(shared("reports", "seeds").iterdir()), tmp_path / "out")
    assert not [c for claims in given for c in claims if c["verdict"] in {"refuted", "mixed"}]
    flagged = [c for claims in given for c in claims if "other-version" in c["flags"]]
    shared_by_both = [c for c in flagged if c["verdict"] == "supported"]
    assert shared_by_both
    for claim in shared_by_both:
        assert not {"8.2", "7.5", "7.0", "8.7", "5.4"} & set(str(claim["assertion"]).replace(")", " ").split())
    averages = [
        c for claims in given for c in claims if " 8.2)" in str(c["assertion"]) or " 8.7)" in str(c["assertion"])
    ]
    assert len(averages) >= 6
    for claim in averages:
        assert claim["verdict"] == "needs-data"
        assert "itself says of it is not at hand" in str(claim["reason"])


def test_fifty_sentences_about_the_first_version_are_judged_right_or_left_open(
    first_version, monkeypatch, capsys
) -> None:
    script = Path(__file__).parents[3] / "benchmarks" / "claims" / "first_version.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(first_version.parent)])
    monkeypatch.syspath_prepend(script.parent)
    with suppress(SystemExit):
        runpy.run_path(str(script), run_name="__main__")
    printed = capsys.readouterr().out
    said = re.search(r"(\d+) sentences .*: (\d+) right, (\d+) wrong", printed)
    assert said is not None, printed
    sentences, right, wrong = map(int, said.groups())
    assert (sentences, wrong) == (50, 0), printed
    assert right >= 0.75 * sentences


def test_a_report_that_cites_another_paper_is_not_refuted_by_xtreme(tmp_path) -> None:
    (claims,) = verify([shared("claims", "cases", "reports", "xlmr_abs.md")], tmp_path / "out")
    assert not [c["text"] for c in claims if c["verdict"] == "refuted"]
    (found,) = [c for c in claims if "66.3" in str(c["text"])]
    assert (found["verdict"], found["flags"]) == ("needs-data", ["other-version"])


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("# Notes", "\n## References\n\n- arXiv:2005.13013v1\n"),
        (
            "# English Intermediate-Task Training Improves Zero-Shot Cross-Lingual Transfer Too (version 1)",
            "\n- arXiv:2005.13013v1\n",
        ),
    ],
)
def test_a_report_says_by_its_title_or_references_which_version_it_is_about(
    head, tail, first_version, tmp_path
) -> None:
    report = tmp_path / "report.md"
    report.write_text(f"{head}\n\n## Claims\n\n- HellaSwag improves the target tasks by 7.9 points on average.\n{tail}")
    (claims,) = verify([report], tmp_path / "out", first_version)
    assert claims[0]["verdict"] == "supported"
    assert "phang2020 v1" in str(claims[0]["reason"])


OWN = """
[a]
title = "Which intermediate tasks help tagging"
cited_as = ["Maple et al. 2031"]

[b]
title = "Intermediate tasks do not help tagging"
arxiv = "3101.00001"
"""


@pytest.mark.parametrize(
    ("head", "claim", "word"),
    [
        ("# Which intermediate tasks help tagging", "MNLI improves XNLI.", "supported"),
        ("# Intermediate tasks do not help tagging", "MNLI improves XNLI.", "refuted"),
        ("# Notes", "MNLI improves XNLI.", "mixed"),
        ("# Notes", "MNLI improves XNLI (Maple et al., 2031).", "supported"),
        ("# Notes", "MNLI improves XNLI (arXiv:3101.00001).", "refuted"),
    ],
)
def test_studies_of_ones_own_are_chosen_by_what_a_report_or_a_sentence_cites(head, claim, word, tmp_path) -> None:
    rows = ["a,,none,xnli,dev,accuracy,79.0", "a,,mnli,xnli,dev,accuracy,82.0",
            "b,,none,xnli,dev,accuracy,79.0", "b,,mnli,xnli,dev,accuracy,76.0"]  # fmt: skip
    report = tmp_path / "report.md"
    report.write_text(f"{head}\n\n## Claims\n\n- {claim}\n")
    (claims,) = verify([report], tmp_path / "out", table(tmp_path, *rows, studies=OWN))
    assert claims[0]["verdict"] == word
