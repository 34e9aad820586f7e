"""Head of a report: title, question, abstract, counts, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from analysis.numbers.spelled import spelled
from claims.cuts import UNFINISHED
from claims.readers.blocks import Block, Heading, ListItem, Paragraph, TableBlock
from claims.readers.columns import TOLD
from claims.readers.draft import ReportHead
from claims.readers.sections import known_section, section_name
from claims.report import Reference, StatedTotals

_TELLING = re.compile(r"\b(?:paper|claim|article|publication|verified|score|question)", re.IGNORECASE)
"""A word without which a paragraph tells nothing of what is looked for here."""
_EMPHASIS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")
_QUESTION = re.compile(r"\bresearch question\s?:\s*(?P<question>\S.*)", re.IGNORECASE)
_EXAMINES = re.compile(r"\bpaper examines\s?:\s*(?P<paper>\S.*)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv\s?:\s?)(?P<number>\d{4}\.\d{4,5}|[a-z-]{2,16}(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_N = r"(?<![\d.,/])(\d{1,3}(?:,\d{3}){1,2}|\d{1,7})"
_SOME = r"(?:[\w-]{1,30}\s){0,3}"
_PAPERS = (
    rf"{_N}\s{_SOME}(?:papers?|articles?|publications?)\s(?:were\s|was\s)?(?:retrieved|found|reviewed|included)",
    rf"yielded\s{_N}\s{_SOME}(?:papers?|articles?|publications?)",
    rf"(?:papers|articles|publications)\s(?:retrieved|found|reviewed|included)\s?:\s?{_N}",
)
_CLAIMS = (
    rf"{_N}\s{_SOME}claims?\s(?:were\s|was\s)?(?:extracted|identified|found|checked|made)",
    rf"claims\s(?:extracted|identified|found|checked)\s?:\s?{_N}",
    rf"(?:total|number of)\s{_SOME}claims\s?:\s?{_N}",
    r"(?<![\d.,/])\d{1,7}\s?(?:/|(?:out\s)?of(?:\sthe)?)\s?(\d{1,7})\sclaims\s",
)
_VERIFIED = (
    rf"{_N}\s?(?:/|(?:out\s)?of(?:\sthe)?)\s?\d{{1,7}}\s(?:claims\s)?(?:were\s|was\s)?(?:independently\s)?verified",
    rf"{_N}\s(?:claims?\s)?(?:were\s|was\s)?(?:independently\s)?verified",
    rf"claims\s(?:independently\s)?verified\s?:\s?{_N}",
)
_SCORE = (r"(?:quality|review)[\w -]{0,40}score(?:\sof|\s?:)?\s?(\d{1,3}(?:\.\d{1,3})?\s?/\s?\d{1,3})",)
_MORE = r"(?:(?!of\b)[\w-]{1,30}\s){0,3}"
_WE = r"\b(?:we|the\sauthors|this\s(?:report|review|survey|synthesis))\s(?:have\s|has\s|also\s|then\s)?"
_COUNTED = {
    "papers": rf"{_WE}(?:review(?:ed|s)?|includ(?:ed|es)|retrieved|read|cover(?:ed|s)|(?:summar|synthes)i[sz]e[ds]?)\s"
    rf"{_N}\s{_MORE}(?:papers?|articles?|publications?)",
    "claims": rf"{_WE}(?:extracted|identified|checked|list(?:ed|s)?)\s{_N}\s{_MORE}claims?",
    "verified": rf"{_WE}(?:independently\s)?verified\s{_N}\s"
    rf"(?:(?:out\s)?of\s(?:the\s|these\s|our\s)?(?:\d{{1,7}}\s)?)?{_MORE}claims?",
}
"""Total → pattern of a sentence by which a report's authors state it, in digits or words: "we reviewed five papers"."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s")
_TOTALS = {role: "|".join(map(re.escape, words)) for role, words in TOLD["totals"].items()}
_UNPLAIN = re.compile(rf"(?:\b|(?=n['’]t))(?:{_TOTALS['anywhere']})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)(?:{_TOTALS['before']})\s?\Z|\d\s?[-–]\s?\Z", re.IGNORECASE)
_PLAINLY = re.compile(rf"\b(?:{_TOTALS['unless']})\s\Z", re.IGNORECASE)
_AFTER = re.compile(rf"\s?(?:{_TOTALS['after']})(?!\w*[^\W\d])", re.IGNORECASE)
_OTHER = re.compile(
    rf"(?<![\w.,/-])\d[\d,]*(?!\d)(?!\s{_MORE}(?:papers?|articles?|publications?|claims?)\b)(?!\s(?:out\s)?of\s(?:the\s)?\d)"
)
"""A number that counts nothing that is named: "and 4 from this one", "two of them", "and kept 2"."""


def read_head(blocks: Sequence[Block], line: Callable[[str], str]) -> ReportHead:
    """The head matter of a document; `line` makes a text plain and unwraps it."""
    prose = (block.text for block in blocks if isinstance(block, Paragraph | ListItem))
    paragraphs = [line(_EMPHASIS.sub("", text)) for text in prose if _TELLING.search(text)]
    question = _first(_QUESTION, "question", paragraphs)
    examines = _first(_EXAMINES, "paper", paragraphs)
    return ReportHead(
        title=_title(blocks, line),
        examines=_until_question(examines) if examines else None,
        question=asked(question) if question else None,
        abstract=_abstract(blocks, line),
        stated=read_stated(paragraphs),
        references=_references(blocks, line),
    )


def asked(question: str) -> str:
    """A research question without the full stop that its maker's template left behind it."""
    return re.sub(r"\?\s?\.\Z", "?", question.strip())


def read_stated(paragraphs: Sequence[str]) -> StatedTotals:
    """Counts a report states of itself."""
    in_digits = [_in_digits(text) for text in paragraphs]
    papers, claims, verified = (
        _count(patterns, paragraphs, (_COUNTED[what],), in_digits)
        for what, patterns in (("papers", _PAPERS), ("claims", _CLAIMS), ("verified", _VERIFIED))
    )
    return StatedTotals(papers, claims, verified, _told(_SCORE, paragraphs))


def _in_digits(text: str) -> str:
    """A text with its whole numbers in words written in digits."""
    made, reached = "", 0
    for longest, *_ in spelled(text):
        if longest.value == int(longest.value) and not longest.unit:
            made += f"{text[reached : longest.start]}{int(longest.value)}"
            reached = longest.end
    return made + text[reached:]


def reference(raw: str) -> Reference:
    """An entry of a reference list with its arXiv number, version left off."""
    found = _ARXIV.search(raw)
    return Reference(raw, found["number"] if found else None)


def _told(patterns: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    for pattern in patterns:
        finder = re.compile(pattern, re.IGNORECASE)
        for paragraph in paragraphs:
            if found := finder.search(paragraph):
                return found.group(1)
    return None


def _count(
    patterns: Sequence[str], paragraphs: Sequence[str], active: Sequence[str], in_digits: Sequence[str]
) -> int | None:
    told = _plain(patterns, paragraphs) or _plain(active, in_digits, alone=True)
    return int(told.replace(",", "")) if told else None


def _plain(patterns: Sequence[str], paragraphs: Sequence[str], *, alone: bool = False) -> str | None:
    """The first number that a sentence states plainly: no bound, estimate, range, exception or negation.

    With `alone`, a sentence with a further number that counts nothing named is passed over.
    """
    sentences = [part for text in paragraphs for part in _SENTENCE.split(text) if not _UNPLAIN.search(part)]
    for pattern in patterns:
        finder = re.compile(pattern, re.IGNORECASE)
        for sentence in sentences:
            for found in finder.finditer(sentence):
                if _is_plain(sentence, found) and not (alone and _OTHER.search(sentence, found.end())):
                    return found.group(1)
    return None


def _is_plain(sentence: str, found: re.Match[str]) -> bool:
    before = sentence[: found.start()]
    hedged = _BEFORE.search(before) and not _PLAINLY.search(before)
    return not hedged and not _AFTER.match(sentence, found.end(1))


def _first(pattern: re.Pattern[str], group: str, paragraphs: Sequence[str]) -> str | None:
    return next((found[group].strip() for text in paragraphs if (found := pattern.search(text))), None)


def _until_question(examines: str) -> str:
    """The examined paper's title: up to the research question, or else to the end."""
    found = _QUESTION.search(examines)
    title = (examines[: found.start()] if found else examines).strip()
    return title.removesuffix(".").strip()


def _title(blocks: Sequence[Block], line: Callable[[str], str]) -> str | None:
    """The first heading, or the lines above the first section; without sections, a first line alone."""
    first = next((block for block in blocks if not isinstance(block, TableBlock)), None)
    if isinstance(first, Heading):
        text = line(first.text)
        return None if known_section(text) else text or None
    if not isinstance(first, Paragraph) or first is not blocks[0]:
        return None
    lines = list(_title_lines(first.lines))
    alone = len(lines) == len(first.lines) or any(isinstance(block, Heading) for block in blocks)
    title = line("\n".join(lines))
    return title if alone and title and title[-1] not in ".:;!" and "|" not in title else None


def _title_lines(lines: Sequence[str]) -> Iterator[str]:
    """The first line and those that continue it; names and dates below start with a capital or digit."""
    for i, text in enumerate(lines):
        above = lines[i - 1]
        goes_on = above[-1:] in "-:," or above.rpartition(" ")[2].lower() in UNFINISHED
        if i and not text[:1].islower() and not goes_on:
            return
        yield text


def _abstract(blocks: Sequence[Block], line: Callable[[str], str]) -> str | None:
    inside = _section(blocks, line, {"abstract"})
    lines = [text for block in inside if isinstance(block, Paragraph) for text in block.lines]
    return line("\n".join(lines)) or None


def _references(blocks: Sequence[Block], line: Callable[[str], str]) -> tuple[Reference, ...]:
    entries: list[str] = []
    for block in _section(blocks, line, {"references", "bibliography", "works cited", "sources"}):
        if isinstance(block, ListItem):
            entries.append(line(block.text))
        elif isinstance(block, Paragraph):
            one_each = all("://" in text or _ARXIV.search(text) for text in block.lines)
            entries += map(line, block.lines if one_each else [block.text])
    return tuple(reference(entry.strip("<> ")) for entry in entries if entry.strip("<> "))


def _section(blocks: Sequence[Block], line: Callable[[str], str], names: set[str]) -> Iterator[Block]:
    """The blocks below the first heading with one of some names, up to the next heading as high."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                return
            if not level and section_name(line(block.text)).lower() in names:
                level = block.level
        elif level:
            yield block
