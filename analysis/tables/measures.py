"""The measure that a header or a caption names, and which way is better.

A direction comes from the header's own words, its arrow, or the caption's definition of exactly
that header: never from a word of an outer level, nor from a short name that may be a data set.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from analysis.tables.deriving import caption_derives, caption_quantity, header_derives
from analysis.tables.lexicon import ARROWS, AT_K, BRACKETS, TableLexicon, lexicon, tokens
from analysis.tables.model import Direction, Measure

PIECES = re.compile(r"[-/_]")
SHORTEST = 2
LONGEST = 4
"""Words of a measure's name at most."""
PERCENT = re.compile(r"[(\[]\s*(?:in\s+)?%\s*[)\]]|(?<!\d)%\s*$|\bin (?:%|percent)|\s%\s")
ARROWED = re.compile(rf"(?<![\w-])(?P<name>[A-Za-z][\w@/+-]*)[ (\[]{{0,2}}(?P<sign>[{''.join(ARROWS)}])")
"""A name in a caption with an arrow behind it: "RTF↓", "MOS (↑)"."""
JOINED = re.compile(r",? and |, ")
WAY = r"(?P<way>higher|lower|larger|smaller|greater)"
NAMES = r"(?P<names>[\w@/.+-]*\w(?:(?:, | and |, and )[\w@/.+-]*\w)*)"
BETTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<names>[\w@/.+-]*[\w)])\s*[(:]\s*(?:the\s+)?{WAY},?(?: is| are)?(?: the)? better\b",
        rf"\b(?:for|in) (?:both )?{NAMES}, (?:the )?{WAY},?(?: scores?| values?)?(?: is| are)?(?: the)? better\b",
        rf"\b{WAY}(?: is| are)?(?: the)? better (?:for|in) (?:both )?{NAMES}(?=\s*(?:[.;,()]|$))",
        rf"\b{WAY} (?:values? of |scores? of )?(?!is |are |scores?\b|values?\b){NAMES}(?: scores?)? (?:is|are) better",
    )
)
"""Ways in which a caption says of named headers which way is better."""


def measure_of(header: str, beside: Collection[str], aliases: Mapping[str, str]) -> Measure | None:
    """The measure that one header names; None where it names none, or several.

    Args:
        header: the innermost label of a line.
        beside: what stands beside it, folded: names of other lines' measures and words of the caption.
        aliases: abbreviations that caption and headers define.
    """
    words = lexicon()
    arrow = next((direction for sign, direction in ARROWS.items() if sign in header), None)
    said = arrow or _stated(header, words)
    bare = BRACKETS.sub(" ", header)
    found = _named(bare, beside, aliases, words)
    if not found and "_" in bare:
        found = _named(bare.replace("_", " "), beside, aliases, words)
    if not found:
        inside = {text.strip() for text in BRACKETS.findall(header)}
        found = {name: way for text in inside for name, way in _exact(text, beside, words)}
    if len(found) > 1:
        return None
    name, way = next(iter(found.items()), ("", None))
    if not name:
        name = next((word for word in tokens(bare.replace("_", " "))[-1:] if word in words.neither), "")
    if not name and said is None:
        return None
    return Measure(
        name or " ".join(word for word in tokens(bare) if word not in ARROWS) or header,
        unit_of(header, words),
        said or (None if header_derives(header, name, beside) or _judged_by(header, name) else way),
    )


def _judged_by(header: str, name: str) -> bool:
    """True if a bracket says by what other measure a judgement is made: "Fluency (PPL)"."""
    words = lexicon()
    return name in words.judged["names"] and any(_named(text, (), {}, words) for text in BRACKETS.findall(header))


def unit_of(header: str, words: TableLexicon | None = None) -> str:
    """The unit in a header's brackets, or its percent sign; "" where it has none."""
    words = words or lexicon()
    inside = next((text.strip() for text in BRACKETS.findall(header) if text.strip().casefold() in words.units), "")
    return inside or ("%" if PERCENT.search(header) else "")


@lru_cache(maxsize=64)
def caption_measure(caption: str, *, costs: bool = False) -> Measure | None:
    """The only measure that a caption states; None where it states none, or several.

    Args:
        caption: of a table.
        costs: whether lines of the table say what results cost, of which the caption may then speak, too.
    """
    words = lexicon()
    found = {
        name: way
        for name, way, at_end in _spans(caption, words)
        if name not in words.not_in_captions and (at_end or name not in words.head_only)
    }
    arrows = _arrowed(caption, words)
    own = {known[0] for short in arrows if (known := _known(short.casefold(), short, words))}
    if len(found) > 1 or len(arrows) > 1 or (found and arrows and own != set(found)):
        return None
    if not found:
        return next((Measure(short, "", way) for short, way in arrows.items()), None)
    name, way = next(iter(found.items()))
    said = (
        _stated(caption, words)
        or next(iter(arrows.values()), None)
        or (None if caption_derives(caption, name, costs=costs) or caption_quantity(caption, name) else way)
    )
    return Measure(caption_quantity(caption, name) or name, "%" if PERCENT.search(caption) else "", said)


def directions_in(caption: str) -> dict[str, Direction]:
    """Header (lower case) → direction, where a caption says "FID (lower is better)", "lower is better for FID and KID".

    So it says with an arrow behind the name. A header of which a caption says both is left out.
    """
    found: dict[str, set[Direction]] = {name.casefold(): {way} for name, way in _arrowed(caption, lexicon()).items()}
    for pattern in BETTER if "better" in caption else ():
        for said in pattern.finditer(caption):
            way: Direction = "lower" if said["way"].casefold() in {"lower", "smaller"} else "higher"
            for name in JOINED.split(said["names"]):
                found.setdefault(name.strip().casefold(), set()).add(way)
    return {name: ways.pop() for name, ways in found.items() if len(ways) == 1}


def _arrowed(caption: str, words: TableLexicon) -> dict[str, Direction]:
    """Names of measures with an arrow behind them, known ones and capitals: no "lower is better ↓"."""
    found = [(one["name"], ARROWS[one["sign"]]) for one in ARROWED.finditer(caption)]
    named = {name: way for name, way in found if name.isupper() or name.casefold() in words.measures}
    return {name: way for name, way in named.items() if all(way == other for same, other in found if same == name)}


def _stated(text: str, words: TableLexicon) -> Direction | None:
    """The direction that a text states in words; None where it states none, or both."""
    folded = " ".join(text.casefold().replace(",", " ").split()) if len(text) > 8 else ""
    ways = [way for way, phrases in words.better.items() if any(phrase in folded for phrase in phrases)]
    return ways[0] if len(ways) == 1 else None


def _exact(text: str, beside: Collection[str], words: TableLexicon) -> list[tuple[str, Direction | None]]:
    parts = text.split()
    named = " ".join(parts[1:] if len(parts) > 1 and parts[0].casefold() in words.kinds["aggregate"] else parts)
    folded = named.casefold()
    if folded in words.measures and (known := _known(folded, named, words)):
        return [known]
    if AT_K.fullmatch(folded):
        return [(folded.replace(" ", ""), "higher")]
    if folded in words.beside:
        name, way, needed = words.beside[folded]
        siblings = {"precision", "recall", *(short for short in words.beside if len(short) == 1)} - {folded, name}
        alone = len(folded) == 1 and siblings.isdisjoint(beside)
        return [(name, way)] if needed in beside and not alone else []
    return []


def _named(
    header: str, beside: Collection[str], aliases: Mapping[str, str], words: TableLexicon
) -> dict[str, Direction | None]:
    """Every measure in a header, its longest name where names overlap."""
    for short in (header.strip(" ↑↓▲▼").casefold(), *tokens(header)[-1:]):
        if (expansion := aliases.get(short)) and (meant := _named(expansion, beside, {}, words)):
            return meant
    found = {name: way for name, way, at_end in _spans(header, words) if at_end or name not in words.head_only}
    if found:
        return dict(found)
    for word in (header.strip(" ↑↓▲▼:"), *tokens(header)[-1:]):
        if exact := _exact(word, beside, words):
            return dict(exact)
    return _compound(tokens(header)[-1:], words)


def _compound(last: tuple[str, ...], words: TableLexicon) -> dict[str, Direction | None]:
    """A name such as "eval/loss" or "cosine-accuracy@1", whose last piece is a measure."""
    pieces = PIECES.split(last[0]) if last else []
    if len(pieces) < 2 or len(pieces[-1]) < SHORTEST:
        return {}
    known = words.measures.get(pieces[-1]) or ("", "higher" if AT_K.fullmatch(pieces[-1]) else None)
    return {last[0]: known[1]} if known[1] else {}


def _spans(text: str, words: TableLexicon) -> list[tuple[str, Direction | None, bool]]:
    """Names of measures in a text: (plain name, direction, whether it is the head of its phrase)."""
    parts = tokens(text)
    found: list[tuple[str, Direction | None, bool]] = []
    at = 0
    while at < len(parts):
        sizes = range(min(LONGEST, len(parts) - at), 0, -1)
        known = next(
            ((size, one) for size in sizes if (one := _known(" ".join(parts[at : at + size]), text, words))), None
        )
        if known is None:
            at += 1
            continue
        at += known[0]
        follows = parts[at] if at < len(parts) and not parts[at - 1].endswith(".") else ""
        found.append((*known[1], not follows or follows in words.after_head or follows in ARROWS or follows.isdigit()))
    return found


def _known(name: str, text: str, words: TableLexicon) -> tuple[str, Direction | None] | None:
    """Plain name and direction of one spelling of a measure; a full stop may end its sentence."""
    spelled = name if name in words.measures else name.rstrip(".")
    if spelled in words.cased and not any(re.search(rf"(?<!\w){way}(?!\w)", text) for way in words.cased[spelled]):
        return None
    if " " not in spelled and AT_K.fullmatch(PIECES.split(spelled, maxsplit=1)[-1]):
        return spelled, "higher"
    return words.measures.get(spelled)
