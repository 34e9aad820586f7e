"""Readers are imported only where a file could be theirs, which passes over no file that is."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from claims.readers.choose import BINARY, TEXTUAL
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile

MARKS = (
    '{"@type": "ClaimReview"', '<script type="application/ld+json">', '"textualRating":', '{"cells": [], "nbformat": 4}',
    '"cell_type":', "\n{", "[[", ' [ "a"', "\\documentclass{x}", "\\begin{itemize}", "<html>", "<p>a</p>", " <TABLE>",
    "claim,verdict\na,yes\n", "claim\tverdict\na\tyes\n", "#+TITLE: x\n", "| a |\n|---+---|\n", ".. note::", ":ref:`a`",
    "=== ===\n", "# A\n", "**b**", "- c\n", "words ", "\n\n", "%PDF-1.4", "PK\x03\x04", "\ufeff", "$", "\\",
)  # fmt: skip
ENDINGS = (
    ".md", ".markdown", ".txt", ".json", ".jsonl", ".ndjson", ".tex", ".ltx", ".html", ".htm", ".xhtml", ".csv", ".tsv",
    ".tab", ".org", ".rst", ".rest", ".yaml", ".yml", ".ipynb", ".pdf", ".docx", "",
)  # fmt: skip


@given(st.lists(st.sampled_from(MARKS), max_size=5), st.sampled_from(ENDINGS))
def test_no_reader_that_recognises_a_file_is_passed_over(marks: list[str], ending: str) -> None:
    text = "".join(marks)
    source = ReportFile(Path(f"report{ending}"), text.encode())
    for candidate in (*BINARY, *TEXTUAL):
        decoded = "" if candidate in BINARY else text
        if candidate.layout.recognise(source, decoded, ReadOptions()):
            assert candidate.could_be(source, decoded), candidate.module
