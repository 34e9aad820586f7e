"""The word lists of this folder, read from `words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claims.language.tokens import tokens_of


@dataclass(frozen=True, slots=True)
class WordLists:
    """Other names of rows and columns besides their labels.

    Attributes:
        system, place: words of a header over compared systems, and over the places where they are tested.
        removing, adding: words before the part that a label removes or adds. removed, added: words behind it.
        lacking: first words of a phrase for a part that a subject lacks.
        adding_names, lacking_names: words between a name and the part that its line adds or lacks.
        variant_kinds: kinds of thing behind such a name.
        authored: words before "of" and the authors that a line cites.
        changes: words of a sentence that mark a number as a change.
        machines: nouns for systems that people are not. automatic: words before them that exclude people.
        anybody: words for rivals of any kind. by_chance: labels of chance baselines.
        transferred: last words before languages among which the one of training may not be. languages: nouns for these.
        apart: words before a number that is a distance between lines.
        speeds: words of a header whose cells may be times, of which the lower is the higher speed.
        plain, alone: words before and behind the name of a line that others extend.
        numbering, sized: words before and behind a numbered thing. with_size: things whose number is their size.
        joined: ways of naming a line by the members it joins.
        helped: ways of naming a line that is one thing with another.
        pronouns: words that stand for all or none of the things a sentence is about.
        leaning: words that count only with a noun behind them.
        averaged: words between an average and the things it is taken over.
        counted: words before "of" and the things counted. made_of: words behind the name of a base, "-based".
        done: nouns behind the name of a place, for the task done there.
        first_words: role of the words before a name → those words, as the file explains them.
        summing: labels of lines that sum the others up, or are one more of them.
        folding: labels of which two side by side may be ways of pooling.
        joining, opposing: words of a caption that set their neighbours, or the words behind, against something.
        narrowing: words of a caption that set a part of the table apart.
        learned: words of a caption before training data. things_in_ly: nouns that end as adverbs do.
        opening: words of a caption before its topic. scores: nouns for any measure.
        letters: abbreviation at the end of a header → the measure.
        sizes: letters at the end of a name → the size they stand for.
        marked: "ours" or "baseline" → names of the lines the table marks so.
        units: unit → words of a header in that unit. unit_sizes: unit → the quantity it measures, and its size in it.
        per: letters behind a slash → their expansion.
        shares: names of measures that are shares of one or of a hundred.
    """

    system: frozenset[str]
    place: frozenset[str]
    removing: tuple[str, ...]
    adding: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    lacking: frozenset[str]
    adding_names: tuple[str, ...]
    lacking_names: tuple[str, ...]
    variant_kinds: tuple[str, ...]
    authored: tuple[str, ...]
    changes: frozenset[str]
    machines: frozenset[str]
    automatic: frozenset[str]
    anybody: frozenset[str]
    by_chance: frozenset[str]
    transferred: frozenset[str]
    languages: frozenset[str]
    apart: tuple[str, ...]
    speeds: frozenset[str]
    plain: tuple[str, ...]
    alone: tuple[str, ...]
    numbering: tuple[str, ...]
    sized: tuple[str, ...]
    with_size: frozenset[str]
    joined: tuple[str, ...]
    helped: tuple[str, ...]
    pronouns: frozenset[str]
    leaning: frozenset[str]
    averaged: frozenset[str]
    counted: frozenset[str]
    made_of: frozenset[str]
    done: frozenset[str]
    first_words: dict[str, frozenset[str]]
    summing: frozenset[str]
    folding: frozenset[str]
    joining: frozenset[str]
    opposing: frozenset[str]
    narrowing: frozenset[str]
    learned: frozenset[str]
    things_in_ly: frozenset[str]
    opening: frozenset[str]
    scores: frozenset[str]
    letters: dict[str, str]
    sizes: dict[str, tuple[str, ...]]
    marked: dict[str, tuple[str, ...]]
    units: dict[str, frozenset[str]]
    unit_sizes: dict[str, tuple[str, float]]
    per: dict[str, str]
    shares: frozenset[str]


@cache
def word_lists() -> WordLists:
    """The shipped lists."""
    data = tomllib.loads((files("claims.domains.table") / "words.toml").read_text(encoding="utf-8"))
    return WordLists(
        frozenset(data["roles"]["system"]),
        frozenset(data["roles"]["place"]),
        tuple(data["leads"]["removing"]),
        tuple(data["leads"]["adding"]),
        tuple(data["leads"]["removed"]),
        tuple(data["leads"]["added"]),
        frozenset(tokens_of(lead)[0].folded for lead in data["leads"]["lacking"]),
        tuple(data["leads"]["adding_names"]),
        tuple(data["leads"]["lacking_names"]),
        tuple(data["leads"]["variant_kinds"]),
        tuple(data["leads"]["authored"]),
        frozenset(data["said"]["changes"]),
        frozenset(data["said"]["machines"]),
        frozenset(data["said"]["automatic"]),
        frozenset(data["said"]["anybody"]),
        frozenset(data["said"]["by_chance"]),
        frozenset(data["said"]["transferred"]),
        frozenset(data["said"]["languages"]),
        tuple(data["said"]["apart"]),
        frozenset(data["said"]["speeds"]),
        tuple(data["beside"]["plain"]),
        tuple(data["beside"]["alone"]),
        tuple(data["beside"]["numbering"]),
        tuple(data["beside"]["sized"]),
        frozenset(data["beside"]["with_size"]),
        tuple(data["beside"]["joined"]),
        tuple(data["beside"]["helped"]),
        frozenset(data["two_senses"]["pronouns"]),
        frozenset(data["two_senses"]["leaning"]),
        frozenset(data["phrases"]["averaged"]),
        frozenset(data["phrases"]["counted"]),
        frozenset(data["phrases"]["made_of"]),
        frozenset(data["phrases"]["done"]),
        {what: frozenset(words) for what, words in data["first_words"].items()},
        frozenset(data["summing"]["names"]),
        frozenset(data["summing"]["folding"]),
        frozenset(data["captions"]["joining"]),
        frozenset(data["captions"]["opposing"]),
        frozenset(data["captions"]["narrowing"]),
        frozenset(data["captions"]["learned"]),
        frozenset(data["captions"]["things_in_ly"]),
        frozenset(data["captions"]["opening"]),
        frozenset(data["captions"]["scores"]),
        dict(data["letters"]),
        {size: tuple(words) for size, words in data["sizes"].items()},
        {mark: tuple(names) for mark, names in data["marked"].items()},
        {unit: frozenset(words) for unit, words in data["units"].items()},
        {unit: (kind, float(size)) for unit, (kind, size) in data["unit_sizes"].items()},
        dict(data["per"]),
        frozenset(data["shares"]["names"]),
    )
