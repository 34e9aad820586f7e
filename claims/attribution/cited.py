"""Which sources a claim names, and which documents at hand those are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.registry.vocabulary import Vocabulary, fold
from claims.citation_marks import citations_in
from claims.citations import ARXIV, Cited
from claims.library.naming import DOI
from claims.library.store import Document
from claims.report import Claim, Report

_SHORTEST = 20
"""Letters of a title below which it may stand in a text by chance."""
_WORK = re.compile(r"(?P<author>[A-Z][\w'’-]+).*?(?P<year>(?:19|20)\d\d)[a-z]?\b")
_ENTRY = re.compile(r"\A\s*(?:\[(?P<a>\^?\w{1,12})\]:?|(?P<b>\d{1,3})[.)])\s")
_NUMBER = re.compile(r"\d{1,3}")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as a claim or its report names it.

    Attributes:
        label: as it is named. text: all that is told of it: an entry of the references, a title, an address.
        arxiv: its number. version: "v2", "" where none is told. paper: its id in the vocabulary, if it is there.
        own: whether the claim itself cites it, rather than its report.
    """

    label: str
    text: str
    arxiv: str = ""
    version: str = ""
    paper: str = ""
    own: bool = True


def cited_sources(report: Report, claim: Claim, cited: Cited, registry: Vocabulary) -> tuple[CitedSource, ...]:
    """The sources of a claim: those that it cites, or else the paper its report examines, or else all it refers to.

    Args:
        report: the claim stands in.
        claim: one of its claims.
        cited: the paper and version that sentence and report are about.
        registry: holds the papers.
    """
    if marks := _marks(claim, cited):
        return tuple(_by_mark(mark, report, cited, registry) for mark in marks)
    if cited.paper is not None or report.examines:
        entry = registry["paper"].get(cited.paper or "") or registry["study"].get(cited.paper or "")
        title = report.examines if cited.by == "report" and report.examines else entry.name if entry else ""
        arxiv = str(entry.facts.get("arxiv", "")) if entry else ""
        label = _shortened(cited.label or title or str(cited.paper))
        return (CitedSource(label, title, arxiv, cited.version or "", cited.paper or "", cited.by == "claim"),)
    return tuple(_told(_shortened(entry.raw), entry.raw, registry, own=False) for entry in report.references)


def documents_of(source: CitedSource, documents: Iterable[Document]) -> list[Document]:
    """The documents that are a source, in whichever version."""
    return [document for document in documents if _is(source, document)]


def _marks(claim: Claim, cited: Cited) -> list[str]:
    """What a claim cites for what it says; a work that it cites for a name in it is no source of the claim."""
    marks = claim.citations or citations_in(claim.text)
    works = [mark for mark in marks if _WORK.match(mark) and "://" not in mark]
    spoken_for = [mark for mark in works if mark == cited.label] or works
    meant = spoken_for if cited.by == "claim" else []
    return [mark for mark in marks if mark not in works or mark in meant]


def _by_mark(mark: str, report: Report, cited: Cited, registry: Vocabulary) -> CitedSource:
    """The source that one mark of a claim stands for."""
    if _NUMBER.fullmatch(mark):
        raw = _entry(int(mark), [entry.raw for entry in report.references])
        return (
            CitedSource(f"[{mark}]", "")
            if raw is None
            else _told(f"[{mark}] {_shortened(_ENTRY.sub('', raw))}", raw, registry)
        )
    work = _WORK.match(mark)
    if work is not None:
        entry = next((e.raw for e in report.references if work["author"] in e.raw and work["year"] in e.raw), "")
        known = registry["paper"].get(cited.paper or "") if cited.by == "claim" else None
        if not entry and known is not None:
            return CitedSource(mark, known.name, str(known.facts.get("arxiv", "")), cited.version or "", known.id)
        return _told(mark, f"{mark} {entry}", registry)
    return _told(mark, mark, registry)


def _entry(number: int, entries: Sequence[str]) -> str | None:
    """The entry of that number, or the one in its place where none is numbered."""
    numbered = [(found["a"] or found["b"] or "", raw) for raw in entries if (found := _ENTRY.match(raw))]
    if numbered:
        return next((raw for name, raw in numbered if name.lstrip("^") == str(number)), None)
    return entries[number - 1] if 0 < number <= len(entries) else None


def _told(label: str, text: str, words: Vocabulary, *, own: bool = True) -> CitedSource:
    found = ARXIV.search(text)
    arxiv = found["number"] if found else ""
    version = (found["version"] or "").lower() if found else ""
    known = next((entry for entry in words["paper"].values() if arxiv and entry.facts.get("arxiv") == arxiv), None)
    if known is None:
        return CitedSource(label, text, arxiv, version, "", own)
    return CitedSource(label, f"{text} {known.name}", arxiv, version, known.id, own)


def _is(source: CitedSource, document: Document) -> bool:
    if source.arxiv and document.arxiv:
        return source.arxiv == document.arxiv
    doi = DOI.search(source.text)
    if doi and document.doi:
        return doi["id"].casefold() == document.doi.casefold()
    if _titled(document.title, source.text):
        return True
    return document.name in source.text.split() or _named(source.text, document.name)


def _titled(title: str, text: str) -> bool:
    """Whether a text names a title, whole: not as the beginning or end of a longer one."""
    words = re.findall(r"\w+", title.casefold())
    if len("".join(words)) < _SHORTEST:
        return False
    found = re.search(r"[\W_]+".join(map(re.escape, words)), text.casefold())
    if found is None:
        return False
    before, after = text[: found.start()].rstrip()[-1:], text[found.end() :].lstrip()[:1]
    return not before.isalpha() and not after.isalpha() and after not in {":", "-", "–"}


def _named(text: str, name: str) -> bool:
    """Whether a file is called by author and year, as phang2020_v1.pdf is."""
    stem = fold(name.rpartition(".")[0] or name)
    return any(fold(f"{work['author']}{work['year']}") in stem for work in _WORK.finditer(text[:200]))


def versions(documents: Sequence[Document], asked: str) -> tuple[Document | None, list[Document]]:
    """The document of the version that is asked for, or of the last where none is, and those of other versions."""
    found = sorted(documents, key=lambda d: (_order(d.version), d.path))
    if not found:
        return None, []
    first = next((d for d in found if d.version == asked), None) if asked else found[-1]
    if first is None:
        first = next((d for d in found if not d.version), None)
    return first, [d for d in found if d is not first]


def _order(version: str) -> int:
    """Versions in order; a text that does not say which it is goes before all of those."""
    return int(version[1:]) if version[1:].isdigit() else 0


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[:_WIDEST].rsplit(" ", 1)[0] + " …"


def labels(sources: Sequence[CitedSource]) -> Iterator[str]:
    """Names of sources, each once."""
    yield from dict.fromkeys(source.label for source in sources)
