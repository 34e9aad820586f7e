"""Spellings of a label: as printed, without its bracket, written out, and by a part that it removes or adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.tables.kinds import TAKEN_INSIDE
from analysis.tables.lexicon import ARROWS
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import Key, is_kind
from claims.language.tokens import fold

REMOVED = re.compile(r"(?:w/o|without|no|[-−–])\s*(?=\w)", re.IGNORECASE)
"""The front of a label that names a part left out."""
BRACKETED = re.compile(r"(?P<whole>[^()]+?)\s*\((?:w/o|without|no)\s+(?P<part>[^()]+)\)", re.IGNORECASE)
"""A label with a bracket that names a part its line lacks: "BERT (no pretraining)"."""
SETTING = re.compile(r"(?P<name>[^\W\d][^=]*?)\s*=\s*(?P<number>\d[\d.,/]*)")
"""A label that sets one thing to a number: "R = 3"."""
ENUMERATED = re.compile(r"(?P<name>[^\W\d_]{3,})\s+(?P<number>\d[\d.,]*)")
"""A label that numbers one thing among others of its name: "Batch 16", "Layer 6"."""
AUTHORS = re.compile(r"[^\W\d_].* et al\b.*", re.IGNORECASE)
"""A label that cites the authors of a method: "Lee et al. (2018)"."""
MARKED = re.compile(r"\s*\[[^\[\]]*\]$")
"""A citation behind a label."""
BROKEN = re.compile(r"(?<=\w)- (?=\w)|(?<=\w) -(?=\w)")
"""A hyphen that a line break or a converter has put a blank beside: "catSeq- RF1"."""
ARROWED = re.compile(rf"\s*\(?[{''.join(ARROWS)}]\)?\s*")
"""An arrow in a label, which says which way is better."""
LEADING = re.compile(r"(?P<one>[^\W\d_]+)\s*[–→⇒]\s*(?P<other>[^\W\d_]+)")
"""A label that leads from one thing to another: "char–char", "Books → Films"."""
SIZED = re.compile(r"(?P<name>.*\w{2,})[-_ ](?P<size>[A-Za-z]{1,3})")
"""A label that ends in a size: "MobileNetV3-L"."""
SPREAD = re.compile(r"\s*[(\[][^()\[\]\d]+(?:±|\+/?[-−])[^()\[\]\d]+[)\]]$")
"""A bracket that says how the cells below are printed: "F1 (mean ± std)"."""
RATE = re.compile(r"(?P<what>[^()/]*\w)\s*(?:/|\([^()/]+/)\s*(?P<each>[^\W\d_]+)\)?(?:\s*\([^()]*\))?")
"""A label of so much for each of something: "Tokens/s", "Time/epoch (ms)", "Energy (mJ/packet)"."""
LOSS = re.compile(r"(?<!\w)L_?\{?(?P<name>[a-z]{3,})\}?(?!\w)")
"""The symbol of a loss whose index a converter has set beside it: "No Lperceptual"."""
WITH = re.compile(r"(?P<whole>[^+]*\w)\s*(?:\+|\s(?:with|w/)\s)\s*(?P<part>[^+]+)", re.IGNORECASE)
"""A label of one thing with another: "Resident with AI"."""
DASHES = "-−–"
LONGEST_ABBREVIATION = 6
"""Letters of initials."""


def spellings(label: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """A label, without its bracket and its commas, and its expansion.

    A label that removes or adds something ("− gate", "+ fog") is not called by what it removes or adds.

    Args:
        label: as printed.
        aliases: abbreviation → what the table says it stands for.
    """
    removed = REMOVED.match(label)
    if removed is not None and (label[0] in DASHES or label[: removed.end()].strip().casefold() != "no"):
        yield from _led(word_lists().removing, label[removed.end() :])
        yield from _followed(label[removed.end() :], word_lists().removed)
        return
    if label.startswith("+") and len(label) > 1:
        yield label
        yield from _led(word_lists().adding, label[1:].strip())
        yield from _followed(label[1:].strip(), word_lists().added)
        return
    yield from _printed(label)
    yield from _made_up(label)
    yield from _set_to(label, aliases)
    yield from _by_authors(label)
    called = {fold(label), fold(without_bracket(label))}
    yield from (long for short, long in aliases.items() if fold(short) in called)
    if removed is not None:
        yield from _led(word_lists().removing, label[removed.end() :])


def said_otherwise(label: str) -> Iterator[str]:
    """The names of a label of a rate, a loss, one thing with another or one alone, as a whole and not by parts."""
    lists, rate, pair = word_lists(), RATE.fullmatch(label), WITH.fullmatch(label)
    if rate is not None:
        yield f"{rate['what']} per {lists.per.get(rate['each'], rate['each'])}"
    if pair is not None:
        yield from (form.format(**pair.groupdict()) for form in lists.helped)
    if LOSS.search(label):
        yield from spellings(LOSS.sub(r"\g<name> loss", label), {})
    whole, _, last = label.rpartition(" ")
    if whole and fold(last) in lists.alone:
        yield from (f"{whole} {end}" for end in lists.alone)
        yield from (f"{end} {whole}" for end in lists.alone if end in lists.plain)


def without_spread(label: str) -> str:
    """A label without the bracket that says that a spread is printed beside each number."""
    return SPREAD.sub("", label)


def names_by_parts(label: str) -> bool:
    """True if parts of a label name its line, which those of a removed or added part do not."""
    return not (label[0] in f"{DASHES}+" and len(label) > 1) and not REMOVED.match(label)


def lacks_a_part(label: str) -> bool:
    """True if a label ends in a part that its line lacks: "BERT w/o tags" is not called by its tags."""
    return _lacking(label) is not None


def _lacking(label: str) -> re.Match[str] | None:
    return TAKEN_INSIDE.fullmatch(label) or BRACKETED.fullmatch(label)


def without_bracket(label: str) -> str:
    """A label up to its first bracket."""
    return label.split("(")[0].split("[")[0].strip()


def is_abbreviation(spelling: str) -> bool:
    """True if a spelling may be initials: short, of capitals but perhaps for the last."""
    return (
        2 <= len(spelling) <= LONGEST_ABBREVIATION
        and spelling.isalpha()
        and (spelling.isupper() or spelling[:-1].isupper())
    )


def initials_of(words: Key) -> Iterator[str]:
    """The initials of a label of several words: "rf" for "Random Forest", also with a noun behind it."""
    for stretch in (words, words[:-1]) if words and is_kind(words[-1]) else (words,):
        if 2 <= len(stretch) <= LONGEST_ABBREVIATION and all(word.isalpha() and len(word) > 1 for word in stretch):
            yield "".join(word[0] for word in stretch)


def _made_up(label: str) -> Iterator[str]:
    """The names of a label of two parts by the step that made it: "BiLSTM + CRF", "Full w/o CRF"."""
    whole, plus, part = (text.strip() for text in label.rpartition("+"))
    if plus and whole and part and "+" not in whole:
        yield from (f"adding {part} to {whole}", f"{whole} with {part}")
    taken = TAKEN_INSIDE.fullmatch(label)
    if taken is not None and not re.match(r"[-−–]", label[taken.end("whole") :].strip()):
        yield from (f"removing {taken['part']}", f"removing {taken['part']} from {taken['whole']}")
    inside = _lacking(label)
    if inside is not None:
        yield from (f"without {inside['part']}", f"{inside['whole']} without {inside['part']}")
        yield f"{inside['whole']} with no {inside['part']}"


def _set_to(label: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The names in words of a label such as "R = 3"."""
    setting = SETTING.fullmatch(label)
    if setting is not None:
        long = aliases.get(fold(setting["name"]), "")
        for name in filter(None, (setting["name"], long)):
            yield from (f"{name}{how} {setting['number']}" for how in (" of", " set to", " is", ""))


def _by_authors(label: str) -> Iterator[str]:
    """The names of a label such as "Lee et al. (2018)": the method of its authors."""
    if AUTHORS.fullmatch(label):
        for name in dict.fromkeys((label, without_bracket(label))):
            yield from (f"{thing} {of} {name}" for thing in word_lists().authored for of in ("of", "by"))


def _led(leads: tuple[str, ...], rest: str) -> Iterator[str]:
    return (f"{lead} {rest}" for lead in leads)


def _followed(part: str, ends: tuple[str, ...]) -> Iterator[str]:
    return (f"{part} {end}" for end in ends)


def _printed(label: str) -> Iterator[str]:
    yield label
    if "," in label:
        yield label.replace(",", " ")
    if label.startswith("#") and len(label) > 1:
        yield label[1:]
    if MARKED.search(label):
        yield MARKED.sub("", label)
    led = LEADING.fullmatch(label)
    if led is not None:
        yield f"{led['one']} to {led['other']}"
    if BROKEN.search(label):
        yield BROKEN.sub("-", label)
    bare = ARROWED.sub("", label).strip()
    if bare and bare != label:
        yield bare
    plain = without_bracket(label)
    if plain and plain != label:
        yield plain
    sized = SIZED.fullmatch(plain or label)
    if sized is not None and sized["size"] in word_lists().sizes:
        yield from (f"{sized['name']} {word}" for word in word_lists().sizes[sized["size"]])
    words = label.split()
    if len(words) > 1 and words[-1] in word_lists().letters:
        yield f"{label.rsplit(None, 1)[0]} {word_lists().letters[words[-1]]}"
