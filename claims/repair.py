"""Repairs damage from PDF extraction: lost ligatures and dashes, words broken at line ends.

What a lost sign stood for is decided by words, the document's own first, never by a constant:
"e?ectiveness" lost an ff, "bene?ts" an fi, "task?often" a dash. Where nothing decides, the sign
becomes a visible `[?]`; every decision is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.ligatures import LOST, Ligatures, Losses
from claims.phrases import each_word
from claims.report import Repair
from claims.words import DAMAGE, HYPHENS, SOFT_HYPHEN, Words

UNKNOWN = "[?]"
"""Stands where a sign was lost and nothing tells which."""

EXACT = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""Unicode's own ligatures: nothing to decide."""

HINTS = {
    "\uf001": "fi", "\uf002": "fl", "\x0e": "ffi", "\x0f": "ffl", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl",
    "\x1e": "ffi", "\x1f": "ffl",
}  # fmt: skip
"""Code → the ligature it stands for in some fonts; known words overrule it."""

_DAMAGED = re.compile(f"[{DAMAGE}]")
_LOST_RUN = re.compile(f"[{DAMAGE}]+")
_HYPHEN = re.compile(rf"([{HYPHENS}]\n?[ \t]*)")
_WIDEST = 80
"""Characters looked at on either side of a damaged sign."""
_MOST_LOST = 6
"""Lost signs in one word beyond which nothing is tried."""
_SHORT_WORDS = each_word("a i am an as at be by do he if in is it me my no of on or so to up us we")
_SUFFIXES = frozenset(("s", "t", "d", "m", "re", "ve", "ll"))


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text without damaged signs, and its repairs, in order."""

    text: str
    repairs: tuple[Repair, ...]


def repair(text: str) -> Repaired:
    """Restores lost ligatures and dashes of a text whose lines end in a plain newline."""
    if not _DAMAGED.search(text):
        return Repaired(text, ())
    mender = _Mender(Words(text))
    pieces: list[str] = []
    repairs: list[Repair] = []
    done, line = 0, 1
    for start, end in _damaged_words(text):
        before = text[start:end]
        after = mender.mend(before, text[max(0, start - 2) : start], text[end : end + 2])
        line += text.count("\n", done, start)
        if after != before:
            repairs.append(Repair(before.replace("\n", ""), after.replace("\n", ""), line))
        pieces += (text[done:start], after)
        line += before.count("\n")
        done = end
    return Repaired("".join(pieces) + text[done:], tuple(repairs))


def _damaged_words(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each damaged word, a hyphenated one as a whole."""
    end = 0
    for found in _DAMAGED.finditer(text):
        if found.start() < end:
            continue
        start = _reach(text, found.start(), -1, max(end, found.start() - _WIDEST))
        end = _reach(text, found.end() - 1, 1, min(len(text), found.end() + _WIDEST))
        yield start, end


def _reach(text: str, at: int, step: int, limit: int) -> int:
    """Walks from a damaged sign to the end of its word, over one broken line end at most."""
    crossed = False
    edge = at if step < 0 else at + 1
    while edge != limit:
        sign = text[edge - 1] if step < 0 else text[edge]
        if sign == "\n" and not crossed and _breaks_word(text, edge - 1 if step < 0 else edge):
            crossed = True
        elif not (sign.isalnum() or sign in "'’" or sign in HYPHENS or _DAMAGED.match(sign)):
            break
        edge += step
    return edge


def _breaks_word(text: str, newline: int) -> bool:
    """True if a word is broken over this line end."""
    before, after = text[newline - 2 : newline], text[newline + 1 : newline + 2]
    broken = before[1:] in HYPHENS and (before[:1].isalpha() or _DAMAGED.match(before[:1]) is not None)
    return len(before) == len("a-") and broken and bool(after.strip())


class _Mender:
    """Restores one document's damaged signs, word by word."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._ligatures = Ligatures(words)

    def mend(self, word: str, before: str, after: str) -> str:
        """A damaged word mended.

        Args:
            word: with the hyphenated word around it.
            before: up to two signs before it.
            after: up to two signs after it.
        """
        if _LOST_RUN.fullmatch(word):
            return _alone(word, before, after)
        for code, plain in EXACT.items():
            word = word.replace(code, plain)
        parts = _HYPHEN.split(word)
        for i in range(0, len(parts), 2):
            if not _DAMAGED.search(parts[i]):
                continue
            last = i == len(parts) - 1 and (not after or after[0] in "\n\t|")
            parts[i] = self._over_line_end(parts, i) or self._part(parts[i], at_end=last)
        return "".join(parts)

    def _over_line_end(self, parts: list[str], i: int) -> str | None:
        """A half word mended by the other half, which stands on the next or previous line."""
        left = parts[i - 2] if i and "\n" in parts[i - 1] else ""
        right = parts[i + 2] if i + 2 < len(parts) and "\n" in parts[i + 1] else ""
        if not (left or right) or _DAMAGED.search(left + right):
            return None
        lost = self._lost(left + parts[i] + right)
        return _fill(parts[i], lost) if lost else None

    def _part(self, part: str, *, at_end: bool) -> str:
        """A damaged word without hyphens, mended."""
        if len(_DAMAGED.findall(part)) > _MOST_LOST:
            return _LOST_RUN.sub(UNKNOWN, part)
        mended = self._word(part)
        if mended is None and at_end and (lost := self._ligatures.lost_at_end(_key(part))):
            mended = _fill(part, lost)
        return mended if mended is not None else self._by_signs(part)

    def _word(self, part: str) -> str | None:
        """Mends by words alone: one word, or several with dashes between them."""
        if not _DAMAGED.search(part):
            return part if self._stands_alone(part) else None
        if lost := self._lost(part):
            return _fill(part, lost)
        for found in _DAMAGED.finditer(part):
            left, right = part[: found.start()], part[found.end() :]
            if right in _SUFFIXES and self._words.knows(left):
                return f"{left}’{right}"
            if left and right and (a := self._word(left)) and (b := self._word(right)):
                return f"{a}{'–' if a[-1].isdigit() and b[0].isdigit() else '—'}{b}"
        return None

    def _lost(self, part: str) -> Losses | None:
        hints = tuple(HINTS.get(sign, "") for sign in _DAMAGED.findall(part))
        return self._ligatures.lost(_key(part), hints)

    def _stands_alone(self, part: str) -> bool:
        """True if a text may be a whole word beside a dash."""
        if len(part) < 3:
            return part.lower() in _SHORT_WORDS or part.isdigit()
        is_name = any(sign.isupper() for sign in part[1:])
        return is_name or part.isdigit() or self._words.knows(part)

    def _by_signs(self, part: str) -> str:
        """A part that no known word fits, each lost sign replaced by its code's ligature or by its neighbours."""
        pieces: list[str] = []
        done = 0
        for found in _LOST_RUN.finditer(part):
            previous, following = part[: found.start()][-1:], part[found.end() :][:1]
            hint = "".join(HINTS.get(sign, "?") for sign in found.group())
            if "?" not in hint:
                sign = hint
            elif not previous and "\ue000" <= found.group() <= "\uf8ff":
                sign = "• "
            elif previous.islower() and following.isupper():
                sign = "—"  # no ligature stands before a capital letter
            else:
                sign = UNKNOWN
            pieces += (part[done : found.start()], sign)
            done = found.end()
        return "".join(pieces) + part[done:]


def _key(part: str) -> str:
    return _DAMAGED.sub(LOST, part).lower()


def _fill(part: str, lost: Losses) -> str:
    """Puts back what was lost, sign by sign; a half word takes its share."""
    share = list(lost)
    return _DAMAGED.sub(lambda _: share.pop(0), part)


def _alone(signs: str, before: str, after: str) -> str:
    """A lost sign between blanks: a bullet, a dash between words, or nothing one could tell."""
    if "\ue000" <= signs[0] <= "\uf8ff":
        # a sign of some symbol font, such as a check mark: `claims.marks` knows some
        return "".join(sign if "\ue000" <= sign <= "\uf8ff" else UNKNOWN for sign in signs)
    at_start = not before.strip(" ") or before[-1:] == "\n" or before == "\n "
    if at_start and after[:1] == " ":
        return "•"
    between = before[-1:] == " " and before[:-1].strip() and after[:1] == " " and after[1:].strip()
    return "—" if between and len(signs) == 1 else UNKNOWN


def unwrap(text: str, words: Words) -> str:
    """Joins the lines of a paragraph; a hyphen at a line's end stays where it belongs to the word.

    Args:
        text: lines parted by newlines.
        words: the words of the whole document, which know both "intermediate" and "zero-shot".
    """
    if "\n" not in text and SOFT_HYPHEN not in text:
        return " ".join(text.split())
    pieces: list[str] = []
    for line in text.replace(SOFT_HYPHEN + "\n", LOST).split("\n"):
        piece = " ".join(line.split()).replace(SOFT_HYPHEN, "")
        if not piece:
            continue
        if pieces and pieces[-1][-1] in HYPHENS:
            pieces[-1] = _without_hyphen(pieces[-1], piece, words)
        elif pieces and not (pieces[-1][-1] in "—–" and pieces[-1][-2:-1].strip()):
            pieces[-1] += " "
        pieces.append(piece)
    return re.sub(f"{LOST} ?", "", "".join(pieces))


def _without_hyphen(left: str, right: str, words: Words) -> str:
    """A line that ends in a hyphen, without it where the next line finishes the word."""
    stem = re.search(r"([^\W\d_]*).\Z", left[-_WIDEST:])
    head = re.match(r"[^\W\d_]*", right)
    assert stem is not None
    assert head is not None
    return left if _keeps_hyphen(stem.group(1), head.group(), words) else left[:-1]


def _keeps_hyphen(stem: str, head: str, words: Words) -> bool:
    """True if the hyphen between two halves belongs to the word."""
    if not stem or not head or (head[0].isupper() and not (stem.isupper() and words.knows(stem + head))):
        return True
    apart, together = words.paired.get(f"{stem}-{head}".lower(), 0), words.count(stem + head)
    if apart or together:
        return apart >= together
    if words.knows(stem + head):
        return False
    return words.knows(stem) and words.knows(head)
