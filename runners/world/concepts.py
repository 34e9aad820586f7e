"""Concepts of the laboratory world, and the relations between their meanings.

A concept is a whole number; 0 is "nothing". The English glosses are for people who read the code;
no text of the world contains them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

NOTHING = 0

PEOPLE = ("woman", "man", "girl", "boy", "teacher", "farmer", "doctor", "king", "thief", "sailor")
ANIMALS = ("dog", "cat", "horse", "bird", "wolf", "fox")
TOOLS = ("cup", "door", "book", "knife", "coat", "box", "bell", "lamp", "table", "boat")
FOODS = ("bread", "apple", "fish", "soup")
KINDS = ("person", "animal", "tool", "food")
PLACES = ("garden", "house", "river", "market", "school", "forest", "tower", "bridge")
TIMES = ("yesterday", "today", "tomorrow")
QUALITIES = (("big", "small"), ("old", "young"), ("heavy", "light"), ("red", "blue"))
"""Opposites that a noun may carry."""

RESULTS = (
    ("clean", "dirty"), ("broken", "whole"), ("open", "shut"), ("empty", "full"),
    ("tired", "rested"), ("wise", "foolish"), ("happy", "sad"), ("lost", "found"),
)  # fmt: skip
"""Opposites that things and living beings come to be."""

HANDLING = {
    "wash": "clean", "soil": "dirty", "break": "broken", "mend": "whole",
    "unlock": "open", "close": "shut", "pour": "empty", "load": "full",
}  # fmt: skip
"""Action on things → their state afterwards."""

MEETING = {"chase": "tired", "teach": "wise", "thank": "happy", "betray": "sad", "mislead": "lost", "rescue": "found"}
"""Action between living beings → the state of the second afterwards."""

SYNONYMS = {"rinse": "wash", "smash": "break", "repair": "mend", "lock": "close", "pursue": "chase", "save": "rescue"}
CONVERSES = {"flee": "chase", "learn from": "teach", "be helped by": "thank", "follow": "mislead"}
"""Verbs that say the same with the two parts exchanged."""

QUESTIONS = ("who", "what", "where", "when", "how many")
FUNCTIONS = ("not", "in", "be", "because", "so")
COUNTS = (2, 3, 4, 5)
SIGNS = (".", "?")

GLOSSES: tuple[str, ...] = (
    "", *PEOPLE, *ANIMALS, *TOOLS, *FOODS, *KINDS, *PLACES, *TIMES,
    *(word for pair in (*QUALITIES, *RESULTS) for word in pair),
    *HANDLING, *MEETING, *SYNONYMS, *CONVERSES, *QUESTIONS, *FUNCTIONS,
    *map(str, COUNTS), *SIGNS,
)  # fmt: skip
"""Concept → gloss; the last ones, numbers and signs, are written alike in all languages."""

CONCEPT: Mapping[str, int] = {gloss: number for number, gloss in enumerate(GLOSSES)}
SIZE = len(GLOSSES)
WORDS = SIZE - len(COUNTS) - len(SIGNS)
"""Concepts below this one have a word of their own in every language."""


def concepts(*glosses: str) -> Numbers:
    """The concepts of the glosses."""
    return np.array([CONCEPT[gloss] for gloss in glosses], dtype=np.int64)


def _table(pairs: Mapping[str, str]) -> Numbers:
    table = np.zeros(SIZE, dtype=np.int64)
    for gloss, other in pairs.items():
        table[CONCEPT[gloss]] = CONCEPT[other]
    table.setflags(write=False)
    return table


_BASE = {gloss: gloss for gloss in GLOSSES if gloss} | SYNONYMS | CONVERSES

KIND_OF = _table({n: kind for group, kind in zip((PEOPLE, ANIMALS, TOOLS, FOODS), KINDS, strict=True) for n in group})
"""Noun → the more general noun; 0 for all others."""

OPPOSITE = _table({a: b for pair in (*QUALITIES, *RESULTS) for a, b in (pair, pair[::-1])})
"""Adjective → its opposite."""

AXIS = np.minimum(OPPOSITE, np.arange(SIZE)) * (OPPOSITE > 0)
"""Adjective → the first of its pair, which stands for the pair."""

PLAIN = _table(_BASE)
"""Concept → the one that says the same and is no synonym or converse."""

IS_CONVERSE = np.isin(np.arange(SIZE), concepts(*CONVERSES))

RESULT = _table({**HANDLING, **MEETING})[PLAIN]
"""Verb → what the one acted on is afterwards (of converses: the one who acts, seen from the plain verb)."""

HANDLING_VERBS = concepts(*HANDLING)
MEETING_VERBS = concepts(*MEETING)
LIVING = concepts(*PEOPLE, *ANIMALS)
THINGS = concepts(*TOOLS, *FOODS)
PLACE_NAMES = concepts(*PLACES)
TIME_NAMES = concepts(*TIMES)
QUALITY_NAMES = concepts(*(word for pair in QUALITIES for word in pair))
RESULT_NAMES = concepts(*(word for pair in RESULTS for word in pair))
COUNT_NAMES = concepts(*map(str, COUNTS))
LOANED = concepts(*PEOPLE, *ANIMALS, *TOOLS, *FOODS, *PLACES, *TIMES)
"""Words that languages borrow."""


def _restatements() -> Numbers:
    """Plain verb → up to two other verbs that say the same, itself where there are fewer."""
    table = np.tile(np.arange(SIZE), (2, 1))
    for gloss, base in SYNONYMS.items():
        table[0, CONCEPT[base]] = CONCEPT[gloss]
    for gloss, base in CONVERSES.items():
        table[1, CONCEPT[base]] = CONCEPT[gloss]
    table.setflags(write=False)
    return table


RESTATED = _restatements()
"""Shape (2, concepts): row 0 synonym, row 1 converse of a plain verb; itself where there is none."""
