"""Words of comparison whose part depends on the words around them: "above", "leads", "only", "most"."""

from __future__ import annotations

from collections.abc import Sequence

from claims.reading.context import kinds_of, number_follows, word_of
from claims.reading.linking import Token
from claims.reading.terminals import ORDINARY_MORE, Terminal

SIDES = frozenset({"BASELINE", "MODEL", "RUN", "MLM", "TRANS", "MULTI"})
PASSED_OVER = frozenset({"FILLER", "LIGHT", "STUDYOWN"})
CHANGES = frozenset({"GAINN", "GAINV", "GAINADJ", "NOGAIN", "BEAT", "EXTRA", "WORTH", "PLUS", "MORE", "LESS"})
CLAUSE_ENDS = frozenset({"COMMA", "SEMI", "WHEREAS", "STOPSIGN", "COLON"})


def next_meant(tokens: Sequence[Token], i: int, within: int = 4) -> Token | None:
    """The next token that is no filler."""
    return next((t for t in tokens[i + 1 : i + 1 + within] if t.kind not in PASSED_OVER), None)


def last_meant(tokens: Sequence[Token], i: int) -> Token | None:
    """The token before that is no filler."""
    return next((t for t in reversed(tokens[:i]) if t.kind not in PASSED_OVER), None)


def over(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "more than"; "over the baseline" names the side compared with, "3 points above it" says who is ahead."""
    if word_of(tokens[i]) not in {"over", "above", "beyond"}:
        return Terminal("MORE", tokens[i])
    following = next_meant(tokens, i)
    if following is None or following.kind not in SIDES:
        return None
    return Terminal("BEAT", tokens[i], ">") if _says_by_how_much(tokens, i) else Terminal("COMPARED", tokens[i])


def under(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "less than", or "3 points below the baseline"."""
    following = next_meant(tokens, i)
    behind = word_of(tokens[i]) == "below" and following is not None and following.kind in SIDES
    if behind and _says_by_how_much(tokens, i):
        return Terminal("BEAT", tokens[i], "<")
    return Terminal("LESS", tokens[i])


def _says_by_how_much(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number of points stands right before, in a clause without another word of change."""
    before = [t.kind for t in tokens[:i]]
    start = max((k for k, kind in enumerate(before) if kind in CLAUSE_ENDS), default=-1) + 1
    measured = before[-1:] in (["POINTS"], ["PERCENT"], ["NUMBER"])
    return measured and not CHANGES & set(before[start:])


def comparative(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "better", "more": half of a comparison, or by itself a rise."""
    token = tokens[i]
    if {"THAN", "COMPARED"} & kinds_of(tokens):
        return Terminal(token.kind, token)
    if "BEAT" in kinds_of(tokens):
        return None
    if word_of(token) in ORDINARY_MORE:
        return Terminal("GAINADJ", token, "+" if token.kind == "MORE" else "-")
    return Terminal(token.kind, token)


def less_or_equal(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "no better than"."""
    return Terminal("BEAT", tokens[i], "<=")


def leads(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "A leads B", "A leads on XNLI"; "A leads by 2 points" does not say whom."""
    following = next_meant(tokens, i)
    if following is not None and following.kind in {*SIDES, "BEST", "ITASK"}:
        return Terminal("BEAT", tokens[i], ">")
    numbered = "NUMBER" in kinds_of(tokens[i + 1 :])
    return Terminal("HEDGE" if numbered else "BEST", tokens[i])


def exactly(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "only SQuAD", which leaves out the others; "only 3 points" gives a number like any other."""
    if word_of(tokens[i]) != "only":
        return None
    return None if number_follows(tokens, i) else Terminal("ONLY", tokens[i])


def nothing(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "Nothing beats A" ranks A; elsewhere what it denies is not read."""
    beaten = kinds_of(tokens[i + 1 :]) & {"BEAT", "THAN"}
    return Terminal("NOTHING" if beaten else "HEDGE", tokens[i])


def first(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "training on SQuAD first", which says no more than "intermediate"; any other "first" is not read."""
    before = last_meant(tokens, i)
    trained = kinds_of(tokens[:i]) & {"TRAIN", "TARGETFT", "ITASK"} or any("training" in word_of(t) for t in tokens[:i])
    named = before is not None and before.kind in {"RUN", "ITASK"}
    return None if trained and named else Terminal("HEDGE", tokens[i])


def without_it(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "better than without it": without intermediate training, where nothing else could be left out."""
    spoken_of = kinds_of(tokens[:i])
    clear = spoken_of & {"RUN", "ITASK", "MULTI"} and not spoken_of & {"MLM", "TRANS"}
    return Terminal("BASELINE" if clear else "HEDGE", tokens[i])


def most_by_itself(tokens: Sequence[Token], i: int) -> bool:
    """As in "benefits most from A": the most of all, not most of some."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    ends = after is None or after.kind in {*CLAUSE_ENDS, "AND"} or word_of(after) in AFTER_MOST
    return ends and bool({"GAINV", "GAINN"} & kinds_of(tokens[max(0, i - 4) : i]))


AFTER_MOST = frozenset({"from", "with", "by", "on", "among", "of", "for", "is", "when", "after", "through"})


def kind_of_targets(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "SQuAD helps on retrieval": a kind that stands for the targets of that kind."""
    kinds = kinds_of(tokens)
    plain = kinds & {"RUN", "MULTI", "ITASK"} and not kinds & {"TARGET", "TTASK", "FORMAT", "INCLUDE"}
    if plain and _place_of_result(tokens, i):
        return Terminal("TKIND", tokens[i], tokens[i].value)
    return Terminal("KIND", tokens[i], tokens[i].value)


def _place_of_result(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word stands where a target would: "on …", "improves …", "… gains"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.kind in {"TASK", "TTASK", "ITASK", "RUN", "LANG", "AND", "EXAMPLES", "OR"}:
        return False
    before = tokens[i - 1] if i > 0 else None
    gains = after is not None and after.kind == "GAINN"
    at = before is not None and (before.kind == "GAINV" or word_of(before) in {"on", "for"})
    return (gains and before is None) or at


def but(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "all targets but XNLI" leaves one out; elsewhere "but" parts clauses."""
    before, after = last_meant(tokens, i), next_meant(tokens, i)
    named = after is not None and after.kind in {"RUN", "TARGET"}
    whole = (
        before is not None
        and before.kind in {"TTASK", "TASK", "ITASK"}
        and "ALL" in kinds_of(tokens[max(0, i - 5) : i])
    )
    return Terminal("EXCEPT" if word_of(tokens[i]) == "but" and named and whole else "STOP", tokens[i])


ADDING = frozenset({"adding", "add", "added", "adds", "mixing", "mixed", "introducing", "introduced", "including"})
TRANSLATING = frozenset({"translating", "machine-translating", "machine translating"})


def mlm(tokens: Sequence[Token], i: int) -> Terminal:
    """Continued MLM; as in "adding MLM to A" it says what changes, and so what A is compared with."""
    around = [word_of(t).split()[0] for t in (*tokens[max(0, i - 4) : i], *tokens[i + 1 : i + 4])]
    return Terminal("MLM", tokens[i], "added" if ADDING & set(around) else "")


def translated(tokens: Sequence[Token], i: int) -> Terminal:
    """Translated intermediate data; translated target data is another matter."""
    following = next((t for t in tokens[i + 1 : i + 4] if t.kind != "FILLER"), None)
    if following is not None and following.kind in {"TTASK", "TARGET"}:
        return Terminal("TARGETSTAGE", tokens[i])
    return Terminal("TRANS", tokens[i], "added" if word_of(tokens[i]) in TRANSLATING else "")


def compared(tokens: Sequence[Token], i: int) -> Terminal:
    """As in "compared with B"; in "5.4 points, compared with 1.0 for B" it goes on to another statement."""
    following = next_meant(tokens, i)
    after = tokens.index(following) if following is not None else len(tokens)
    named = next((t for t in tokens[after + 1 : after + 6] if t.kind not in {*PASSED_OVER, "POINTS", "PERCENT"}), None)
    goes_on = following is not None and following.kind in {"NUMBER", "EXACTLY"} and named is not None
    said_of = goes_on and named is not None and named.kind in {"RUN", "MODEL", "BASELINE", "TARGET", "MULTI"}
    before = i > 0 and tokens[i - 1].kind == "COMMA"
    return Terminal("SEP" if said_of and before else "COMPARED", tokens[i])


def within(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "within 0.1 of each other", which is not read; "within XTREME" says nothing."""
    return Terminal("HEDGE", tokens[i]) if number_follows(tokens, i) else None


def off(tokens: Sequence[Token], i: int) -> Terminal | None:
    """As in "takes 3 points off BUCC"; "drags BUCC down" repeats its verb; elsewhere it is not read."""
    falling = any(t.kind == "GAINV" and t.value == "-" for t in tokens[:i])
    if word_of(tokens[i]) == "down":
        return None if falling else Terminal("HEDGE", tokens[i])
    measured = i > 0 and tokens[i - 1].kind in {"POINTS", "PERCENT"} and not CHANGES & kinds_of(tokens[:i])
    return Terminal("GAINN", tokens[i], "-") if measured else Terminal("HEDGE", tokens[i])
