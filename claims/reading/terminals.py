"""The tokens as the grammar sees them, and the classes that matter on the way."""

from __future__ import annotations

from dataclasses import dataclass

from claims.reading.linking import Token

SILENT = frozenset(
    {"FILLER", "LIGHT", "RESULT", "TARGETFT", "STUDY", "STUDYOWN", "TRAIN", "CONTINUE", "CONTAIN", "SOURCED",
     "COVER", "CUT", "TARGETMODELS", "METRICN", "LANGMEAN", "TIMEBOUND", "UNREAD", "DEVEXAMPLES",
     "UPTO", "ATMOST", "ATLEAST", "ABOUT", "PLUS", "JUSTUNDER",
     "JUSTOVER"}
)  # fmt: skip
"""Classes that carry no part of an assertion by themselves."""

QUANTIFIERS = {
    "ALL": "all", "EACHOF": "each", "ALMOSTALL": "almost-all", "MOST": "most", "MANY": "many", "SEVERAL": "several",
    "FEW": "few", "SOME": "any", "NONE": "none", "ANY": "either", "ALLBUTONE": "all-but-one",
}  # fmt: skip

LIMITS = {
    "UPTO": "up to", "ATMOST": "<=", "ATLEAST": ">=", "ORMORE": "or more", "OVERNUM": ">", "UNDERNUM": "<",
    "ABOUT": "about", "EXACTLY": "=", "JUSTUNDER": "just under", "JUSTOVER": "just over",
}  # fmt: skip

NOUNS = frozenset({"ITASK", "TTASK", "TASK", "LANG", "MODELN", "HEADWORD", "EXAMPLES", "PHASES", "FORMAT", "FAMILY"})

ADJECTIVES = frozenset({"LANGUAGE", "INTERLANG", "KIND", "BENCH", "MULTI"})

BETWEEN = frozenset({"FILLER", "LIGHT", "STUDYOWN", "ZEROSHOT", "LARGE", "RESULT", "SOME", "SEVERAL"}) | ADJECTIVES
"""What may stand between a number or quantifier and its noun."""

UNCOUNTABLE = frozenset({"training", "transfer", "tuning", "finetuning", "pretraining", "learning", "data"})

ORDINARY_MORE = frozenset({"better", "higher", "stronger", "superior", "worse", "lower", "weaker", "inferior"})
"""Comparatives that without a "than" say that something rose or fell."""


EITHER = frozenset(
    {"gain", "benefit", "increase", "boost", "jump", "lift", "advance", "help", "drop", "decrease", "decline", "fall",
     "harm", "damage", "rise"}
)  # fmt: skip
"""Words that can be a noun of change or its verb, without the plural."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A token as the grammar sees it.

    Attributes:
        type: terminal of the grammar.
        token: the linked token.
        value: relation, quantifier, unit … where the class needs one.
    """

    type: str
    token: Token
    value: str = ""


LEVELS = frozenset({"to", "from", "at", "by"})
"""Before a number "by" speaks of a change, the others of a level reached."""
