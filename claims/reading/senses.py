"""Tokens whose part in the sentence depends on the words around them, class by class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.reading import relations
from claims.reading.amounts import THOUSANDS
from claims.reading.context import (
    adjectival,
    kinds_of,
    last_word,
    noun_after,
    number_follows,
    share_of,
    word_of,
)
from claims.reading.linking import Token
from claims.reading.terminals import (
    EITHER,
    LIMITS,
    QUANTIFIERS,
    UNCOUNTABLE,
    Terminal,
)


def _number(tokens: Sequence[Token], i: int) -> Terminal:
    token = tokens[i]
    noun = noun_after(tokens, i)
    if noun is not None and noun.kind == "EXAMPLES" and THOUSANDS.fullmatch(token.text):
        return Terminal("HEDGE", token)  # "392.702 examples" may be written with a point between the thousands
    whole = token.number is not None and token.number.value % 1 == 0
    return Terminal("COUNT" if whole and (noun or share_of(tokens, i)) else "NUMBER", token)


def _hedge(tokens: Sequence[Token], i: int) -> Terminal | None:
    """Words that make a statement less than one; "between 79 and 80" is a range."""
    ranged = word_of(tokens[i]) == "between" and number_follows(tokens, i) and tokens[i + 1].upper is not None
    return None if ranged else Terminal("HEDGE", tokens[i])


def _of(tokens: Sequence[Token], i: int) -> Terminal | None:
    return Terminal("OUTOF", tokens[i]) if i > 0 and share_of(tokens, i - 1) else None


def _unit(tokens: Sequence[Token], i: int) -> Terminal:
    return Terminal("UNIT", tokens[i], "%" if tokens[i].kind == "PERCENT" else "points")


def _examples(tokens: Sequence[Token], i: int) -> Terminal | None:
    counted = "NUMBER" in kinds_of(tokens[max(0, i - 3) : i])
    return Terminal("EXAMPLES", tokens[i]) if counted else None


def _negation(tokens: Sequence[Token], i: int) -> Terminal:
    token = tokens[i]
    following = relations.next_meant(tokens, i)
    if word_of(token) == "without" and following is not None and following.kind in {"MLM", "TRANS", "RUN", "MULTI"}:
        return Terminal("HEDGE", token)
    noun = noun_after(tokens, i) if word_of(token) in {"no", "zero", "without"} else None
    if noun is None:
        return Terminal("NEG", token)
    if noun.kind == "ITASK" and (last_word(noun) in UNCOUNTABLE or word_of(token) == "without"):
        return Terminal("BASELINE", token)
    countable = noun.kind in {"ITASK", "TTASK", "TASK", "LANG", "MODELN", "HEADWORD"} and word_of(token) != "without"
    return Terminal("QUANT", token, "none") if countable else Terminal("NEG", token)


def quantifier_sense(tokens: Sequence[Token], i: int) -> Terminal | None:
    """A quantifier with its noun; one without ("all", "both") is silent, others float."""
    token, value = tokens[i], QUANTIFIERS[tokens[i].kind]
    if word_of(token) == "some" and number_follows(tokens, i):
        return Terminal("LIMIT", token, "about")
    if i > 0 and tokens[i - 1].kind in QUANTIFIERS and token.kind in {"SOME", "SEVERAL"}:
        return None
    if noun_after(tokens, i) is not None:
        return Terminal("QUANT", token, value)
    if token.kind == "MOST" and relations.most_by_itself(tokens, i):
        return Terminal("BEST", token)
    silent = token.kind in {"ALL", "EACHOF", "ANY", "SOME"}
    return None if silent else Terminal("FLOATQ", token, value)


def _language(tokens: Sequence[Token], i: int) -> Terminal:
    """A language the intermediate data is in ("English tasks", "tasks in English"), or an evaluated one."""
    skipped = {"FILLER", "KIND", "AND", "COMMA", "LANGUAGE", "LANG", "ALL", "RESULT"}
    owners = {"ITASK", "TASK", "TRAIN", "RUN"}
    for following in tokens[i + 1 : i + 5]:
        if following.kind in owners - {"RUN"} or word_of(following) in DATA_WORDS:
            return Terminal("INTERLANG", tokens[i], tokens[i].value)
        if following.kind not in {"FILLER", "KIND", "AND", "COMMA", "LANGUAGE", "LANG"}:
            break
    for preceding in reversed(tokens[max(0, i - 4) : i]):
        if preceding.kind in owners or word_of(preceding) in DATA_WORDS:
            return Terminal("INTERLANG", tokens[i], tokens[i].value)
        if preceding.kind not in skipped:
            break
    return Terminal("LANGUAGE", tokens[i], tokens[i].value)


DATA_WORDS = frozenset({"data", "training", "dataset", "datasets"})


def _multilingual(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "multilingual" says nothing of a model, but of intermediate tasks that they are not the English ones."""
    following = next((t for t in tokens[i + 1 : i + 4] if t.kind not in {"FILLER", "ALL"}), None)
    tasks = following is not None and following.kind in {"ITASK", "TASK", "RUN"}
    return Terminal("INTERLANG", tokens[i], "other") if tasks or word_of(tokens[i]) == "non-english" else None


def _language_noun(tokens: Sequence[Token], i: int) -> Terminal | None:
    return None if i > 0 and adjectival(tokens, i) else Terminal(tokens[i].kind, tokens[i])


def _gain_word(tokens: Sequence[Token], i: int) -> Terminal:
    """Noun or verb, for words such as "gains", "benefits", "increase" that can be either."""
    token = tokens[i]
    before = tokens[i - 1] if i > 0 else None
    either = word_of(token).removesuffix("s") in EITHER
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if either and following is not None and word_of(following) in {"from", "to"} and number_follows(tokens, i + 1):
        return Terminal("GAINV", token, token.value)
    if before is not None and either:
        if before.kind in BEFORE_NOUN or last_word(before) in DETERMINERS:
            return Terminal("GAINN", token, token.value)
        after = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if before.kind in BEFORE_VERB or last_word(before) in HELPERS or after in OBJECTS:
            return Terminal("GAINV", token, token.value)
    return Terminal(token.kind, token, token.value)


BEFORE_NOUN = frozenset(
    {"LARGE", "MODERATE", "SMALL", "CONSISTENT", "SIGNIFICANT", "AVG", "MORE", "LESS", "BEST", "WORST", "POINTS",
     "PERCENT", "TTASK", "LIGHT", "MANY", "SEVERAL", "ALL", "EACHOF", "SOME", "ANY", "MOST", "FEW", "ZEROSHOT",
     "RESULT", "METRIC", "NUMBER", "OUTOF", "CONTAIN", "NOEFFECT", "SOURCED"}
)  # fmt: skip

BEFORE_VERB = frozenset({"RUN", "TARGET", "ITASK", "TASK", "MODEL", "BENCH", "TRANS", "MLM", "MULTI", "MODELN"})

OBJECTS = frozenset({"TARGET", "TTASK", "METRIC", "BENCH"})

DETERMINERS = frozenset({"a", "an", "the", "no", "of", "in", "with", "from", "this", "that", "its", "their", "without"})

HELPERS = frozenset({"not", "to", "n't", "does", "will", "which", "also"})


def _whereas(tokens: Sequence[Token], i: int) -> Terminal:
    return Terminal("STOP", tokens[i])


def _contrast(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "in contrast to": parts clauses, except at the start of a sentence, where it only announces one."""
    opening = all(t.kind == "FILLER" for t in tokens[:i])
    return Terminal("CONTRAST" if opening else "STOP", tokens[i])


def _more_points(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "+7.5", "7.5 extra points", "worth 7.5 points": a number said to be added."""
    after = [t for t in tokens[i + 1 : i + 4] if t.kind not in {*LIMITS, "FILLER"}]
    around = kinds_of(tokens[max(0, i - 1) : i]) | kinds_of(after[:1])
    added = around & {"NUMBER", "POINTS"} and not noun_after(tokens, i)
    return Terminal("GAINN", tokens[i], "+") if added else None


def _cost(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "costs 3 points" is a loss; any other cost is not read."""
    return Terminal("GAINN" if number_follows(tokens, i) else "HEDGE", tokens[i], "-")


def _size_word(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "in size" makes a comparison one of training examples."""
    return Terminal("EXAMPLES", tokens[i])


def _version(tokens: Sequence[Token], i: int) -> Terminal | None:
    """The current version of the study is what is spoken of anyway."""
    return None if tokens[i].value == "v2" else Terminal("HEDGE", tokens[i])


def _semicolon(tokens: Sequence[Token], i: int) -> Terminal:
    """Parts clauses, except in a list of phases, "(i) …; (ii) …"."""
    return Terminal("SEP" if "PHASES" in kinds_of(tokens) else "STOP", tokens[i])


def _separator(tokens: Sequence[Token], i: int) -> Terminal:
    return Terminal("SEP", tokens[i])


def _or(tokens: Sequence[Token], i: int) -> Terminal:
    """Under a negation, in paired lists and as "better than A or B" it lists both; elsewhere it leaves open which."""
    denied = {"NEG", "NEITHER", "NOGAIN", "NONE"} & kinds_of(tokens[:i])
    paired = "RESP" in kinds_of(tokens)
    methods = {"MLM", "TRANS"} & kinds_of(tokens[:i]) and {"MLM", "TRANS"} & kinds_of(tokens[i:])
    each = methods and {"BEAT", "THAN", "COMPARED"} & kinds_of(tokens[:i])
    return Terminal("SEP" if denied or paired or each else "HEDGE", tokens[i])


def _nor(tokens: Sequence[Token], i: int) -> Terminal:
    """Joins names after "neither"; without it, or between verbs, the sentence goes on in a way that is not read."""
    start = next((k for k, t in enumerate(tokens[:i]) if t.kind == "NEITHER"), None)
    names = start is not None and not {"GAINV", "GAINN", "BEAT", "AFFECT"} & kinds_of(tokens[start:i])
    return Terminal("SEP" if names else "HEDGE", tokens[i])


def _then(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "A and then B" is a sequence of runs where there are two to put in order."""
    several = sum(t.kind == "RUN" for t in tokens) > 1
    return Terminal("THENRUN", tokens[i]) if several else None


def _ordered(tokens: Sequence[Token], i: int) -> Terminal:
    return Terminal("THENRUN", tokens[i])


def _condition(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "If A gains, B gains" states neither; "if one trains on A, B gains" only names the run."""
    ends = (k for k, t in enumerate(tokens) if k > i and t.kind in {"COMMA", "THENRUN"})
    condition = tokens[i : next(ends, len(tokens))]
    stated = {"GAINV", "GAINN", "GAINADJ", "BEAT", "NEG", "NOGAIN"} & kinds_of(condition)
    return Terminal("HEDGE", tokens[i]) if stated or word_of(tokens[i]) != "if" else None


def _target(tokens: Sequence[Token], i: int) -> Terminal:
    """A target; one that is trained on while another task is spoken of plays another part."""
    token = tokens[i]
    trained_on = i > 1 and word_of(tokens[i - 1]) in {"on", "with"} and _training(tokens[i - 2])
    after = [t for t in tokens[i + 1 : i + 4] if t.kind != "FILLER"]
    as_intermediate = (
        bool(after) and after[0].kind == "ITASK" and any(word_of(t) == "as" for t in tokens[i + 1 : i + 3])
    )
    if as_intermediate or (trained_on and "RUN" in kinds_of(tokens)):
        return Terminal("TARGETSTAGE", token)
    return Terminal("TARGET", token, token.value)


def _training(token: Token) -> bool:
    return token.kind == "TRAIN" or (token.kind == "ITASK" and last_word(token) in UNCOUNTABLE)


def _score_verb(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "scores 79.2", "reaches an accuracy of 79.2": a verb of score has its number close by."""
    close = [t for t in tokens[i + 1 : i + 6] if t.kind not in {"FILLER", "OUTOF", "METRIC", "RESULT"}]
    return Terminal("SCOREV", tokens[i]) if close and close[0].kind == "NUMBER" else _score_noun(tokens, i)


def _score_noun(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "the mean score is 68.4"; beside a word of change the number is one of change."""
    noun = word_of(tokens[i]) in {"score", "scores"} and not {"GAINV", "GAINN", "GAINADJ"} & kinds_of(tokens)
    return Terminal("SCOREN", tokens[i]) if noun else None


def _setup(tokens: Sequence[Token], i: int) -> Terminal:
    return Terminal("SETUP", tokens[i])


def _start(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "the model from which the experiments start": the verb counts where only a model is spoken of."""
    kinds = kinds_of(tokens)
    return Terminal("START", tokens[i]) if "MODEL" in kinds and not kinds & {"RUN", "TARGET", "NUMBER"} else None


def _size(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "a large gain", "large task gains" the size of a gain; in "small models" it chooses among models."""
    following = [token for token in tokens[i + 1 : i + 5] if token.kind != "FILLER"]
    noun = next((token for token in following if token.kind not in CHOSEN), None)
    chosen = bool(following) and following[0] is tokens[i + 1] and following[0].kind in CHOSEN
    adverb = word_of(tokens[i]).endswith("ly") or word_of(tokens[i]) in {"far", "much", "a lot"}
    if chosen and not adverb and (noun is None or noun.kind not in {"GAINN", "GAINV", "GAINADJ", "NOEFFECT", "RESULT"}):
        return Terminal("HEDGE", tokens[i])
    return Terminal(tokens[i].kind, tokens[i], tokens[i].value)


CHOSEN = frozenset({"TASK", "ITASK", "TTASK", "LANG", "MODELN", "MODEL", "FAMILY", "SPLIT", "TRAINDATA", "DATASIZE"})
"""Nouns of which "small" and "large" choose some."""

SENSES: dict[str, Callable[[Sequence[Token], int], Terminal | None]] = {
    "NUMBER": _number,
    "OUTOF": _of,
    "HEDGE": _hedge,
    "EXACTLY": relations.exactly,
    "OVERNUM": relations.over,
    "UNDERNUM": relations.under,
    "POINTS": _unit,
    "PERCENT": _unit,
    "EXAMPLESBARE": _examples,
    "MORE": relations.comparative,
    "LESS": relations.comparative,
    "NEG": _negation,
    "LANGUAGE": _language,
    "LINGUAL": _multilingual,
    "LANG": _language_noun,
    "GAINN": _gain_word,
    "GAINV": _gain_word,
    "WHEREAS": relations.but,
    "CONTRAST": _contrast,
    "EXTRA": _more_points,
    "WORTH": _more_points,
    "COSTS": _cost,
    "SIZEWORD": _size_word,
    "VERSION": _version,
    "PLUS": _more_points,
    "NOTHING": relations.nothing,
    "TRANS": relations.translated,
    "MLM": relations.mlm,
    "KIND": relations.kind_of_targets,
    "COLON": _separator,
    "SEMI": _semicolon,
    "STOPSIGN": _whereas,
    "COMMA": _separator,
    "AND": _separator,
    "OR": _or,
    "NOR": _nor,
    "THENRUN": _then,
    "ORDERED": _ordered,
    "IF": _condition,
    "SCOREV": _score_verb,
    "SCOREN": _score_noun,
    "TARGET": _target,
    "ADVERSE": _separator,
    "STUDIES": _setup,
    "STARTV": _start,
    "LESSEQ": relations.less_or_equal,
    "COMPARED": relations.compared,
    "WITHIN": relations.within,
    "OFF": relations.off,
    "LEAD": relations.leads,
    "FIRST": relations.first,
    "WITHOUTIT": relations.without_it,
    "LARGE": _size,
    "MODERATE": _size,
    "SMALL": _size,
}
