"""Which words of a sentence name which lines of a table, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.phrases import each_word
from claims.tables.names import GENERIC, Name
from claims.tables.pieces import Piece, alike, squashed
from claims.tables.table import Axis
from claims.words import listed

LONGEST = 9
"""Pieces of a sentence that one name may take."""

MARGIN = 0.05
"""Names this close to the best one are all kept as what the words may mean."""

FUNCTION = each_word(
    "a an the of in on at for to and or but with without by from as is are was were be been it its this "
    "that these those there we our us they their them than when while which who what where how not no nor "
    "so if then also all both each any some most more less very only just other others do does did has "
    "have had can could may might will would should here up down over under into out about after before "
    "between among such same own one two three via per e i g yes"
)
"""Words that name a line only where they are the whole name and stand in quotes or capitals."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a mention may mean.

    Attributes:
        axis, lines: the lines. level, head: where in their headers the name stands.
        text: the name, or the names, as printed. score: how surely, 0 to 1.
        whole: whether the words are a whole name rather than a part of one.
    """

    axis: Axis
    lines: frozenset[int]
    level: int
    head: str
    text: str
    score: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence with what they may mean, the surest first.

    Attributes:
        start, end: pieces of the sentence, the end not included. text: as written.
    """

    start: int
    end: int
    text: str
    options: tuple[Option, ...]

    @property
    def best(self) -> Option:
        """The surest option."""
        return self.options[0]

    def on(self, axis: Axis) -> Option | None:
        """The surest option on an axis."""
        return next((option for option in self.options if option.axis == axis), None)


def mentions_in(pieces: Sequence[Piece], names: Sequence[Name], text: str) -> tuple[Mention, ...]:
    """The names a sentence mentions, in their order, none overlapping another."""
    found = [m for m in _candidates(pieces, names, text) if m.options]
    found.sort(key=lambda m: (-_weight(m), m.start))
    taken: set[int] = set()
    chosen: list[Mention] = []
    for mention in found:
        span = set(range(mention.start, mention.end))
        if not span & taken:
            taken |= span
            chosen.append(mention)
    return tuple(sorted(chosen, key=lambda m: m.start))


def _weight(mention: Mention) -> float:
    """Longer and surer mentions first; a whole name ahead of a part of one of the same length."""
    length = mention.end - mention.start
    return length * mention.best.score + (0.5 if mention.best.whole else 0.0)


def _candidates(pieces: Sequence[Piece], names: Sequence[Name], text: str) -> Iterator[Mention]:
    commas = any("," in name.text for name in names)
    for start in range(len(pieces)):
        if not _is_word(pieces[start]):
            continue
        for end in range(start + 1, min(start + LONGEST, len(pieces)) + 1):
            if not _is_word(pieces[end - 1]) and pieces[end - 1].text not in "+−#%":
                continue
            window = [p for p in pieces[start:end] if _is_word(p) or p.text in "+−@=#%"]
            parted = any(p.text in ",;" for p in pieces[start : end - 1])
            if parted and not commas and "al" not in {p.text for p in window}:
                break
            after = pieces[end].text if end < len(pieces) else ""
            options = tuple(_options(window, names, after))
            if options:
                yield Mention(start, end, _written(text, pieces, start, end), options)


def _written(text: str, pieces: Sequence[Piece], start: int, end: int) -> str:
    """The words of a mention as they stand in the sentence, with the bracket that closes one of theirs."""
    found = text[pieces[start].start : pieces[end - 1].end]
    closed = found.count("(") > found.count(")") and end < len(pieces) and pieces[end].text == ")"
    return text[pieces[start].start : pieces[end].end] if closed else found


def _is_word(piece: Piece) -> bool:
    return piece.text[0].isalnum()


def _options(window: Sequence[Piece], names: Sequence[Name], after: str) -> Iterable[Option]:
    words = tuple(p.text for p in window)
    if "al" in words[1:]:
        words = tuple(w for w in words if w not in {"et", "al"})
    if not words:
        return ()
    if _is_article(window, after):
        return ()
    lettered = any(_letter(window, name) for name in names)
    if not lettered and not any(w not in GENERIC and w[0].isalnum() for w in words) and len(words) < 2:
        groups = [n for n in names if len(n.words) == 1 and alike(n.words[0], words[0]) and len(n.lines) > 1]
        return _kept(_shared([(n, 0.9) for n in groups if n.head != "variable"]))
    whole = [(name, score) for name in names if (score := _whole(words, window, name)) > 0]
    if whole:
        return _kept(_shared(whole))
    if not _tells(window):
        return ()
    parts = [(name, score) for name in names if (score := _part(words, name)) > 0]
    return _kept(_together(parts))


def _shared(whole: Sequence[tuple[Name, float]]) -> list[Option]:
    """Whole names; those at one level of an axis that the words mean equally well are one option."""
    groups: dict[tuple[Axis, int, float], list[Name]] = {}
    for name, score in whole:
        groups.setdefault((name.axis, name.level, score), []).append(name)
    return [
        Option(axis, frozenset().union(*(n.lines for n in members)), level, members[0].head,
               ", ".join(dict.fromkeys(n.text for n in members)), score, True)
        for (axis, level, score), members in groups.items()
    ]  # fmt: skip


def _kept(options: list[Option]) -> list[Option]:
    best = max((o.score for o in options), default=0.0)
    kept = [o for o in options if o.score >= best - MARGIN]
    return sorted(kept, key=lambda o: (-o.score, o.axis, o.level))


def _together(parts: Sequence[tuple[Name, float]]) -> list[Option]:
    """Names on one axis that hold the same words, as one option of all their lines."""
    groups: dict[Axis, list[tuple[Name, float]]] = {}
    for name, score in parts:
        groups.setdefault(name.axis, []).append((name, score))
    options = []
    for axis, members in groups.items():
        lines = frozenset(i for name, _ in members for i in name.lines)
        score = max(score for _, score in members)
        first = members[0][0]
        text = ", ".join(dict.fromkeys(name.text for name, _ in members))
        options.append(Option(axis, lines, first.level, first.head, text, score, False))
    return options


def _whole(words: tuple[str, ...], window: Sequence[Piece], name: Name) -> float:
    """How surely the words are a whole name."""
    best = 0.0
    whole = squashed(words)
    for spelling, sure in name.spellings.items():
        if sure <= best or not spelling:
            continue
        if spelling == words or (len(whole) > 2 and squashed(spelling) == whole):
            best = sure
        elif len(spelling) == len(words) and spelling[0][:1] == words[0][:1]:
            best = max(best, sure * min(map(alike, words, spelling)))
        elif len(words) > 1 and len(spelling) == 1 and name.text.isupper() and spelling[0] == _initials(words):
            best = max(best, 0.75 * sure)
    if best and all(w in FUNCTION for w in words) and not (_emphasised(window) or _letter(window, name)):
        return 0.0
    return best if best >= 0.6 else 0.0


def _initials(words: tuple[str, ...]) -> str:
    spelled = len(words) > 1 and all(w.isalpha() and w not in FUNCTION for w in words)
    return "".join(w[0] for w in words) if spelled else ""


def _emphasised(window: Sequence[Piece]) -> bool:
    """Whether words stand in capitals, as a name would."""
    return all(p.raw.isupper() and len(p.raw) > 1 for p in window if p.text[0].isalpha())


def _letter(window: Sequence[Piece], name: Name) -> bool:
    """Whether a capital letter that is also a word ("A", "I") is written as a name is."""
    return len(window) == 1 and window[0].raw == name.text and window[0].raw.isupper()


def _is_article(window: Sequence[Piece], after: str) -> bool:
    """Whether "A" at the start of a sentence is the article: no verb comes after it."""
    return len(window) == 1 and window[0].raw == "A" and window[0].start == 0 and after not in VERBS


VERBS = each_word(
    "is was has had does did and or , beats outperforms surpasses exceeds performs scores achieves reaches gets wins "
    "loses improves reduces ranks obtains yields attains comes"
)
"""Words after a name at the start of a sentence, where after an article a noun would stand."""


def _tells(window: Sequence[Piece]) -> bool:
    """Whether a part of a name may be known by these words."""
    words = [p for p in window if p.text[0].isalnum()]
    if not words or words[-1].text in FUNCTION:
        return False
    if words[0].text in FUNCTION | GENERIC and not (
        len(words) > 1 and words[1].start == words[0].end + 1 and words[0].text in {"no", "non"}
    ):
        return False
    return any(w.text not in FUNCTION | GENERIC and (len(w.text) > 1 or w.text.isdigit()) for w in words)


def _part(words: tuple[str, ...], name: Name) -> float:
    """How surely the words are a part of a name: by how much of it they are."""
    best = 0.0
    initials = _initials(words)
    for spelling in name.spellings:
        if len(initials) > 1 and len(spelling) > 1 and initials.upper() in name.text and initials in spelling:
            best = max(best, 0.62)
        if len(words) >= len(spelling):
            continue
        for at in range(len(spelling) - len(words) + 1):
            match = min(map(alike, words, spelling[at : at + len(words)]))
            if match:
                share = len(squashed(words)) / max(len(squashed(spelling)), 1)
                best = max(best, (0.55 + 0.3 * share) * match)
    if not best or (len(words) == 1 and words[0].isdigit()):
        return 0.0
    return best * (0.9 if all(w.isalpha() and listed(w) for w in words) else 1.0)
