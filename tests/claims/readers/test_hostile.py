"""Input that is meant to break a reader ends in one sentence, or in claims; never in a crash or a wait."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from report_files import read_text, texts

from analysis.errors import InputError
from claims.readers.controls import GAP

SENTENCE = "MNLI improves XNLI and " * 2500 + "it holds."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.md", f"# Claims\n\n- {SENTENCE}\n"),
        ("r.txt", f"Claims\n\n- {SENTENCE}\n"),
        ("r.html", f"<h2>Claims</h2><ul><li>{SENTENCE}</li></ul>"),
        ("r.tex", rf"\begin{{document}}\section{{Claims}}\begin{{itemize}}\item {SENTENCE}\end{{itemize}}"),
        ("r.rst", f"Claims\n======\n\n- {SENTENCE}\n"),
        ("r.org", f"* Claims\n- {SENTENCE}\n"),
        ("r.csv", f'claim,verdict\n"{SENTENCE}",yes\n'),
        ("r.json", json.dumps({"claims": [SENTENCE]})),
    ],
)
def test_ten_thousand_words_in_one_sentence_are_read_at_once(tmp_path: Path, name: str, text: str) -> None:
    start = time.perf_counter()
    assert texts(read_text(tmp_path, text, name)) == [SENTENCE]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.rst", "= =\n" * 20_000),
        ("r.org", "|-+-|\n" * 20_000),
        ("r.yaml", "\n" * 50_000 + "a:\n"),
        ("r.tex", r"\begin{tabular}{ll}" + "a & b \\\\\n" * 10_000),
        ("r.tex", r"\iffalse " * 20_000),
        ("r.tex", "$" * 20_000),
        ("r.html", "<style>" + ".a .b{display:none}" * 500 + "</style>" + "<p class=b>x</p>" * 5000),
        ("r.md", "<del>\n\n- x\n\n" * 500 + "<!-- " * 20_000),
        ("r.md", "~a $b " * 20_000),
        ("r.txt", "\x88 \n" * 20_000),
    ],
)
def test_no_text_makes_a_reader_slow(tmp_path: Path, name: str, text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError, match="holds no claim"):
        read_text(tmp_path, text, name)
    assert time.perf_counter() - start < 8


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("r.json", '{"claims":' + "[" * 100_000 + "]" * 100_000 + "}", "is JSON nested too deeply"),
        ("r.html", "<html>" + "<div>" * 20_000, "nests tags deeper than 2,000"),
        ("r.ipynb", '{"cells": [{"cell_type": "markdown"', "is a Jupyter notebook that is no valid JSON"),
        ("r.docx", b"PK\x03\x04nonsense", "is a ZIP archive that is no Word document"),
    ],
)
def test_nesting_and_damage_are_refused_in_one_sentence(
    tmp_path: Path, name: str, text: str | bytes, fault: str
) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        read_text(tmp_path, text, name)
    assert len(caught.value.faults) == 1


def test_a_cell_that_claims_to_cover_a_billion_columns_covers_one(tmp_path: Path) -> None:
    row = "<tr><td colspan=1000000000 rowspan=1000000000>It holds.</td><td>yes</td></tr>"
    report = read_text(tmp_path, f"<table><tr><th>Claim</th><th>Verdict</th></tr>{row}</table>", "r.html")
    assert [(claim.text, claim.mark) for claim in report.claims] == [("It holds.", "yes")]


def test_half_a_character_in_json_can_be_printed(tmp_path: Path) -> None:
    (claim,) = read_text(
        tmp_path, '{"claims": [{"claim": "It \\ud800 holds.", "verdict": "yes\\udfff"}]}', "r.json"
    ).claims
    assert (claim.text, claim.mark_raw.encode()) == ("It \ufffd holds.", "yes\ufffd".encode())


@pytest.mark.parametrize("number", ["1" * 40, "1e400", "9" * 5000, "0." + "3" * 60])
def test_numbers_nobody_measured_leave_a_gap_and_are_no_confidence(tmp_path: Path, number: str) -> None:
    report = read_text(
        tmp_path, f"claim,verdict,confidence\nIt scores {number}.,yes,{number}\nIt holds.,no,0.5\n", "r.csv"
    )
    assert texts(report) == [f"It scores {GAP}.", "It holds."]
    assert report.claims[1].confidence == 0.5


def test_terminal_commands_reach_neither_claims_nor_messages(tmp_path: Path) -> None:
    text = "claim,verdict\n\x1b[31mIt\x1b[0m holds\x1b]0;title\x07 now.,yes\n"
    assert texts(read_text(tmp_path, text, "r.csv")) == ["It holds now."]
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, '{"a\\u001b[2J": {"b": 1}}', "r.json")
    assert "\x1b" not in str(caught.value)
