"""Made-up files in the layouts of AmericasNLI, KLUE-NLI, SIB-200 and Belebele, beside docs/own-tasks.md.

python docs/make_own_tasks.py: writes docs/own-tasks. Layouts are those the sets are published in; every sentence
is made up here from a few words, and says nothing about the languages.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "own-tasks"
LABELS = ("entailment", "neutral", "contradiction")
PEOPLE = {
    "aym": ("Juana", "Mamani", "Pedro", "Sisa"),
    "quy": ("Rosa", "Quispe", "Inti", "Killa"),
    "ko": ("민수", "지영", "철수", "영희"),
    "eng_Latn": ("Ann", "Ben", "Cara", "Dan"),
    "yor_Latn": ("Ade", "Bola", "Kemi", "Tunde"),
    "zho_Hans": ("小明", "小红", "小李", "小王"),
}
VERB = {"aym": "sari", "quy": "rin", "ko": "간다", "eng_Latn": "walks", "yor_Latn": "lọ", "zho_Hans": "走"}
TOPICS = ("geography", "health", "politics", "science/technology", "sports", "travel", "entertainment")


def main() -> None:
    """Writes every file."""
    header = ("language", "premise", "hypothesis", "label")
    for split, n in (("dev", 6), ("test", 9)):
        rows = [(code, *pair) for code in ("aym", "quy") for pair in pairs(code, n)]
        table("americasnli", f"{split}.tsv", header, rows)
    for split, n in (("train", 24), ("dev", 6)):
        found = [
            {"guid": f"klue-nli-{split}_{i}", "genre": "made up", "premise": a, "hypothesis": b, "gold_label": label}
            for i, (a, b, label) in enumerate(pairs("ko", n))
        ]
        written("klue", f"klue-nli-v1.1_{split}.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    for code in ("eng_Latn", "yor_Latn", "zho_Hans"):
        for split, n in (("train", 14), ("dev", 7), ("test", 7)):
            rows = [(i, TOPICS[i % 7], f"{sentence(code, i)} {TOPICS[i % 7]}") for i in range(n)]
            table(f"sib200/{code}", f"{split}.tsv", ("index_id", "category", "text"), rows)
        lines = [json.dumps(question(code, i), ensure_ascii=False) for i in range(8)]
        written("belebele", f"{code}.jsonl", "\n".join(lines) + "\n")


def sentence(code: str, number: int, *, verb: str = "") -> str:
    """Somebody walks."""
    return f"{PEOPLE[code][number % 4]} {verb or VERB[code]} {number}"


def pairs(code: str, n: int) -> Iterable[tuple[str, str, str]]:
    """Premise, hypothesis, label."""
    for i in range(n):
        label = LABELS[i % 3]
        other = {"entailment": sentence(code, i), "neutral": sentence(code, i + 1), "contradiction": ""}[label]
        yield sentence(code, i), other or f"{PEOPLE[code][i % 4]} — {i}", label


def question(code: str, number: int) -> dict[str, object]:
    """Who walks? The number of the right answer counts from 1, as in Belebele."""
    answers = {f"mc_answer{i + 1}": name for i, name in enumerate(PEOPLE[code])}
    return {
        "link": "made up",
        "question_number": number,
        "flores_passage": sentence(code, number),
        "question": f"{VERB[code]}?",
        **answers,
        "correct_answer_num": str(number % 4 + 1),
        "dialect": code,
    }


def table(folder: str, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table by tabs."""
    path = FOLDER / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([header, *rows])


def written(folder: str, name: str, text: str) -> None:
    """A text."""
    path = FOLDER / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
