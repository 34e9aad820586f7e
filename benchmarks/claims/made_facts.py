"""Sentences about built-in facts, with their truth: sizes of tasks, languages of targets, published scores."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from made_clauses import made_up
from made_kind import Wording
from made_logic import Truth, truth
from made_sentences import half_of
from made_table import RedrawError

DATA = Path(__file__).parents[2] / "analysis" / "data"
UNSURE = ("bucc", "tatoeba", "lareqa")
"""Targets whose count of languages sources tell differently, or whose list is not known."""
METRICS = {
    "accuracy": ("accuracy", "an accuracy"),
    "f1": ("F1", "an F1"),
    "exact_match": ("exact match", "an exact match"),
}
Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence about built-in facts.

    Attributes:
        half: `open` or `closed`, by its wording.
        claim: The sentence.
        truth: As for sentences over tables.
        kind: What it speaks of.
    """

    half: str
    claim: str
    truth: Truth
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """The facts.

    Attributes:
        examples: Training examples by the name of a task.
        languages: Codes by the name of a target.
        names: Name and family by language code.
        scores: Test scores by target, metric, language and model, all by their names; language `mean` is the average.
    """

    examples: Mapping[str, int]
    languages: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[str, str]]
    scores: Mapping[tuple[str, str, str], Mapping[str, float]]


def facts(seed: int, half: str, count: int) -> Iterator[Fact]:
    """Sentences of one half, drawn at random."""
    rng = Random(f"{seed} {half} facts")
    groups = tomllib.loads(Path(__file__).with_name("made_facts.toml").read_text(encoding="utf-8"))["group"]
    chosen = [
        Wording(text, group["kind"], {key: group[key] for key in group.keys() - {"kind", "texts"}})
        for group in groups
        for text in group["texts"]
    ]
    chosen = [wording for wording in chosen if half_of(wording) == half]
    while count:
        wording = rng.choice(chosen)
        try:
            slots, holds = KINDS[wording.kind](known(), wording, rng)
        except RedrawError:
            continue
        count -= 1
        yield Fact(half, wording.text.format_map(slots), holds, wording.kind)


@cache
def known() -> Known:
    """The facts as the project ships them; entries that sources tell differently are left out."""
    tasks, languages = _toml("tasks.toml"), _toml("languages.toml")
    models = {key: entry["name"] for key, entry in _toml("models.toml").items()}
    entries = {**tasks["intermediate"], **tasks["target"]}
    examples = {entry["name"]: entry["train_examples"] for entry in entries.values() if "train_examples" in entry}
    codes = {
        entry["name"]: frozenset(entry["languages"].split())
        for key, entry in tasks["target"].items()
        if key not in UNSURE
    }
    names = {code: (entry["name"], entry["family"]) for code, entry in languages.items()}
    titles = {key: entry["name"] for key, entry in tasks["target"].items()}
    return Known(examples, codes, names, _scores(models, titles))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _scores(models: Mapping[str, str], titles: Mapping[str, str]) -> dict[tuple[str, str, str], dict[str, float]]:
    found: dict[tuple[str, str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with (DATA / "published" / "scores.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["study"] != "xtreme" or row["split"] != "test" or row["intermediate"] != "none":
                continue
            if row["metric"] in METRICS and row["target"] in titles:
                key = titles[row["target"]], row["metric"], row["language"]
                found[key][models[row["model"]]].append(float(row["score"]))
    return {
        key: {model: scores[0] for model, scores in by_model.items() if len(scores) == 1}
        for key, by_model in found.items()
    }


def _pair(names: Mapping[str, Any], rng: Random) -> tuple[str, str]:
    one, other = rng.sample(sorted(names), 2)
    return one, other


def _size(known: Known, wording: Wording, rng: Random) -> tuple[Slots, Truth]:
    task = rng.choice(sorted(known.examples))
    actual = known.examples[task]
    sense = wording.option("sense")
    if not sense:
        wrong = actual + rng.choice((-1, 1)) * max(3, actual // rng.choice((7, 30, 100)))
        said = actual if rng.random() < 0.5 else wrong
        return {"t": task, "n": f"{said:,}"}, truth(said == actual)
    step = 10 ** (len(str(actual)) - 1)
    said = (actual // step + rng.randint(-1, 2)) * step
    if said <= 0 or said == actual:
        raise RedrawError
    return {"t": task, "n": f"{said:,}"}, truth(actual > said if sense == "over" else actual < said)


def _more_examples(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    one, other = _pair(known.examples, rng)
    return {"t": one, "u": other}, truth(known.examples[one] > known.examples[other])


def _languages(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    target = rng.choice(sorted(known.languages))
    actual = len(known.languages[target])
    said = actual if rng.random() < 0.5 else actual + rng.choice((-3, -2, -1, 1, 2, 5))
    return {"t": target, "k": str(said)}, truth(said == actual)


def _more_languages(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    one, other = _pair(known.languages, rng)
    return {"t": one, "u": other}, truth(len(known.languages[one]) > len(known.languages[other]))


def _has_language(known: Known, wording: Wording, rng: Random) -> tuple[Slots, Truth]:
    target, code = rng.choice(sorted(known.languages)), rng.choice(sorted(known.names))
    held = code in known.languages[target]
    return {"t": target, "l": known.names[code][0]}, truth(held != bool(wording.option("neg")))


def _family(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    name, family = known.names[rng.choice(sorted(known.names))]
    said = family if rng.random() < 0.5 else rng.choice(("Indo-European", "Uralic", "Austronesian", "Afro-Asiatic"))
    if said[0] not in "AIU" or said == name:
        raise RedrawError
    return {"l": name, "f": said}, truth(said == family)


def _scored(known: Known, language: bool, rng: Random) -> tuple[str, str, str, dict[str, float]]:
    keys = sorted(key for key in known.scores if (key[2] != "mean") == language and known.scores[key])
    target, metric, code = rng.choice(keys)
    return target, metric, code, dict(known.scores[target, metric, code])


def _score(known: Known, wording: Wording, rng: Random) -> tuple[Slots, Truth]:
    target, metric, code, scores = _scored(known, wording.kind == "language_score", rng)
    model = rng.choice(sorted(scores))
    right = rng.random() < 0.5
    said = scores[model] if right else scores[model] + rng.choice((-1, 1)) * rng.randint(50, 120) / 10
    name, article = METRICS[metric]
    language = known.names[code][0] if code != "mean" else ""
    return {"t": target, "model": model, "m": name, "am": article, "l": language, "n": f"{said:.1f}"}, truth(right)


def _higher_score(known: Known, wording: Wording, rng: Random) -> tuple[Slots, Truth]:
    target, metric, _, scores = _scored(known, False, rng)
    if len(scores) < 2:
        raise RedrawError
    one, other = _pair(scores, rng)
    gap, right = round(scores[one] - scores[other], 1), rng.random() < 0.6
    slots = {"t": target, "model": one, "other": other, "m": METRICS[metric][0], "n": f"{abs(gap):.1f}"}
    if wording.kind == "higher_score":
        return slots, truth(gap > 0)
    slots["n"] = f"{abs(gap) if right else abs(gap) + rng.randint(7, 40) / 10:.1f}"
    return slots, truth(right and gap > 0)


def _language_pair(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    target, metric, code, scores = _scored(known, True, rng)
    model = rng.choice(sorted(scores))
    others = sorted(
        key[2]
        for key, values in known.scores.items()
        if key[:2] == (target, metric) and key[2] not in ("mean", code) and model in values
    )
    if not others:
        raise RedrawError
    other = rng.choice(others)
    names = {"l": known.names[code][0], "l2": known.names[other][0]}
    higher = scores[model] > known.scores[target, metric, other][model]
    return {"t": target, "model": model, "m": METRICS[metric][0], **names}, truth(higher)


def _nothing(known: Known, _: Wording, rng: Random) -> tuple[Slots, Truth]:
    one, other = _pair(known.languages.keys() & known.examples.keys(), rng)
    made = made_up(rng).capitalize()
    counts = {"n": f"{known.examples[one]:,}", "k": str(len(known.languages[one]))}
    return {"t": one, "u": other, "made": made, **counts}, "none"


KINDS: dict[str, Callable[[Known, Wording, Random], tuple[Slots, Truth]]] = {
    "size": _size,
    "more_examples": _more_examples,
    "languages": _languages,
    "more_languages": _more_languages,
    "has_language": _has_language,
    "family": _family,
    "score": _score,
    "language_score": _score,
    "higher_score": _higher_score,
    "score_gap": _higher_score,
    "language_pair": _language_pair,
    "nothing": _nothing,
}
