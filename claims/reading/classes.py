"""Terminals by what they do in a clause: the bridge between token classes and the grammar."""

from __future__ import annotations

VERBS = {"GAINV": "gain_verb", "BEAT": "beat", "AFFECT": "affect"}
"""Verbs of comparison or change: a clause has one at most. Terminal → rule name of its item."""

HEADS = {
    "GAINN": "gain", "GAINADJ": "gain", "NOGAIN": "nogain", "NOEFFECT": "noeffect", "BEST": "best", "WORST": "best",
    "RANK": "rank", "MORE": "more", "LESS": "more", "EQUAL": "equal", "SOURCE": "source", "NOTRAIN": "notrain",
    "START": "start_model", "SOTA": "leading", "INCLUDE": "includes", "RISING": "trend", "FALLING": "trend",
    "ASSOCIATED": "trend", "BASELINE": "baseline", "PREMLM": "premlm", "ZEROSHOT": "zeroshot", "SCOREV": "score_verb",
    "AXIS": "association", "MATTERS": "matters", "VARIES": "varies",
}  # fmt: skip
"""What else can make a clause."""

ADJECTIVES = {
    "LANGUAGE": "language", "INTERLANG": "intermediate_language", "BENCH": "benchmark", "MULTI": "multi",
}  # fmt: skip
"""Names that may stand between a number or quantifier and its noun."""

NOUNS = {
    "ITASK": "intermediates", "TTASK": "targets", "TASK": "tasks", "LANG": "languages", "FAMILY": "languages",
    "MODELN": "models", "HEADWORD": "models", "EXAMPLES": "examples", "PHASES": "formats", "FORMAT": "formats",
}  # fmt: skip
"""What is counted and quantified over."""

PLAIN = {
    "RUN": "run", "TARGET": "target", "MODEL": "model", "METRIC": "metric", "SPLIT": "split", "MLM": "mlm",
    "TRANS": "translated", "THENRUN": "sequence", "LARGE": "size", "MODERATE": "size", "SMALL": "size",
    "CONSISTENT": "consistent", "SIGNIFICANT": "significant", "NEG": "negation", "NEITHER": "neither", "THAN": "than",
    "COMPARED": "compared", "AVG": "average", "RESP": "respectively", "SETUP": "setup", "EXCEPT": "except",
    "DISTANCE": "axis", "COST": "axis", "DATASIZE": "axis", "ORDER": "axis", "ROBUST": "axis", "HIERARCHY": "axis",
    "OTHERLANG": "axis", "HEDGE": "hedge", "ONLY": "only", "TARGETSTAGE": "stage", "TRAINDATA": "traindata",
    "CONTRAST": "contrast", "NEVER": "never", "NOTHING": "nothing", "ALLELSE": "allelse", "FLOATQ": "floating",
    "SCOREN": "score_noun", "SCORES": "score_noun", "TKIND": "target_kind", "FARTHER": "axis", "SAME": "same",
}  # fmt: skip
"""Everything else that carries meaning."""

CLASSES: dict[str, tuple[str, str]] = {
    **{terminal: ("VERB", rule) for terminal, rule in VERBS.items()},
    **{terminal: ("HEAD", rule) for terminal, rule in HEADS.items()},
    **{terminal: ("ADJECTIVE", rule) for terminal, rule in ADJECTIVES.items()},
    "KIND": ("KINDNAME", "kind"),
    **{terminal: ("NOUN", rule) for terminal, rule in NOUNS.items()},
    **{terminal: ("PLAIN", rule) for terminal, rule in PLAIN.items()},
    **{
        name: (name, name.lower())
        for name in ("SEP", "STOP", "BECAUSE", "LIMIT", "NUMBER", "UNIT", "COUNT", "QUANT", "OUTOF")
    },
}
"""Terminal → (class in the grammar, rule name of its item)."""
