"""A claim as the clauses that state something: marks of its source off, reports and reasons cut away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.phrases import each_word
from claims.tables.lexicon import lexicon
from claims.tables.tokens import Token
from claims.tables.unplaced import GRADED, SUPPOSING, UNDER

MARKERS = re.compile(r"\[CONTINUE\]", re.IGNORECASE)
RESUMED = re.compile(
    r"(?:(?<=\w)\s*\[CONTINUE\]\s+(?=[A-Z][a-z])"
    r"|,\s*\[CONTINUE\]\s+(?=(?:With|The|This|These|We|It|In|On|For|Our|However)\b))"
)
"""Where a gap in the source stands between two sentences."""
LEAD = re.compile(r"^\s*(?:Table|Figure|Fig\.)\s*\d+\s*:\s*")
CITED = re.compile(
    r"\s*\((?:see\s+|cf\.?\s+)?(?:Tables?|Figures?|Sections?|Fig\.|§)\s*[^()]*\)|\s*\(\s*(?:19|20)\d\d[a-z]?\s*\)\.?\d?"
)
FOOTNOTE = re.compile(r"(?<=[a-z])\.\d{1,2}(?=\s+[A-Z]|\s+[a-z])")

HYPHENED = re.compile(r"\b([Uu]nder|[Oo]ut|[Ss]ub)-(perform)")
SET_TO = re.compile(r"\b(\w+) (?:is|are|was|were) (?:set to|equal to) (\d+(?:\.\d+)?)\b")
SLASHED = re.compile(r"\b((?:[a-z]+ )?)([a-z]{3,})/([a-z]{3,}) ([a-z]{3,})\b")
"""Two adjectives of one noun: "right/left branching"."""

EXCEPTION = re.compile(r"\bwith (?:only )?(?:one|a single) exception\b,?\s*", re.IGNORECASE)
EVERYWHERE = re.compile(r"\b(?:all|every|each)\s+(?:of )?(?:the )?", re.IGNORECASE)
ENDS = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[\d%)]))[.;?!]\s+|(?<=[a-z]):\s+|;\s+")


def _any(*lists: str) -> str:
    """A pattern for any phrase of the lexicon's lists, the longest first."""
    phrases = [phrase for name in lists for phrase in lexicon().cuts[name]]
    return "|".join(sorted(phrases, key=len, reverse=True))


REPORTING = re.compile(
    rf"^(?:(?:[^,;]*?\b(?:{_any('reporters')})\b[^,;]*?)\s+)?"
    r"(?:(?:also|again|further|clearly|can|could|then|thus|may) )*"
    rf"(?:{_any('reports')})\s+(?:in\s+[^,;]*?)?that\s+",
    re.IGNORECASE,
)
"""What says that a result is reported ("we observe that"), before the result."""

OPENING = re.compile(rf"^\s*(?:(?:{_any('openings')})\s*,\s*)+", re.IGNORECASE)
"""Words that join a sentence to the one before it."""

INTERPRETING = re.compile(
    rf"(?:,?\s+(?:which|this|that|and)\s+(?:(?:also|further|again)\s+)?(?:{_any('interprets')})\b"
    rf"|,\s*(?:(?:thus|thereby|hence|further|again) )?(?:{_any('interpreting')})\b"
    rf"|\s+(?:{_any('reasons')})\b)[^,;]*",
    re.IGNORECASE,
)
"""From where on, up to the next comma, a sentence says what a result means rather than what it is."""

RELATIONS = each_word(
    "better-than worse-than better worse higher lower easier harder faster slower same best worst highest lowest peaks "
    "rises falls helps hurts gap correlates"
)
"""Kinds of the lexicon that make a clause a statement about results."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of a claim that stands between sentence ends.

    Attributes:
        text: what is left to read. told: whether something was cut off that only interprets.
        report: the words before "that", whose names the statement may be about.
        denied: whether what was cut off denies something. whole: the sentence with nothing cut off.
    """

    text: str
    told: bool
    report: str = ""
    denied: bool = False
    whole: str = ""


def statements(claim: str, shortened: Collection[str] = ()) -> Iterator[Statement]:
    """The sentences of a claim, each without its report ("we observe that") and its interpretation.

    Args:
        claim: its text.
        shortened: words of the table's names that end with a stop ("Hier."), which ends no sentence.
    """
    for word in shortened:
        claim = claim.replace(f"{word} ", f"{word[:-1]} ")
    plain = LEAD.sub("", MARKERS.sub(" ", RESUMED.sub(r". ", claim)))
    plain = HYPHENED.sub(r"\1\2", plain)
    plain = SET_TO.sub(r"\1=\2", plain)
    if EXCEPTION.search(plain):
        plain = EVERYWHERE.sub("all but one ", EXCEPTION.sub("", plain), count=1)
    plain = SLASHED.sub(r"\1\2 \4 and \1\3 \4", plain)
    plain = CITED.sub("", FOOTNOTE.sub(".", plain))
    for sentence in ENDS.split(plain + " "):
        text = " ".join(sentence.split()).strip(" .,")
        if not text:
            continue
        shorter = INTERPRETING.sub("", text)
        if len(shorter.split()) < 4 and len(text.split()) > 6:
            shorter = text
        opened = OPENING.sub("", shorter)
        report = REPORTING.match(opened)
        body = OPENING.sub("", opened[report.end() :] if report else opened)
        cut = " ".join(found[0] for found in INTERPRETING.finditer(text)) if shorter != text else ""
        yield Statement(body.strip(" ,"), bool(cut), report[0] if report else "", DENYING.search(cut) is not None, text)


DENYING = re.compile(r"\b(?:not|no|never|nor|neither|cannot|fails?|without|little|hardly)\b", re.IGNORECASE)

STRONG = frozenset({"but", "while", "whereas", "although", "though", "which", "however", "whilst", "yet", "leading"})


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens parted so that each clause has one relation, at the best boundary between two relations."""
    at = [i for i, t in enumerate(tokens) if t.kind in RELATIONS and not _doubled(tokens, i)]
    at = [i for i in at if not _noun_of_relation(tokens, i) and not _of_a_condition(tokens, i)]
    cuts = []
    for first, second in pairwise(at):
        cut = _boundary(tokens, first, second)
        if cut is not None:
            cuts.append(cut)
    parts = []
    start = 0
    for cut in [*cuts, len(tokens)]:
        if cut > start:
            parts.append(list(tokens[start:cut]))
            start = cut
    return parts


def _noun_of_relation(tokens: Sequence[Token], i: int) -> bool:
    """Whether "best" and its like only describe a rival ("outperforms the best baseline")."""
    if tokens[i].kind not in ("best", "highest"):
        return False
    before = [t for t in tokens[max(0, i - 3) : i] if t.kind not in ("function", "sign")]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    rival = bool(before) and before[-1].kind in ("better-than", "worse-than", "than", "same")
    return rival and after is not None and (after.kind in ("systems", "filler", "name", "word"))


def _of_a_condition(tokens: Sequence[Token], i: int) -> bool:
    """Whether "less" and its like only describe a condition ("with less data, …"), in which no name stands."""
    if tokens[i].kind not in GRADED:
        return False
    before = [t for t in tokens[max(0, i - 3) : i] if t.kind != "function"]
    if not before or before[-1].text.casefold() not in UNDER | SUPPOSING:
        return False
    end = next((k for k in range(i, len(tokens)) if tokens[k].text in ",;()"), len(tokens))
    return all(t.kind not in ("name", "than", *RELATIONS - GRADED) for t in tokens[i:end])


def _doubled(tokens: Sequence[Token], i: int) -> bool:
    """Whether a relation word only colours the next one ("much more useful", "better results … higher")."""
    return i + 1 < len(tokens) and tokens[i + 1].kind in RELATIONS


def _of_a_pair(tokens: Sequence[Token], i: int) -> bool:
    """Whether "and" joins the two names after "between"."""
    before = [token.text.casefold() for token in tokens[:i]]
    if "between" not in before:
        return False
    return "and" not in before[len(before) - before[::-1].index("between") :]


def _boundary(tokens: Sequence[Token], first: int, second: int) -> int | None:
    between = range(first + 1, second)
    strong = [i for i in between if tokens[i].text.casefold() in STRONG]
    if strong:
        return strong[-1]
    commas = [i for i in between if tokens[i].text == ","]
    spoken = [i for i in commas if i + 1 < second and tokens[i + 1].text.casefold() in {"and", "or"}]
    if spoken or commas:
        return (spoken or commas)[-1]
    joined = [i for i in between if tokens[i].text.casefold() == "and" and not _of_a_pair(tokens, i)]
    return joined[-1] if joined else None
