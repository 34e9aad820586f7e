"""A report's own marks and confidences, however they are written.

The rules, in order:

1. A sign (✓ × ⚠ …) and words ("supported", "not verified") are read apart. Only the words up to the
   first bracket, dash or semicolon count: "❌ **UNVERIFIED** - Likely fabricated" says "unverified".
2. Words decide; a sign alone decides where no word is known. Where they disagree: ⚠ before a yes
   means partly; ⚠ before a no, and × before a yes, mean unclear; × before anything unclear is a no.
3. "Not" before a yes-word makes it a no; a yes and a no together are partly ("partly true, partly
   false"); with anything unclear among them the mark is unclear ("plausible but unverified"), except
   behind a no ("unverified and possibly implausible").
4. A lone "x" is read by its column: no beside ticks, yes where every other cell is empty (it ticks a
   box), else unclear; "[x]" ticks a box wherever it stands. A lone "-" says nothing, except in a
   column that also holds "+". Lone 0 and 1 are read only where the column's name is a yes-word
   ("verified"): under "label" they may be classes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from claims.report import Mark

SIGNS: dict[str, Mark] = {
    **dict.fromkeys("✓✔☑✅🗸🗹√👍🟢\uf0fc\uf0fe", "yes"),
    **dict.fromkeys("×✗✘❌✕✖☒❎☐⛔🚫👎🔴\uf0fb\uf0fd", "no"),
    **dict.fromkeys("◐🟡🟠≈", "partly"),
    **dict.fromkeys("⚠❓❔❗🤔", "unclear"),
}
"""Signs that mean something alone; the last of each row are check marks of a symbol font."""

_TOLD: dict[str, list[str]] = tomllib.loads((files("claims.data") / "marks.toml").read_text("utf-8"))
_MEANINGS: tuple[Mark, ...] = ("yes", "no", "partly", "unclear")
_PHRASES: dict[tuple[str, ...], Mark] = {tuple(phrase.split()): mark for mark in _MEANINGS for phrase in _TOLD[mark]}
_LONGEST = max(map(len, _PHRASES))
_NOT = frozenset(_TOLD["not"])
_BETWEEN = _NOT | frozenset(_TOLD["between"])
MARK_WORDS = frozenset(word for phrase in _PHRASES for word in phrase) | _BETWEEN
"""Every word that a mark can be made of."""
_LONGEST_MARK = 60
_NOTHING = frozenset(("", "-", "–", "—", "--", "---", "n/a", "na", "none", "null", "nan", "."))
_SILENT = "️︎‍ \t\r\n*_`~"
"""Variation selectors, blanks and emphasis around a mark."""
_CLAUSE_END = re.compile(r"[(\[;,:\n]|\s[-–—]\s|[–—]|\.\s")
_BUT = re.compile(r",\s+but\s")
"""A comma and "but", which do not end the first clause: "correct, but incomplete"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OF_SOURCES = re.compile(
    r"(\d{1,3})\s?(?:/|of|out of)\s?(\d{1,3})\s(?:[^\W\d_]+\s){0,3}(?:agree|support|confirm|verif)\w*"
)
_MOST_WORDS = 12

_TICKED = re.compile(r"\[[xX✓✔]\]")
_UNTICKED = re.compile(r"\[ ?\]")
_YES_NAMES = frozenset(_TOLD["yes_names"])


def read_mark(raw: str) -> Mark:
    """The meaning of one mark on its own."""
    bare = raw.strip(_SILENT).lower()
    if bare in _NOTHING:
        return "none"
    if bare in {"?", "??", "[?]"}:
        return "unclear"
    if bare in {"+", "-"}:
        return "none"
    if bare == "x":
        return "unclear"
    if _TICKED.match(bare):
        return "yes"
    if _UNTICKED.match(bare):
        return "no"
    if counted := _OF_SOURCES.match(bare):
        return _share(int(counted[1]), int(counted[2]))
    return _judged(_sign(bare), _words(bare))


def _share(agreeing: int, sources: int) -> Mark:
    """The mark of a count such as "2/3 sources agree": "yes" if all agree, "partly" if some, "no" if none."""
    if agreeing > sources or not sources:
        return "unclear"
    return "yes" if agreeing == sources else "partly" if agreeing else "no"


def read_marks(raws: Sequence[str], *, name: str = "") -> tuple[Mark, ...]:
    """The meanings of the marks of one column; lone "x", "+", "-", 0 and 1 are read by their neighbours.

    Args:
        raws: the cells, as written.
        name: the column's name.
    """
    bare = [raw.strip(_SILENT).lower() for raw in raws]
    marks = [read_mark(raw) for raw in raws]
    alone = _alone(set(bare), set(marks), name)
    return tuple(alone.get(cell, mark) for cell, mark in zip(bare, marks, strict=True))


def _alone(cells: set[str], marks: set[Mark], name: str) -> dict[str, Mark]:
    """The meanings of signs that depend on the other cells or the name of their column."""
    meaning: dict[str, Mark] = {}
    if "x" in cells:
        if "yes" in marks or cells & {"v", "o"}:
            meaning |= {"x": "no", "v": "yes", "o": "yes"}
        elif cells & _NOTHING and cells <= {"x", *_NOTHING}:
            meaning["x"] = "yes"
    if "+" in cells:
        meaning |= {"+": "yes", "-": "no", "−": "no", "–": "no"}
    if cells <= {"0", "1", ""} and set(name.lower().split()) & _YES_NAMES:
        meaning |= {"1": "yes", "0": "no"}
    return meaning


def is_mark(text: str) -> bool:
    """True if a text is a mark and nothing else: a sign, words for a mark, or a sign and such words."""
    bare = text.strip(_SILENT).lower()
    signless = "".join(sign for sign in bare if sign not in SIGNS and sign not in _SILENT[:3]).strip(_SILENT)
    if not signless or len(signless) > _LONGEST_MARK:
        return bool(bare) and not signless
    words = _WORD.findall(signless.replace("’", "'"))
    if len("".join(words)) < sum(sign.isalnum() for sign in signless):
        return False
    at = 0
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _PHRASES), 0)
        if not length and words[at] not in _BETWEEN:
            return False
        at += length or 1
    return bool(_said(words))


def starts_with_sign(text: str) -> str:
    """The sign a text starts with, with its variation selector; empty where it starts with none."""
    if text[:1] not in SIGNS:
        return ""
    return text[:2] if text[1:2] in {"\ufe0f", "\ufe0e"} else text[0]


def _sign(bare: str) -> Mark | None:
    return next((SIGNS[sign] for sign in bare[:40] if sign in SIGNS), None)


def _words(bare: str) -> Mark | None:
    """The mark by the words of the first clause, or of the whole text where that has none; None where neither has."""
    first, *rest = _CLAUSE_END.split(_BUT.sub(" but ", bare), maxsplit=1)
    for part in (first, bare) if rest else (first,):
        words = _WORD.findall(part[:200].replace("’", "'"))[:_MOST_WORDS]
        if found := _said(words):
            return _together(found)
    return None


def _said(words: list[str]) -> list[Mark]:
    """The marks that the phrases of a clause stand for, in order, negation counted in."""
    found: list[Mark] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _PHRASES), 0)
        if length:
            mark = _PHRASES[tuple(words[at : at + length])]
            found.append(_negated(mark) if _NOT & set(words[max(0, at - 2) : at]) else mark)
        at += length or 1
    return found


def _negated(mark: Mark) -> Mark:
    """The mark of a negated word: "not verified" is a no, "not refuted" is unclear."""
    return "no" if mark == "yes" else "unclear"


def _together(found: list[Mark]) -> Mark:
    """Several words in one clause as one mark."""
    said = set(found)
    if len(said) == 1 or (found[0] == "no" and "yes" not in said):
        return found[0]
    if "unclear" in said:
        return "unclear"
    return "partly"


def _judged(sign: Mark | None, words: Mark | None) -> Mark:
    """A sign and words as one mark: the words decide, the sign may soften them."""
    if words is None or sign is None or sign == words:
        return words or sign or "none"
    softened: dict[tuple[Mark, Mark], Mark] = {
        ("unclear", "yes"): "partly",
        ("unclear", "no"): "unclear",
        ("no", "yes"): "unclear",
        ("no", "unclear"): "no",
        ("partly", "yes"): "partly",
    }
    return softened.get((sign, words), words)
