"""Brackets, conditions, reports and signs: positions that span more than two neighbours.

Each function gives the places of the tokens it licenses with the name of the rule; what it does not name stays
unread (see `claims.reading.neutral`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from claims.reading.context import kinds_of, last_word, word_of
from claims.reading.linking import Token

QUOTES = frozenset({'"', "'", "“", "”", "‘", "’", "`", "«", "»"})
EMPHASIS = frozenset({"*", "_"})
DASHES = frozenset({"-", "–", "—", "−", "‐", "‑"})
ALONE = frozenset({"SPLIT", "METRIC"})
"""What a bracket may hold by itself, besides a score: the split or the metric of the name before it."""
LEAST_SCORE = 30
"""A bare number in brackets below this may be a gain, a rank or a version as well as a score."""


def signed(tokens: Sequence[Token]) -> dict[int, str]:
    """Quotation marks around a name, marks of emphasis in pairs, the minus that a number took in."""
    found: dict[int, str] = {}
    for marks, name in ((QUOTES, "a name is quoted"), (EMPHASIS, "a name or number is set in bold")):
        places = [i for i, token in enumerate(tokens) if word_of(token) in marks]
        if len(places) % 2 == 0 and _around_one(tokens, places, marks):
            found |= dict.fromkeys(places, name)
    for i, token in enumerate(tokens[:-1]):
        following = tokens[i + 1]
        minus = word_of(token) in DASHES and following.kind == "NUMBER" and following.start == token.end
        if minus and following.number is not None and following.number.value < 0:
            found[i] = "a minus belongs to its number"
        if token.kind == "PLUS" and following.kind == "NUMBER" and following.start == token.end:
            found[i] = "a plus belongs to its number"
    return found


def _around_one(tokens: Sequence[Token], places: Sequence[int], marks: Collection[str]) -> bool:
    """Whether each pair of marks encloses a single name or number."""
    inside: list[int] = []
    enclosed, open_at = 0, False
    for i, token in enumerate(tokens):
        if word_of(token) in marks:
            neighbour = i + 1 < len(tokens) and word_of(tokens[i + 1]) in marks
            if open_at and not neighbour:
                inside.append(enclosed)
                open_at, enclosed = False, 0
            elif not open_at:
                open_at = True
        elif open_at:
            enclosed += token.kind in {"NUMBER", "RUN", "TARGET", "MODEL", "BENCH", "LANGUAGE", "METRIC"} or 2
    return bool(places) and not open_at and all(count == 1 for count in inside)


def bracketed(tokens: Sequence[Token]) -> dict[int, str]:
    """Brackets whose content is read as part of the clause."""
    found: dict[int, str] = {}
    for start, end in _brackets(tokens):
        inside = tokens[start + 1 : end]
        before = tokens[start - 1] if start else None
        if _belongs(inside, before):
            found |= dict.fromkeys((start, end), "a bracket holds what is read with the name before it")
    return found


def _brackets(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, token in enumerate(tokens):
        if word_of(token) in {"(", "["}:
            start = i
        elif word_of(token) in {")", "]"} and start is not None:
            yield start, i
            start = None


def _belongs(inside: Sequence[Token], before: Token | None) -> bool:
    """The split, the metric, the score, an abbreviation of the name before, or the kinds of the tasks before."""
    kinds = [t.kind for t in inside]
    if before is None or not inside:
        return False
    if kinds == ["NUMBER"]:
        return inside[0].number is not None and inside[0].number.value >= LEAST_SCORE
    if len(inside) == 1:
        same = inside[0].values == before.values and kinds[0] == before.kind
        return kinds[0] in ALONE or same
    numbers = set(kinds) <= {"PLUS", "NUMBER", "POINTS", "PERCENT", "COMMA", "AND"} and "NUMBER" in kinds
    listed = set(kinds) <= {"KIND", "COMMA", "AND"} and before.kind in {"FORMAT", "ITASK", "TTASK", "TASK"}
    return listed or numbers


TRAINED = frozenset(
    {"RUN", "ITASK", "MULTI", "MLM", "TRANS", "TRAIN", "INTERLANG", "AND", "TASK", "MODELN", "NUMBER", "ALL",
     "STUDYOWN", "SPLIT", "FIRST", "CONTINUE", "OUTOF", "article", "auxiliary", "preposition", "using", "subject",
     "task_head", "stage_phrase", "data_head", "machine", "single", "distinct", "emphasis", "relative", "TARGETFT",
     "ORDERED", "TARGETSTAGE", "possessive", "pretrained", "STUDIES", "BENCH", "BEST", "EACHOF", "TTASK", "TARGET",
     "MANY", "MOST", "ALMOSTALL", "COMMA", "RESP", "SEVERAL", "gerund", "cleft", "giving", "CONTAIN", "AVG"}
)  # fmt: skip
"""What a condition may speak of that does no more than name the intermediate training."""

USES = frozenset(
    {"used", "use", "uses", "using", "serves", "serve", "served", "applied", "apply", "applies", "carried", "carries",
     "carry", "done", "undergoes", "undergo", "chosen", "employed", "run", "out", "acts", "performed", "added", "take",
     "with", "comes", "performs", "perform", "performing", "does", "do", "best"}
)  # fmt: skip

CONDITIONS = frozenset({"when", "if"})


def conditional(tokens: Sequence[Token], labels: Sequence[frozenset[str]]) -> dict[int, str]:
    """As in "when SQuAD is used as the intermediate task": it names the training and sets no further condition."""
    found: dict[int, str] = {}
    for i, token in enumerate(tokens):
        if word_of(token) not in CONDITIONS:
            continue
        verb = next((k for k in range(i + 1, len(tokens)) if _verb_of_use(tokens[k])), len(tokens))
        end = next((k for k in range(verb + 1, len(tokens)) if tokens[k].kind in CLAUSE_ENDS), len(tokens))
        if not _beside_a_main_clause(tokens, i, end):
            continue
        inside = range(i + 1, end)
        names = any(
            tokens[k].kind in {"RUN", "ITASK", "MULTI", "MLM", "TRANS", "BENCH", "SPLIT", "BEST"} for k in inside
        )
        plain = all(labels[k] & TRAINED or word_of(tokens[k]) in USES for k in inside)
        if names and plain:
            found[i] = "a condition that only names the training"
            found |= {k: "the training is used" for k in inside if word_of(tokens[k]) in USES}
    return found


def clefts(tokens: Sequence[Token]) -> dict[int, str]:
    """As in "It is on XNLI that MNLI helps": the "that" that answers an "it is" at the head of the sentence."""
    start = next((i for i, t in enumerate(tokens) if word_of(t) in {"it is", "it was"}), None)
    if start is None or any(t.kind != "COMMA" for t in tokens[:start][-1:]):
        return {}
    place = next((i for i, t in enumerate(tokens) if i > start and word_of(t) == "that"), None)
    plain = place is not None and not any(
        t.kind in {"NEG", "HEDGE", "UNREAD", "GAINV", "BEAT"} for t in tokens[start:place]
    )
    return {place: "it is this that does something"} if place is not None and plain else {}


def repeated(tokens: Sequence[Token]) -> dict[int, str]:
    """As in "jointly in a multi-task fashion": a way of training, or a name, said twice."""
    found: dict[int, str] = {}
    for kind in REPEATED:
        places = [i for i, token in enumerate(tokens) if token.kind == kind]
        if len(places) > 1 and len({tokens[i].value for i in places} - {""}) < 2:
            found |= dict.fromkeys(places, "a way of training is said twice")
    names: dict[tuple[str, str], list[int]] = {}
    for i, token in enumerate(tokens):
        if token.kind in {"RUN", "TARGET", "MODEL", "BENCH"}:
            names.setdefault((token.kind, token.value), []).append(i)
    return found | {i: "a name is said again" for places in names.values() if len(places) > 1 for i in places}


REPEATED = ("MULTI", "MLM", "TRANS", "ZEROSHOT")


def questions(tokens: Sequence[Token]) -> dict[int, str]:
    """As in "The study investigates how training on nine tasks affects transfer": no result is stated of it."""
    kinds = {t.kind for t in tokens}
    if "AFFECT" not in kinds or kinds & {"GAINV", "GAINN", "GAINADJ", "BEAT", "BEST", "THAN", "POINTS", "NEG", "EQUAL"}:
        return {}
    return {
        i: "how a thing is affected is studied"
        for i, token in enumerate(tokens)
        if token.kind == "AFFECT" or (word_of(token) == "how" and i and tokens[i - 1].kind == "STUDIES")
    }


def _beside_a_main_clause(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a condition opens the sentence and ends in a comma, or follows what it is a condition of."""
    clause = any(_verb_of_use(token) for token in tokens[i + 1 : end])
    before = tokens[i - 1].kind if i else ""
    if not clause:
        return False
    if i == 0 or before in {"COMMA", "SEMI", "WHEREAS"} or word_of(tokens[i - 1]) == "that":
        return (end < len(tokens) and tokens[end].kind in {"COMMA", "THENRUN"}) or before == "COMMA"
    chosen = kinds_of(tokens[i + 1 : end]) & {"BEST", "TARGET", "TTASK", "BENCH"}
    if before == "BEAT" and last_word(tokens[i - 1]) != "than":
        return False
    return (word_of(tokens[i]) == "when" or not chosen) and before in FOLLOWED


def _verb_of_use(token: Token) -> bool:
    kinds = {"TRAIN", "LIGHT", "CONTINUE", "STUDIES", "TARGETFT", "TRANS"}
    return (
        token.kind in kinds
        or word_of(token) in {"is", "are"}
        or word_of(token).split()[0] in USES - {"with", "best", "out"}
    )


FOLLOWED = frozenset(
    {"TARGET", "NUMBER", "POINTS", "PERCENT", "SPLIT", "GAINN", "RESULT", "METRIC", "TTASK", "BENCH", "TRANS", "ITASK",
     "LIGHT", "FILLER", "THAN", "BEAT", "TASK", "CONSISTENT", "GAINV", "LARGE", "AVG", "MORE"}
)  # fmt: skip
"""What a "when" may follow."""


CLAUSE_ENDS = frozenset({"COMMA", "SEMI", "WHEREAS", "STOPSIGN", "COLON", "THENRUN"})


def reported(tokens: Sequence[Token], labels: Sequence[frozenset[str]]) -> dict[int, str]:
    """As in "The authors report that …": a plain report by the study itself, at the head of its sentence."""
    found: dict[int, str] = {}
    for i, token in enumerate(tokens):
        if word_of(token) != "that" or i < 2 or "reporting" not in labels[i - 1]:
            continue
        start = i - 2
        if tokens[start].kind not in {"STUDY", "STUDYOWN"} and word_of(tokens[start]) not in {"we", "results"}:
            continue
        while start and labels[start - 1] & {"article", "STUDYOWN", "possessive", "demonstrative"}:
            start -= 1
        if all(t.kind in {"COMMA", "FILLER"} and word_of(t) not in CONDITIONS for t in tokens[:start]):
            found |= dict.fromkeys((i - 1, i), "a plain report opens the sentence")
    return found
