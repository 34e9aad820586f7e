"""Abbreviations that a caption or a header explains: "MFT: most frequent tag", "S and E denote single and ensemble"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.tables.lexicon import lexicon

QUOTE = r"[“”\"'’‘`]?"
SHORT = rf"{QUOTE}(?P<short>[\w@.+*/&-]{{1,15}}?|[†‡*]|∑|Σ){QUOTE}"
LONG = r"(?:the\s+|an?\s+)?(?P<long>[\w][\w\s/-]{1,60}?)"
END = r"(?=\s*(?:[;.,(]|$)|\s+(?:and|while|whereas)\s)"
VERB = r"(?:stands?\s+for|denotes?|means?|refers?\s+to|indicates?|represents?|is\s+short\s+for|abbreviates?)"
VERBS = ("stand", "denote", "mean", "refer", "indicate", "represent", "short", "abbreviate")
"""Words without which, or a sign of equality, neither `STANDS` nor `BOTH` fits; most texts hold none."""
STANDS = re.compile(rf"(?:^|(?<=[\s(;,])){SHORT}(?:\s+{VERB}|\s*=)\s+{LONG}{END}")
COLON = re.compile(
    r"(?:^|[.;:,(]\s*)(?P<short>[A-ZΑ-Ωα-ω][\w.+@-]{0,15}):\s+(?P<long>[a-zA-Z][\w\s’'–-]{2,60}?)(?=\s*[;.,()]|$)"
)
BOTH = re.compile(
    rf"{QUOTE}([\w.+-]{{1,15}}){QUOTE}\s+and\s+{QUOTE}([\w.+-]{{1,15}}){QUOTE}\s+(?:denote|stand\s+for|mean|refer\s+to|indicate|represent)\s+"
    r"(?:the\s+)?([\w-]+(?:\s[\w-]+){0,3}?)\s+and\s+(?:the\s+)?([\w-]+(?:\s[\w-]+){0,3}?)(?:,?\s+respectively)?(?=[\s.;,]|$)"
)
BRACKETED = re.compile(r"(?P<words>(?:[\w'’/-]+\s+){0,6}[\w'’/-]+)\s+\((?P<short>[A-Za-z][\w.+-]{0,11})\)")
SECOND = re.compile(
    r"(?P<short>[A-Z][A-Z0-9.+-]{1,9}|[a-z][A-Z][\w.+-]{0,8})\s+\((?P<words>[a-zA-Z][\w\s-]{4,60})[,;)]"
)
NUMBERED = re.compile(
    r"\bnumber (?P<name>\w{1,2}) of (?P<long>[\w-]+(?: [\w-]+){0,3}?)"
    r"(?=\s*(?:[.,;()]|$)|\s+(?:on|in|for|with|used|from)\b)"
)
BEHIND = re.compile(r"[(\[].*")
LONGEST_CAPTION = 5_000
LONGEST_SYMBOL = 4
"""Words before a symbol that may say what it stands for."""


def aliases_of(texts: Iterable[str]) -> dict[str, str]:
    """Abbreviation → expansion, lower case both; one that is explained in two ways is left out.

    Args:
        texts: the caption and the headers.
    """
    found: dict[str, str] = {}
    torn: set[str] = set()
    for text in texts:
        for short, long in _explained(text[:LONGEST_CAPTION]):
            key, meant = short.casefold(), " ".join(long.split()).casefold()
            if key in lexicon().no_short or key == meant or meant.isdigit():
                continue
            if found.setdefault(key, meant) != meant:
                torn.add(key)
    return {short: long for short, long in found.items() if short not in torn}


def symbols_of(caption: str, headers: Iterable[str]) -> dict[str, str]:
    """Header of one letter → what the caption names right before it: h of "the number of attention heads h".

    Args:
        caption: of the table.
        headers: over the labels of its rows.
    """
    found: dict[str, str] = {}
    words = [word.strip("().,;:") for word in caption[:LONGEST_CAPTION].split()]
    for symbol in dict.fromkeys(
        text for text in headers if len(text) == 1 and text.isalpha() and text.casefold() != "a"
    ):
        at = [i for i, word in enumerate(words) if word == symbol]
        named = words[max(0, at[0] - LONGEST_SYMBOL) : at[0]] if len(at) == 1 else []
        start = max((i + 1 for i, word in enumerate(named) if word.casefold() in lexicon().before_symbols), default=0)
        told = bool(named[start:]) and not lexicon().is_level_name(named[-1])
        if told and all(word.replace("-", "").isalpha() and len(word) > 2 for word in named[start:]):
            found[symbol.casefold()] = " ".join(named[start:]).casefold()
    return found


def without_definitions(caption: str, labels: Iterable[str]) -> str:
    """A caption without what it says that labels of its table stand for: "κ: Fleiss' kappa" is said of one line."""
    if ":" not in caption:
        return caption
    own = {BEHIND.sub("", label).strip().casefold() for label in labels}
    return COLON.sub(lambda found: "" if found["short"].casefold() in own else found[0], caption[:LONGEST_CAPTION])


def settings_of(caption: str, labels: Iterable[str]) -> dict[str, str]:
    """Name of a setting → what the caption numbers with it: k of "the number k of examples per class".

    Args:
        caption: of the table.
        labels: of its lines, among them perhaps "k = 1".
    """
    names = {label.split("=")[0].strip() for label in labels if "=" in label}
    found = {match["name"]: match["long"] for match in NUMBERED.finditer(caption[:LONGEST_CAPTION])}
    return {name.casefold(): found[name].casefold() for name in names if name in found}


def _explained(text: str) -> Iterator[tuple[str, str]]:
    taken: list[tuple[int, int]] = []
    says = "=" in text or any(verb in text for verb in VERBS)
    for both in BOTH.finditer(text) if says else ():
        taken.append(both.span())
        yield both[1], both[3]
        yield both[2], both[4]
    for pattern, may_fit in ((STANDS, says), (COLON, ":" in text)):
        for one in pattern.finditer(text) if may_fit else ():
            if not any(start < one.end() and one.start() < end for start, end in taken):
                yield one["short"], one["long"]
    if ")" not in text:
        return
    for one in BRACKETED.finditer(text):
        if long := _abbreviated(one["words"].split(), one["short"]):
            yield one["short"], long
    for one in SECOND.finditer(text):
        if _abbreviated(one["words"].split(), one["short"]) == one["words"]:
            yield one["short"], one["words"]


def _abbreviated(words: list[str], short: str) -> str:
    """The last words of a phrase that a bracketed abbreviation abbreviates; "" where it does not."""
    letters = [sign for sign in short.casefold() if sign.isalpha()]
    if not letters:
        return ""
    if len(short) > 1 and words[-1].casefold().endswith(f"-{short[-1]}") and words[-1][0].casefold() == letters[0]:
        return words[-1]
    for count in dict.fromkeys((len(letters), 1, 2, 3, 4)):
        tail = [word.casefold() for word in words[-count:]]
        if len(tail) == count and _fits(letters, tail, exact=count == len(letters)):
            return " ".join(words[-count:]) if tail[0] not in lexicon().no_short else ""
    return ""


def _fits(letters: list[str], tail: list[str], *, exact: bool) -> bool:
    if exact and [word[0] for word in tail] == letters:
        return True
    if tail[0][0] != letters[0] or len(letters) < 2 or len("".join(tail)) <= len(letters):
        return False
    rest = iter("".join(tail))
    in_order = all(letter in rest for letter in letters)
    return in_order and all(word[0] in letters for word in tail)
