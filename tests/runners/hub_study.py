"""A tiny copy of every data set of the study in the hub's layout, with the faults the hub's copies have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.registry.vocabulary import vocabulary
from runners.data.specification import Hub, specification

from .data.hub_copies import Rows, classes, conversion, repository

WORDS = ["stone", "river", "garden", "window", "bridge", "red", "blue", "navy"]
NLI = ("contradiction", "entailment", "neutral")
"""Not the order of the entries: only names can be right."""
WIKIPEDIA = {"yo": 2, "sw": 3}
"""Articles of languages that are short of texts; others have eight."""

INT = {"dtype": "int32", "_type": "Value"}


def said(number: int) -> str:
    """A short text."""
    return f"{WORDS[number % 8]} {WORDS[(number * 3 + 1) % 8]}"


def everything(root: Path, tasks: list[str]) -> None:
    """Copies of what the entries of tasks name on the hub: every configuration of every language."""
    configurations: dict[tuple[str, str], tuple[str, Hub, set[str], set[str]]] = {}
    for task in tasks:
        spec = specification(task)
        assert spec is not None
        for hub in spec.hub:
            for language in hub.languages.split() or vocabulary().languages_of(task) or ["en"]:
                config = _config(hub, language)
                at = configurations.setdefault((hub.path, config), (task, hub, set(), set()))
                at[2].update(part for name in hub.splits.values() for part in name.split("+"))
                at[3].add(hub.codes.get(language, language) if hub.where else language)
    for (path, config), (task, hub, splits, languages) in configurations.items():
        rows, named = MAKERS[_maker(task, path)](sorted(languages))
        made = conversion if hub.revision.startswith("refs/") else repository
        made(root, path, config or "default", dict.fromkeys(splits, rows), named)


def wikipedia(root: Path, languages: tuple[str, ...]) -> None:
    """Articles of several sentences; two languages have fewer than the others."""
    for language in languages:
        articles = [
            {"id": str(i), "text": f"Heading\n\n{_article(i)}\n{_article(i + 1)}"}
            for i in range(WIKIPEDIA.get(language, 8))
        ]
        repository(root, "wikimedia/wikipedia", f"20231101.{language}", {"train": articles})


def local(folder: Path) -> None:
    """What the hub has not: CCG and BUCC's development half."""
    for split in ("train", "dev"):
        path = folder / "ccg" / f"{split}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{WORDS[i]}\t{'N' if i % 2 else 'S'}\n\n" for i in range(6)))
    (folder / "ccg" / "tags.txt").write_text("N\nS\n")
    (folder / "bucc2018").mkdir()
    for language in ("de", "fr", "ru", "zh"):
        for code in (language, "en"):
            lines = "".join(f"{code}-{i}\t{said(i)} {code}\n" for i in range(6))
            (folder / "bucc2018" / f"{language}-en.dev.{code}").write_text(lines)
        gold = "".join(f"{language}-{i}\ten-{i}\n" for i in range(3))
        (folder / "bucc2018" / f"{language}-en.dev.gold").write_text(gold)


def _article(number: int) -> str:
    return f"{said(number).capitalize()} walking letters. {said(number + 2).capitalize()} evening mountain."


def _config(hub: Hub, language: str) -> str:
    entry = vocabulary()["language"][language]
    code = hub.codes.get(language, str(entry.facts["iso639_3"]))
    return hub.config.format(language=language, code=code, name=entry.name)


def _maker(task: str, path: str) -> str:
    form = specification(task).form  # type: ignore[union-attr]
    if path == "rajpurkar/squad":
        return "squad1"
    return task if task in MAKERS else {"classification": "nli"}.get(form, form)


Made = tuple[Rows, dict[str, Any] | None]


def _pairs(first: str, second: str, names: tuple[str, ...], **more: Any) -> Callable[[list[str]], Made]:
    def make(_: list[str]) -> Made:
        rows = [{first: said(i), second: said(i + 1), "label": i % len(names), **more} for i in range(6)]
        return rows, {"label": classes(*names), **dict.fromkeys(more, INT)}

    return make


def _tags(column: str, names: tuple[str, ...]) -> Callable[[list[str]], Made]:
    def make(_: list[str]) -> Made:
        rows = [{"tokens": said(i).split(), column: [i % len(names), 0]} for i in range(6)]
        text = {"feature": {"dtype": "string", "_type": "Value"}, "_type": "List"}
        return rows, {"tokens": text, column: {"feature": classes(*names), "_type": "List"}}

    return make


def _questions(languages: list[str], *, moved: int = 0, prefix: bool = False, unanswerable: bool = False) -> Made:
    rows = []
    for language in languages if prefix else ["q"]:
        for i in range(4):
            context, text = f"{said(i)} walking letters", WORDS[i % 8]
            found = {"text": [text], "answer_start": [moved]}
            if unanswerable and i % 2:
                found = {"text": [], "answer_start": []}
            rows.append(
                {
                    "id": f"{language}-{i}",
                    "title": "t",
                    "question": "where is it ?",
                    "context": context,
                    "answers": found,
                }
            )
    return rows, None


def _choices(row: Callable[[int], dict[str, Any]]) -> Callable[[list[str]], Made]:
    return lambda _: ([row(i) for i in range(4)], None)


def _bucc(_: list[str]) -> Made:
    ours, theirs = [said(i) for i in range(6)], [f"{said(i)} walking" for i in range(6)]
    return [{"sentence1": ours, "sentence2": theirs, "gold": [[1, 1], [2, 2]]}], None


def _tatoeba(_: list[str]) -> Made:
    return [{"sentence1": said(i), "sentence2": f"{said(i)} walking", "lang": "x"} for i in range(5)], None


UPOS = ("NOUN", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")  # fmt: skip

MAKERS: dict[str, Callable[[list[str]], Made]] = {
    "nli": _pairs("premise", "hypothesis", NLI),
    "pawsx": _pairs("sentence1", "sentence2", ("0", "1")),
    "qqp": _pairs("question1", "question2", ("duplicate", "not_duplicate"), idx=1),
    "ocnli": _pairs("sentence1", "sentence2", NLI, idx=1),
    "udpos": _tags("pos_tags", UPOS),
    "panx": _tags("ner_tags", ("B-PER", "O", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")),
    "span": lambda languages: _questions(languages),
    "squad1": lambda languages: _questions(languages),
    "squad2": lambda languages: _questions(languages, unanswerable=True),
    "tydiqa": lambda languages: _questions(languages, moved=2, prefix=True),
    "bucc": _bucc,
    "tatoeba": _tatoeba,
    "hellaswag": _choices(lambda i: {"ctx": said(i), "endings": [said(j) for j in range(4)], "label": str(i % 4), "ind": i}),
    "cosmosqa": _choices(lambda i: {"id": str(i), "context": said(i), "question": "where is it ?", **{f"answer{j}": said(j) for j in range(4)}, "label": i % 4}),
    "csqa": _choices(lambda i: {"id": str(i), "question": said(i), "choices": {"label": list("ABCDE"), "text": WORDS[:5]}, "answerKey": "ABCDE"[i]}),
    "xcopa": _choices(lambda i: {"premise": said(i), "question": "cause", "choice1": said(i), "choice2": said(i + 1), "label": i % 2, "idx": i}),
}  # fmt: skip
