"""Files of data and other markup languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from report_files import marked, read_text, texts

from analysis.errors import InputError, MissingDataError
from claims.readers import yaml as yaml_reader
from claims.readers.controls import GAP

A, B, C = "MNLI has 392,702 training examples.", "QQP is sourced from Quora.", "XNLI covers 15 languages."


def as_json(folder: Path, value: object) -> list[tuple[str, str]]:
    return marked(read_text(folder, json.dumps(value), "r.json"))


def test_a_claim_that_is_neither_supported_nor_contradicted_is_unclear(tmp_path: Path) -> None:
    flags = ((A, True, False), (B, False, True), (C, False, False))
    claims = [{"claim": t, "supported": yes, "contradicted": no} for t, yes, no in flags]
    assert as_json(tmp_path, {"claims": claims}) == [(A, "yes"), (B, "no"), (C, "unclear")]


@pytest.mark.parametrize(
    "value",
    [
        {"supported_claims": [A], "unsupported_claims": [B]},
        {"claims": {"supported": [A], "refuted": [B]}},
        {"verified_statements": [{"claim": A}], "unverified_statements": [{"claim": B}]},
        [{"atom": A, "is_supported": True}, {"atom": B, "is_supported": False}],
        {"facts": [{"atomic_fact": A, "label": "S: supported"}, {"atomic_fact": B, "label": "not supported"}]},
    ],
)
def test_lists_and_fields_tell_the_marks_of_their_claims(tmp_path: Path, value: object) -> None:
    assert as_json(tmp_path, value) == [(A, "yes"), (B, "no")]


def test_a_list_of_facts_is_not_marked_true_by_its_name(tmp_path: Path) -> None:
    assert as_json(tmp_path, {"facts": [A, B], "tags": ["x", "y"]}) == [(A, "none"), (B, "none")]


def test_reviews_are_known_by_the_claim_they_review(tmp_path: Path) -> None:
    reviews = [
        {"claimReviewed": A, "reviewRating": {"alternateName": "Vrai"}},
        {"claimReviewed": B, "reviewRating": [{"textualRating": "Faux"}]},
        {"type": "ClaimReview", "claimReviewed": C, "reviewRating": {"ratingValue": 5}},
        {"claimReviewed": "", "reviewRating": {"alternateName": "fake"}},
    ]
    lines = "\n".join(json.dumps(review) for review in reviews)
    report = read_text(tmp_path, lines, "r.jsonl")
    assert report.layout == "claimreview"
    assert marked(report) == [(A, "yes"), (B, "no"), (C, "yes")]


def test_reviews_as_a_search_service_answers_are_read(tmp_path: Path) -> None:
    found = {"claims": [{"text": A, "claimant": "x", "claimReview": [{"textualRating": "Mostly False", "title": "t"}]}]}
    assert as_json(tmp_path, found) == [(A, "no")]


@pytest.mark.parametrize("name", ["Confidence (0-100)", "Confidence (0 to 100)", "confidence /100", "Confidence (%)"])
def test_a_column_of_confidences_up_to_a_hundred_is_one(tmp_path: Path, name: str) -> None:
    report = read_text(tmp_path, f"id,Claim Text,Supported?,{name}\n1,{C},Y,90\n2,It fails.,N,15\n", "r.csv")
    assert [(claim.mark, claim.confidence) for claim in report.claims] == [("yes", 0.9), ("no", 0.15)]


@pytest.mark.parametrize(
    "text",
    [
        f"Behauptung;Urteil;Sicherheit\n{C};belegt;0,92\nEs ist falsch.;widerlegt;0,40\n",
        f"Affirmation;Verdict;Confiance\n{C};Vrai;0,92\nC'est faux.;Faux;0,40\n",
        f"Afirmación;Veredicto;Confianza\n{C};Verdadero;0,92\nNo es.;Falso;0,40\n",
    ],
)
def test_tables_in_other_languages_are_read(tmp_path: Path, text: str) -> None:
    report = read_text(tmp_path, text, "r.csv")
    assert [(claim.mark, claim.confidence) for claim in report.claims] == [("yes", 0.92), ("no", 0.4)]


def test_columns_in_a_language_that_is_not_known_are_named_by_the_caller(tmp_path: Path) -> None:
    text = f"Väite;Totta\n{C};yes\nEi.;no\n"
    with pytest.raises(InputError, match="it has 'Väite', 'Totta'; name the column: map = 'claim=NAME'"):
        read_text(tmp_path, text, "r.csv")
    assert marked(read_text(tmp_path, text, "r.csv", claim="Väite", mark="Totta")) == [(C, "yes"), ("Ei.", "no")]


SIMPLE = """\
Extracted Claims
================

.. note:: Made by hand.

.. A comment that hides

   - a claim.

==================================== ======== ==========
Claim                                Verified Confidence
==================================== ======== ==========
It gains 0.9:sup:`1`, see :ref:`t`.  yes      0.18
It does :del:`not` help.             no       0.09
==================================== ======== ==========
"""


def test_tables_of_restructured_text_are_read(tmp_path: Path) -> None:
    report = read_text(tmp_path, SIMPLE, "r.rst")
    assert report.layout == "rst"
    assert [(c.text, c.mark, c.confidence, c.line) for c in report.claims] == [
        (f"It gains 0.9, see {GAP}.", "yes", 0.18, 13),
        ("It does help.", "no", 0.09, 14),
    ]


def test_grid_tables_and_lists_of_restructured_text_are_read(tmp_path: Path) -> None:
    grid = (
        "+------------------+---------+\n| Claim            | Verdict |\n+==================+=========+\n"
        "| It holds for all | true    |\n| tasks.           |         |\n+------------------+---------+\n"
        "| It fails.        | false   |\n+------------------+---------+\n"
    )
    assert marked(read_text(tmp_path, grid, "r.rst")) == [("It holds for all tasks.", "yes"), ("It fails.", "no")]
    listed = "Report\n######\n\nClaims\n~~~~~~\n\n- It gains, see :eq:`x`.\n\n  .. hidden\n\n- It ends [1]_.\n\nMore\n~~~~\n\n- No.\n"
    assert texts(read_text(tmp_path, listed, "r.rst")) == [f"It gains, see {GAP}.", "It ends."]


ORG = """\
#+TITLE: On order
* Claims :tag:
:PROPERTIES:
:ID: x
:END:
# hidden
- It does +not+ help by 0.9^{1} points.
#+BEGIN_COMMENT
- Hidden.
#+END_COMMENT
- *It* [[http://x][holds]].
* Methods
- None.
"""


def test_org_documents_are_read(tmp_path: Path) -> None:
    report = read_text(tmp_path, ORG, "r.org")
    assert (report.layout, report.title) == ("org", "On order")
    assert [(c.text, c.line) for c in report.claims] == [("It does help by 0.9 points.", 7), ("It holds.", 11)]
    table = f"* Extracted Claims\n| Claim | Verified |\n|-------+----------|\n| {A} | yes |\n| {B} | no |\n"
    assert marked(read_text(tmp_path, table, "r.txt")) == [(A, "yes"), (B, "no")]


def test_the_markdown_of_a_notebook_is_read(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Claims\n", "\n", f"- {A}\n"]},
        {"cell_type": "code", "source": ["# Claims\n", "- nothing\n"]},
        {"cell_type": "markdown", "source": f"- {B}"},
    ]
    report = read_text(tmp_path, json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), "r.ipynb")
    assert (report.layout, texts(report)) == ("notebook", [A, B])
    assert {claim.line for claim in report.claims} == {0}


YAML = f"title: Check\nclaims:\n  - id: c1\n    claim: {A}\n    verified: true\n    confidence: 0.90\n  - claim: {B}\n    verified: false\n"


@pytest.mark.parametrize("name", ["r.yaml", "r.yml"])
def test_yaml_is_read_as_it_is_written(tmp_path: Path, name: str) -> None:
    pytest.importorskip("yaml", reason="reading YAML needs PyYAML")
    report = read_text(tmp_path, YAML, name)
    assert (report.layout, report.title) == ("yaml", "Check")
    assert marked(report) == [(A, "yes"), (B, "no")]
    assert report.claims[0].confidence_raw == "0.90"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("claims: [a\n", "is no valid YAML: .* at line"),
        ('a: &a ["x"]\nclaims: [*a, *a]\n', "is YAML with aliases"),
        ("claims: " + "[" * 3000, "is (?:YAML nested too deeply|no valid YAML)"),
    ],
)
def test_yaml_that_cannot_be_read_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    pytest.importorskip("yaml", reason="reading YAML needs PyYAML")
    with pytest.raises(InputError, match=fault):
        read_text(tmp_path, text, "r.yaml")


def test_yaml_without_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(yaml_reader.importlib, "import_module", missing)
    with pytest.raises(MissingDataError, match="reading YAML needs PyYAML"):
        read_text(tmp_path, YAML, "r.yaml")
