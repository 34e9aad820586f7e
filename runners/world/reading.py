"""Tasks on longer texts: questions with an answer in the text, choices, sentence pairs, running text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from runners.examples import Choice, Example, QAExample, SentenceExample
from runners.world import changes, grammar
from runners.world import concepts as c
from runners.world.concepts import CONCEPT, Numbers
from runners.world.meaning import Clauses, events, join, states, truth, where
from runners.world.tasks import ExampleGenerator

ASKED = (
    ("subject", ("subject_quality", "subject"), "who"),
    ("object", ("count", "object_quality", "object"), "what"),
    ("place", ("place",), "where"),
    ("time", ("time_first", "time_last"), "when"),
)
"""Parts that can be asked for: the part, its columns, the question word."""


def questions(draw: ExampleGenerator) -> list[Example]:
    """A text of several events and a question on one of them; the answer is the phrase that says it."""
    rng, n = draw.rng, draw.count
    told = _different(rng, int(draw.options.get("sentences", 2)), n, draw.split)
    which = rng.integers(len(told), size=n)
    about = join(told)[which * n + np.arange(n)]
    part = _askable(rng, about)
    question = _question(rng, about, part)
    context = np.concatenate([grammar.spoken(event, draw.words) for event in told], axis=1)
    starts, ends = _answers(draw, context, which, part)
    rows = zip(draw.ids(), draw.say(question, "?"), grammar.texts(context, draw.words), starts, ends, strict=True)
    return [QAExample(i, q, text, ((text[a:b], a),)) for i, q, text, a, b in rows]


def _different(rng: np.random.Generator, sentences: int, count: int, split: str) -> list[Clauses]:
    """Texts of several events that share no actor, action or other part."""
    told = [events(rng, count * 4, split) for _ in range(sentences)]
    apart = np.ones(count * 4, dtype=bool)
    for i in range(sentences):
        for j in range(i):
            a, b = told[i], told[j]
            apart &= (a.verb != b.verb) & (a.subject != b.subject) & (a.object != b.object)
            apart &= (a.subject != b.object) & (a.object != b.subject)
    rows = np.flatnonzero(apart)[:count]
    assert len(rows) == count
    return [event[rows] for event in told]


def _askable(rng: np.random.Generator, about: Clauses) -> Numbers:
    """Chooses the part to ask for: place and time where they are said, else subject or object."""
    part = rng.integers(4, size=len(about))
    said = ((part == 2) & (about.place > 0)) | ((part == 3) & (about.time > 0)) | (part < 2)
    return np.where(said, part, rng.integers(2, size=len(about)))


def _question(rng: np.random.Generator, about: Clauses, part: Numbers) -> Clauses:
    less = changes.weakened(rng, about, 0.6)
    words = [CONCEPT[word] for _, _, word in ASKED]
    asked = replace(
        less,
        subject=np.where(part == 0, words[0], less.subject),
        subject_quality=np.where(part == 0, 0, less.subject_quality),
        object=np.where(part == 1, np.where(np.isin(about.object, c.LIVING), words[0], words[1]), less.object),
        object_quality=np.where(part == 1, 0, less.object_quality),
        count=np.where(part == 1, 0, less.count),
        place=np.where(part == 2, words[2], less.place),
        time=np.where(part == 3, words[3], less.time),
    )
    return changes.restated(rng, asked, 0.3)


def _answers(draw: ExampleGenerator, context: Numbers, which: Numbers, part: Numbers) -> tuple[list[int], list[int]]:
    """First character of each answer and the one after its last."""
    width = len(grammar.COLUMNS) + 1
    place = np.argsort(draw.words.order)
    starts = grammar.offsets(context, draw.words)
    ends = starts + draw.words.lengths[context] - 1
    begin, end = np.full(len(which), np.iinfo(np.int64).max), np.zeros(len(which), dtype=np.int64)
    rows = np.arange(len(which))
    for number, (_, columns, _) in enumerate(ASKED):
        for name in columns:
            at = which * width + place[grammar.COLUMN[name]]
            here = (part == number) & (context[rows, at] > 0)
            begin = np.where(here, np.minimum(begin, starts[rows, at]), begin)
            end = np.where(here, np.maximum(end, ends[rows, at]), end)
    return begin.tolist(), end.tolist()


def causes(draw: ExampleGenerator) -> list[Example]:
    """Cause or effect: what led to a state or followed from an event, one of two."""
    rng, n = draw.rng, draw.count
    event = events(rng, n, draw.split, plain=True)
    event = replace(event, time=np.where(changes.chance(rng, 0.5, n), rng.choice(c.TIME_NAMES, n), 0))
    never = np.zeros(n, dtype=bool)
    state = states(event.object, c.RESULT[event.verb], never)
    backwards, label = changes.chance(rng, 0.5, n), rng.integers(2, size=n)
    wrong_event = _other_event(rng, event)
    who = changes.chance(rng, 0.25, n) & np.isin(event.object, c.LIVING)
    wrong_state = states(
        np.where(who, event.subject, event.object),
        np.where(who, c.RESULT[event.verb], _other_result(rng, event)),
        never,
    )
    assert not (truth(event, wrong_state) == 1).any()
    assert not (truth(wrong_event, state) == 1).any()
    right, wrong = where(backwards, event, state), where(backwards, wrong_event, wrong_state)
    options = [where(label == 0, right, wrong), where(label == 1, right, wrong)]
    asked = draw.words.forms[np.where(backwards, CONCEPT["because"], CONCEPT["so"]) * grammar.INFLECTED].tolist()
    said = [draw.say(options[0]), draw.say(options[1])]
    rows = zip(draw.ids(), draw.say(where(backwards, state, event)), asked, *said, label.tolist(), strict=True)
    return [Choice(i, premise, word[:-1], (a, b), v) for i, premise, word, a, b, v in rows]


def _other_result(rng: np.random.Generator, event: Clauses) -> Numbers:
    result = c.RESULT[event.verb]
    drawn = changes.other(rng, c.RESULT_NAMES, result)
    return np.where(changes.chance(rng, 0.5, len(event)), c.OPPOSITE[result], drawn)


def _other_event(rng: np.random.Generator, event: Clauses) -> Clauses:
    """The same with another action, which leads to something else."""
    handling = np.isin(event.verb, c.HANDLING_VERBS)
    verb = np.where(
        handling, changes.other(rng, c.HANDLING_VERBS, event.verb), changes.other(rng, c.MEETING_VERBS, event.verb)
    )
    return replace(event, verb=verb)


def continuations(draw: ExampleGenerator) -> list[Example]:
    """Makes tasks of choosing the sentence that follows from the first: exactly one is true."""
    rng, n, options = draw.rng, draw.count, int(draw.options.get("choices", 3))
    premise = events(rng, n * 6, draw.split)
    tried = [changes.hypotheses(rng, premise, draw.options.get("statements", 0.4)) for _ in range(options * 3)]
    values = np.stack([truth(premise, hypothesis) for hypothesis in tried])
    right, wrong = _first(values == 1, 1), _first(values != 1, options - 1)
    fits = np.flatnonzero((right >= 0).all(axis=0) & (wrong >= 0).all(axis=0))[:n]
    assert len(fits) == n
    label = rng.integers(options, size=n)
    all_tried, size = join(tried), len(premise)
    picks = np.concatenate([wrong, right])[:, fits]
    wrongs = list(range(options - 1))
    order = np.array([[*wrongs[:at], options - 1, *wrongs[at:]] for at in range(options)])
    said = [draw.say(all_tried[picks[order[label, k], np.arange(n)] * size + fits]) for k in range(options)]
    rows = zip(draw.ids(), draw.say(premise[fits]), zip(*said, strict=True), label.tolist(), strict=True)
    return [Choice(i, first, "", tuple(choices), v) for i, first, choices, v in rows]


def _first(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], count: int) -> Numbers:
    """Row numbers of the first `count` true entries of each column, −1 where there are fewer."""
    rank = np.cumsum(mask, axis=0)
    found = [np.where((rank == k + 1).any(axis=0), np.argmax(rank == k + 1, axis=0), -1) for k in range(count)]
    return np.stack(found)


def sentences(draw: ExampleGenerator) -> list[Example]:
    """Single events, each told in every language: for retrieval. Told in the language's own style."""
    clauses = events(draw.rng, draw.count, draw.split)
    return [SentenceExample(i, text) for i, text in zip(draw.ids(), draw.say(clauses), strict=True)]


def running_text(draw: ExampleGenerator) -> list[Example]:
    """Little stories: an event, told again or less exactly, what follows from it, a question and its answer."""
    rng, n = draw.rng, draw.count
    event = events(rng, n, "")
    again = changes.weakened(rng, changes.restated(rng, event, 0.5), 0.4)
    again = replace(changes.generalised(rng, again, 0.15), fronted=changes.chance(rng, 0.5, n))
    result = states(event.object, c.RESULT[event.verb], np.zeros(n, dtype=bool))
    opposite = states(event.object, c.OPPOSITE[result.predicate], np.ones(n, dtype=bool))
    result = where(changes.chance(rng, 0.3, n), opposite, result)
    result = replace(result, lead=np.where(changes.chance(rng, 0.5, n), CONCEPT["so"], 0))
    part = _askable(rng, event)
    question = _question(rng, event, part)
    follow = rng.integers(3, size=n)
    parts = [
        grammar.spoken(event, draw.words),
        _only(grammar.spoken(where(follow == 0, again, result), draw.words), follow < 2),
        _only(grammar.spoken(question, draw.words, "?"), follow == 2),
        _only(_answer(draw, event, part), follow == 2),
    ]
    said = np.concatenate(parts, axis=1)
    return [SentenceExample(i, text) for i, text in zip(draw.ids(), grammar.texts(said, draw.words), strict=True)]


def _only(said: Numbers, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Numbers:
    return np.where(rows[:, None], said, 0)


def _answer(draw: ExampleGenerator, event: Clauses, part: Numbers) -> Numbers:
    """The phrase that answers, with a full stop."""
    said = grammar.columns(event)
    keep = np.zeros(said.shape, dtype=bool)
    for number, (_, columns, _) in enumerate(ASKED):
        for name in columns:
            keep[:, grammar.COLUMN[name]] |= part == number
    ordered = np.where(keep, said, 0)[:, draw.words.order]
    closing = np.full((len(event), 1), CONCEPT["."] * grammar.INFLECTED)
    return np.concatenate([ordered, closing], axis=1)
