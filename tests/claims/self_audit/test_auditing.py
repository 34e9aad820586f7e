"""A paper against itself: what contradicts it is found, what agrees is not accused."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_papers import SOURCES
from shared_files import shared

from claims.library.reading import read_paper
from claims.self_audit.auditing import SelfAudit, audit_paper

SIX = [
    "average-differs", "number-differs", "number-within-rounding", "baseline-decides", "exception-printed", "lists-differ",
]  # fmt: skip
CONCLUSION = "\\section{Conclusion}\n"


def audited(tmp_path: Path, *changes: tuple[str, str]) -> SelfAudit:
    """The audit of the second version with changes to its text."""
    text = (SOURCES / "tides_v2.tex").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    path = tmp_path / "paper.tex"
    path.write_text(text, encoding="utf-8")
    return audit_paper(read_paper(path)[0])


def added(sentence: str) -> tuple[str, str]:
    return "\\begin{thebibliography}", f"{CONCLUSION}{sentence}\n\\begin{{thebibliography}}"


def test_the_six_contradictions_of_the_example_are_found_and_no_other() -> None:
    audit = audit_paper(read_paper(SOURCES / "tides_v1.pdf")[0])
    assert [finding.code for finding in audit.findings] == SIX
    assert audit.averages == 7
    messages = dict(zip(SIX, (finding.message for finding in audit.findings), strict=True))
    assert (
        "row Ordering (One warm-up task): the printed average is 3.0, the entries of the row give 1.0"
        in messages["average-differs"]
    )
    assert "gives 1.2" in messages["number-differs"]
    assert "gives 2.8" in messages["number-within-rounding"]
    assert "2.4 against the 65.0" in messages["baseline-decides"]
    assert "3.4 against the 64.0" in messages["baseline-decides"]
    assert "Naming (One warm-up task) on Reef: -0.2" in messages["exception-printed"]


def test_a_paper_that_agrees_with_itself_is_not_accused() -> None:
    audit = audit_paper(read_paper(SOURCES / "tides_v2.tex")[0])
    assert not audit.findings
    assert audit.averages == 8
    assert audit.marks == 5
    assert audit.numbers >= 2


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("average-differs", ("+0.6 & +1.0 & +1.0", "+0.6 & +1.0 & +1.3")),
        ("number-differs", ("improvement of 1.2 points", "improvement of 1.3 points")),
        ("baseline-decides", (" as reported by \\citet{moor2021}", "")),
        ("exception-printed", ("Cape benefits universally", "Shoal benefits universally")),
        ("bold-not-best", ("\\textbf{66.3} & \\textbf{60.2}", "\\textbf{63.9} & \\textbf{60.2}")),
        (
            "number-within-rounding",
            added("Our best model gains 2.9 points on Quay compared to the best reported Drift."),
        ),
        ("lists-differ", added("Reef, Shoal and Quay do not include separate validation sets.")),
        ("number-differs", added("Our best model scores 69.2 on Cape.")),
    ],
)
def test_one_contradiction_alone_is_found(tmp_path: Path, code: str, change: tuple[str, str]) -> None:
    codes = [finding.code for finding in audited(tmp_path, change).findings]
    # a wrong entry makes the average of its row, and what is stated of it, wrong, too
    assert code in codes
    assert code == "bold-not-best" or set(codes) == {code}


@pytest.mark.parametrize(
    "sentence",
    [
        "Our best model gains 2.8 points on Quay compared to the best reported Drift.",
        "Our best model gains more than 1.5 points on Quay.",
        "On Quay and Reef the gains of Counting are 2.1 and 1.0 points, respectively.",
        "Counting gives 1.2 points on average, and Ordering gives 1.0.",
        "Shoal does not benefit universally.",
        "Reef benefits almost universally.",
        "Reef and Shoal do not have separate validation sets.",
        "Quay, Reef and Shoal do not have a lighthouse.",
        "Moor (2021) trained for 2.5 days with a learning rate of 0.3.",
        "Counting improves a model of Lee (2019) by 4.7 points on average on another benchmark.",
        "Our best model scores 69.1 on Cape and 74.0 on Quay.",
        "The error falls by 3.1 percent relative to Drift.",
    ],
)
def test_what_agrees_or_speaks_of_something_else_is_not_accused(tmp_path: Path, sentence: str) -> None:
    assert not audited(tmp_path, added(sentence)).findings


def test_an_average_within_rounding_is_not_accused(tmp_path: Path) -> None:
    assert not audited(tmp_path, ("+0.8 & +0.2 \\\\", "+0.8 & +0.3 \\\\")).findings


def test_averages_by_a_rule_that_no_row_bears_out_accuse_nobody(tmp_path: Path) -> None:
    averages = ("+0.5", "+1.2", "+0.4", "+1.0", "+0.2", "65.0", "64.0", "\\textbf{67.4}")
    changes = [(f"& {value} \\\\\n", f"& 9{n}.1 \\\\\n") for n, value in enumerate(averages)]
    audit = audited(tmp_path, *changes, ("1.2 points", "some points"), ("2.4 points", "some points"))
    assert "average-differs" not in {finding.code for finding in audit.findings}


def test_the_first_version_of_the_study_contradicts_itself_in_six_places_and_nineteen_averages_agree() -> None:
    audit = audit_paper(read_paper(shared("papers", "phang2020_v1.pdf"))[0])
    assert [finding.code for finding in audit.findings] == SIX
    assert audit.averages == 19
    assert not audit.refused
