"""Regions of a page that hold tables: beside their captions, between rules of one width where there are such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.library.pdf_lines import Caption, PrintedLine, chunks, common_size, is_body, is_caption, rows_of
from claims.library.pdf_page import Page, Rule, Word

ALIKE = 3.0
"""Points by which rules of one table differ at their ends at most."""
JOINED = 3.5
"""Points between two pieces of one rule at most."""
WIDEST_COLUMN_BLANK = 5.0
"""Blank between two columns of a table without rules at most, as a multiple of the size of letters."""
SHORT = 4
"""Words of a header's text at most, where no rule stands above it."""
CAPITALS = 0.6
"""Height of capital letters at least, as a multiple of their size."""
FARTHEST = 60.0
"""Points between a caption and its table at most."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that holds a table.

    Attributes:
        caption: of the table; None where it has none. left, right, top, bottom: its ends.
        inner: rules of its full width within it, from top to bottom.
        below: True if it stands below its caption.
    """

    caption: Caption | None
    left: float
    right: float
    top: float
    bottom: float
    inner: tuple[Rule, ...] = field(default=())
    below: bool = True

    def holds(self, word: Word) -> bool:
        """True if a word stands in it."""
        height = word.base + (0.25 if word.upright else 0.5) * word.size
        return self.bottom < height < self.top and self.left - 2 <= word.middle <= self.right + 2


def regions(page: Page, captions: Sequence[Caption], lines: Sequence[PrintedLine]) -> list[Region]:
    """The region of every caption that has one, and those between rules without a caption."""
    heads = [line for line in lines if is_caption(line.text)]
    bands = _bands(page.rules, heads)
    of_caption = _paired(captions, bands)
    found: dict[int, Region] = {}
    for n, m in of_caption.items():
        caption, band = captions[n], bands[m]
        left, right = band[0].left, band[0].right
        top = _over_the_rules(page, caption, band[0])
        inner = band[1:-1] if top == band[0].height else band[:-1]
        below = caption.bottom > top - ALIKE
        found[n] = Region(caption, left, right, top, band[-1].height, tuple(inner), below)
    for n, caption in enumerate(captions):
        taken = tuple(found.values())
        if n not in found and (open_region := _without_rules(page, caption, taken)):
            found[n] = open_region
    bare = [band for m, band in enumerate(bands) if m not in of_caption.values()]
    nameless = (Region(None, b[0].left, b[0].right, b[0].height, b[-1].height, tuple(b[1:-1])) for b in bare)
    return [*(found[n] for n in sorted(found)), *(r for r in nameless if _holds_rows(page, r, tuple(found.values())))]


def _holds_rows(page: Page, region: Region, others: Sequence[Region]) -> bool:
    """True if a region holds rows of numbers that are no other table's."""
    own = [w for w in page.words if w.upright and region.holds(w) and not any(other.holds(w) for other in others)]
    size = common_size(own) or 1.0
    return sum(is_body(chunks(row.words, size)) for row in rows_of(own)) > 1


def _paired(captions: Sequence[Caption], bands: Sequence[list[Rule]]) -> dict[int, int]:
    """Caption → band of rules: tables below their captions or above them, whichever pairs more; then the rest."""
    sides = [_on_one_side(captions, bands, below=below) for below in (True, False)]
    best = max(sides, key=lambda pairs: (len(pairs), -sum(pairs.values())))
    chosen = dict(best)
    rest = sorted((distance, n, m) for pairs in sides for (n, m), distance in pairs.items() if distance < FARTHEST)
    for distance, n, m in rest:
        if n not in {one for one, _ in chosen} and m not in {other for _, other in chosen}:
            chosen[n, m] = distance
    return dict(chosen.keys())


def _on_one_side(
    captions: Sequence[Caption], bands: Sequence[list[Rule]], *, below: bool
) -> dict[tuple[int, int], float]:
    """(caption, band) → points between them: the nearest on one side of each caption, each band once."""
    pairs = sorted(
        (distance, n, m)
        for n, caption in enumerate(captions)
        for m, band in enumerate(bands)
        if (distance := _apart(caption, band, below=below)) < FARTHEST
    )
    found: dict[tuple[int, int], float] = {}
    for distance, n, m in pairs:
        if all(n != one and m != other for one, other in found):
            found[n, m] = distance
    return found


def _over_the_rules(page: Page, caption: Caption, rule: Rule) -> float:
    """The top of a table, in points: its first rule, or above it the rows of short texts that adjoin the rule."""
    own = {id(word) for line in caption.lines for word in line.words}
    above = [w for w in page.words if w.upright and w.base > rule.height and id(w) not in own]
    top = rule.height
    for row in reversed(rows_of(above)):
        size = max(word.size for word in row.words)
        parts = chunks([w for w in row.words if rule.left - 3 <= w.left and w.right <= rule.right + 3], size)
        short = len(parts) > 1 and all(len(part.words) <= SHORT for part in parts)
        if row.base - top > 1.8 * size or not short or sum(len(p.words) for p in parts) < len(row.words):
            break
        top = row.base + size
    return top


def _bands(rules: Sequence[Rule], heads: Sequence[PrintedLine]) -> list[list[Rule]]:
    """Rules of one width, from top to bottom, parted where a caption begins between them."""
    alike: list[list[Rule]] = []
    for rule in joined_rules(rules):
        place = next(
            (g for g in alike if abs(g[0].left - rule.left) <= ALIKE and abs(g[0].right - rule.right) <= ALIKE), None
        )
        if place is None:
            alike.append([rule])
        else:
            place.append(rule)
    bands: list[list[Rule]] = []
    for group in alike:
        band = [group[0]]
        for rule in group[1:]:
            if any(_stands_between(head, band[-1], rule) for head in heads):
                bands.append(band)
                band = []
            band.append(rule)
        bands.append(band)
    return [band for band in bands if len(band) > 1 and band[0].right - band[0].left > 40]


def _stands_between(line: PrintedLine, upper: Rule, lower: Rule) -> bool:
    """True if a line stands between two rules, above the one and below the other."""
    beside = line.left < lower.right and line.right > lower.left
    return beside and lower.height < line.base and line.base + CAPITALS * line.size < upper.height


def joined_rules(rules: Sequence[Rule]) -> list[Rule]:
    """The rules of a page, pieces of one joined."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (-round(r.height), r.left)):
        last = found[-1] if found else None
        if last and abs(last.height - rule.height) <= 1.2 and -ALIKE <= rule.left - last.right <= JOINED:
            found[-1] = Rule(last.left, max(last.right, rule.right), last.height)
        elif not last or last != rule:
            found.append(rule)
    return found


def _apart(caption: Caption, band: Sequence[Rule], *, below: bool) -> float:
    """Points between a caption and a band of rules on one side of it; infinite where it stands elsewhere."""
    if min(caption.right, band[0].right) - max(caption.left, band[0].left) < 0.3 * (caption.right - caption.left):
        return float("inf")
    apart = caption.bottom - band[0].height if below else band[-1].height - caption.top
    return abs(apart) if apart > -ALIKE else float("inf")


def _without_rules(page: Page, caption: Caption, taken: Sequence[Region]) -> Region | None:
    """Rows of numbers right below a caption, or right above it, that no other table has."""
    size = caption.lines[0].size
    around = [
        w
        for w in page.words
        if w.upright
        and caption.left - 40 < w.middle < max(caption.right, caption.left + 200) + 40
        and not any(region.holds(w) for region in taken)
    ]
    below = rows_of(w for w in around if w.base < caption.bottom - 0.5 * size)
    above = rows_of(w for w in around if w.base > caption.top)[::-1]
    for rows in (below, above):
        near = []
        base = caption.bottom if rows is below else caption.top
        for row in rows:
            parts = chunks(row.words, size)
            if abs(row.base - base) > 3.2 * size or any(len(part.words) > 1.5 * SHORT for part in parts):
                break
            near.append(row)
            base = row.base
        while near and not is_body(chunks(near[-1].words, size)) and rows is below:
            near.pop()
        if sum(is_body(chunks(row.words, size)) for row in near) > 1:
            words = [word for row in near for word in row.words]
            top, bottom = max(w.base + w.size for w in words), min(w.base - 0.2 * w.size for w in words)
            band = [w for w in page.words if w.upright and bottom < w.base + 0.25 * w.size < top]
            left, right = _widened(min(w.left for w in words), max(w.right for w in words), band, size)
            return Region(caption, left, right, top, bottom, below=rows is below)
    return None


def _widened(left: float, right: float, band: Sequence[Word], size: float) -> tuple[float, float]:
    """The ends of a table with further columns of its rows that stand near."""
    while True:
        near = [w for w in band if right < w.middle and w.left - right < WIDEST_COLUMN_BLANK * size]
        before = [w for w in band if w.middle < left and left - w.right < WIDEST_COLUMN_BLANK * size]
        if not near and not before:
            return left, right
        right = max([right, *(w.right for w in near)])
        left = min([left, *(w.left for w in before)])
