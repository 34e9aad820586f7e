"""A report written in any format and read back gives the same claims, marks and confidences."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.readers import read_report

Rows = Sequence[tuple[str, str, str]]

WORDS = st.sampled_from(
    [
        "training",
        "transfer",
        "gains",
        "zero-shot",
        "intermediate-task",
        "XNLI",
        "the",
        "of",
        "8.2",
        "points",
        "(all)",
        "“both”",
        "1,104,934",
        "task's",
        "models",
        "v2.0",
        "improves,",
        "English",
        "SQuAD;",
        "while",
        "50%",
        "a/b",
        "naïve",
        "Größe",
        "学习",
        "e.g.",
        "fine-tuning",
        "*most*",
        "A_b",
        "[1]",
        "<all>",
        "R&D",
    ]
)
TEXTS = st.lists(WORDS, min_size=3, max_size=30).map(lambda words: "Claims say " + " ".join(words) + " here.")
SIGNS = st.sampled_from(["✓", "×", "✗", "✅", "❌", "⚠️"])
MARKS = st.one_of(
    SIGNS, st.sampled_from(["Verified", "Partially supported", "not verified", "Yes (3 files)", "REFUTES"])
)
LEVELS = st.one_of(
    st.integers(0, 100).map(lambda n: f"{n / 100:.2f}"), st.sampled_from(["High", "4/5", "18 %", "0,18"])
)
TABLES = st.lists(st.tuples(TEXTS, MARKS, LEVELS), min_size=1, max_size=8)
PRINTED = st.lists(st.tuples(TEXTS, SIGNS, st.integers(0, 100).map(lambda n: f"{n / 100:.2f}")), min_size=1, max_size=8)
NAMES = ("Claim", "Verified", "Confidence")


def as_tabs(rows: Rows) -> str:
    return "Title\n\nAbstract\n\nShort.\n\n" + "\n".join(map("\t".join, [NAMES, *rows])) + "\n\nReferences\n\n- none\n"


def as_csv(rows: Rows) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([NAMES, *rows])
    return file.getvalue()


def as_markdown(rows: Rows) -> str:
    def cell(text: str) -> str:
        return "".join(f"\\{sign}" if sign in r"\|*_[]<>&`~" else sign for sign in text)

    body = "\n".join(f"| {cell(text)} | {mark} | {level} |" for text, mark, level in rows)
    return f"# Title\n\n| Claim | Verified | Confidence |\n|---|---|---|\n{body}\n"


def as_fields(rows: Rows) -> str:
    def plain(text: str) -> str:
        return "".join(f"\\{sign}" if sign in r"\*_[]<>&`~" else sign for sign in text)

    return "# Title\n\n" + "\n".join(
        f"## Claim {n}: some title\n\n**Statement:** {plain(text)}\n**Status:** {mark}\n**Confidence:** {level}\n"
        for n, (text, mark, level) in enumerate(rows)
    )


def as_html(rows: Rows) -> str:
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in [NAMES, *rows])
    return f"<!doctype html><html><body><h1>Title</h1><table>{body}</table></body></html>"


def as_json(rows: Rows) -> str:
    return json.dumps({"title": "Title", "claims": [dict(zip(NAMES, row, strict=True)) for row in rows]}, indent=2)


def as_jsonl(rows: Rows) -> str:
    return "".join(json.dumps(dict(zip(NAMES, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)


def as_stacked(rows: Rows) -> str:
    body = "\n\n".join(f"{wrap(text)}\n\n{mark} {level}" for text, mark, level in rows)
    return f"Abstract\n\nShort.\n\n5 Extracted Claims\n\nClaim Verified Confidence\n\n{body}\n\nReferences\n\n- none\n"


def as_aligned(rows: Rows) -> str:
    lines = []
    for text, mark, level in rows:
        first, *rest = wrap(text).split("\n")
        lines += [f"  {first:<50}{mark:<12}{level}", *(f"  {line}" for line in rest)]
    names = "  " + "Claim".ljust(50) + "Verified".ljust(12) + "Confidence"
    return "\n".join(["5 Extracted Claims", names, *lines, "", "References", "", "- none", ""])


def wrap(text: str) -> str:
    return textwrap.fill(text, 45, break_on_hyphens=False, break_long_words=False)


FREE = [as_tabs, as_csv, as_markdown, as_fields, as_html, as_json, as_jsonl]


def read_back(text: str) -> list[tuple[str, str, str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "report")
        path.write_text(text, encoding="utf-8", newline="")
        return [(c.text, c.mark_raw, c.confidence_raw) for c in read_report(path).claims]


@pytest.mark.parametrize("write", FREE)
@given(rows=TABLES)
def test_what_is_written_is_read_back(write: Callable[[Rows], str], rows: Rows) -> None:
    assert read_back(write(rows)) == rows


@pytest.mark.parametrize("write", [as_stacked, as_aligned])
@given(rows=PRINTED)
def test_what_is_printed_is_read_back(write: Callable[[Rows], str], rows: Rows) -> None:
    assert read_back(write(rows)) == rows


@given(rows=TABLES)
def test_all_formats_mean_the_same(rows: Rows) -> None:
    with TemporaryDirectory() as folder:
        meanings = set()
        for write in FREE:
            path = Path(folder, write.__name__)
            path.write_text(write(rows), encoding="utf-8", newline="")
            meanings.add(tuple((c.id, c.text, c.mark, c.confidence, c.cut) for c in read_report(path).claims))
    assert len(meanings) == 1


@pytest.mark.slow
@pytest.mark.parametrize("write", [*FREE, as_stacked, as_aligned])
def test_thousands_of_claims_are_read_in_a_moment(tmp_path: Path, write: Callable[[Rows], str]) -> None:
    text = "Training on intermediate tasks improves the zero-shot transfer of models, as was said before."
    rows = [(f"{text[: 40 + n % 50]} {n}.", "✓", "0.18") for n in range(3000)]
    path = tmp_path / "report"
    path.write_text(write(rows), encoding="utf-8")
    start = process_time()
    claims = read_report(path).claims
    assert len(claims) == len(rows)
    assert process_time() - start < 4  # at most about one second on an idle core


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "1",
        "a-",
        " ",
        "\n",
        "-\n",
        "a\ufffd",
        "*a ",
        "[a](",
        "|",
        "# a\n",
        "- a\n",
        "Claim Status\n",
        "a: ",
        "<a ",
        "\t",
        '"',
        "é ",
    ],
)
def test_no_text_makes_reading_slow(tmp_path: Path, part: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(part * (100_000 // len(part)) + "\n\nClaim\tVerified\nIt holds.\tyes\n", encoding="utf-8")
    start = process_time()
    assert read_report(path).claims[-1].text == "It holds."
    assert process_time() - start < 5


@given(
    text=st.text(st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("\n\t-#|*: ")), max_size=300)
)
def test_any_text_before_a_table_is_survived(text: str) -> None:
    assume(not text.lstrip().startswith(("{", "[")))  # such a file is taken for JSON, and refused as broken JSON
    found = read_back(text + "\n\n\nClaim\tVerified\nIt holds.\tyes\n\n")
    assert ("It holds.", "yes", "") in found
