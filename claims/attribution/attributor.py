"""Finds for every claim whether the sources it cites say so; the documents are those of files of sources."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.published.studies import Studies
from analysis.registry.vocabulary import Vocabulary, fold
from claims.assertion import Formula
from claims.attribution.document import DocumentAnswer, SourceDocument, ask, formulas_of, lines_of, place
from claims.attribution.finding import KINDS, Attribution, Kind
from claims.citation_marks import citations_in, without_marks
from claims.citations import ARXIV, Cited, cited_by_claim
from claims.library.evidence import usable
from claims.library.naming import DOI
from claims.library.searching import search
from claims.library.store import Document, PaperStore, opened
from claims.reading import Reading
from claims.report import Claim, Report
from claims.verdict import Verdict
from claims.wording import words_for

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
        label: as it is named. text: its full citation: an entry of the references, a title, an address.
        arxiv: its number. version: "v2", "" where none is cited. paper: its id in the registry, if it is there.
        own: True if the claim itself cites it, rather than its report.
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
    """The citations of a claim's sources; a work that is cited only for a name in the claim is left out."""
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
    """True if a text names a title, whole: not as the beginning or end of a longer one."""
    words = re.findall(r"\w+", title.casefold())
    if len("".join(words)) < _SHORTEST:
        return False
    found = re.search(r"[\W_]+".join(map(re.escape, words)), text.casefold())
    if found is None:
        return False
    before, after = text[: found.start()].rstrip()[-1:], text[found.end() :].lstrip()[:1]
    return not before.isalpha() and not after.isalpha() and after not in {":", "-", "–"}


def _named(text: str, name: str) -> bool:
    """True if a file is called by author and year, as phang2020_v1.pdf is."""
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


KEPT = 32
"""Documents that are kept read; memory stays flat."""
ASKED = 6
"""Most sources of a report's list that a claim without a citation is compared with."""
HITS = 100
"""Passages by which those are chosen."""
SHOWN = 4
"""Places of a source that a reason tells."""
PRINTED = frozenset({"published", "registry", "derived"})
"""Provenance of numbers that a paper printed; results supplied by the user are not its own."""
Judged = Callable[[Cited], Verdict]
"""The verdict on a claim as if it cited a certain paper and version."""


class Attributor:
    """Compares claims with the documents of some files of sources.

    Raises:
        InputError: a file cannot be read, or is no file of sources.
    """

    def __init__(self, paths: Sequence[Path], words: Vocabulary, studies: Studies) -> None:
        self.words, self.studies = words, studies
        self._documents: list[tuple[Path, Document]] = []
        self._read: OrderedDict[tuple[Path, int], SourceDocument] = OrderedDict()
        for path in paths:
            with opened(path) as store:
                self._documents += [(path, document) for document in store.documents()]

    def attributions(
        self, report: Report, claim: Claim, reading: Reading, cited: Cited, judged: Judged
    ) -> tuple[Attribution, ...]:
        """The attribution of a claim to each of its sources, the strongest first; empty where nothing is cited.

        Args:
            report: the report of the claim; it is no source of its own.
            claim: one of its claims.
            reading: the parses of the claim.
            cited: the paper and version that the sentence is about.
            judged: computes the verdict on the claim by the numbers of another version.
        """
        documents = [d for _, d in self._documents if d.sha256 != report.sha256]
        sources: Sequence[CitedSource] = cited_sources(report, claim, cited, self.words)
        if len(sources) > ASKED and not sources[0].own:
            sources = self._likeliest(sources, documents, claim)
        found = [self._of(source, documents_of(source, documents), claim, reading, judged) for source in sources]
        at_hand = [one for one in found if one.kind != "not-at-hand"]
        if not sources or (found and not at_hand and sources[0].own):
            return tuple(found)
        if not at_hand:
            named = list(labels(sources))
            what = named[0] if len(named) == 1 else f"None of the {len(named)} sources that the report lists"
            reason = f"{what} is {'not ' if len(named) == 1 else ''}at hand"
            return (Attribution("not-at-hand", "; ".join(named[:SHOWN]), reason=_sentence(reason)),)
        shown = found if sources[0].own else at_hand
        return tuple(sorted(dict.fromkeys(shown), key=lambda one: KINDS.index(one.kind)))

    def _likeliest(
        self, sources: Sequence[CitedSource], documents: Sequence[Document], claim: Claim
    ) -> Sequence[CitedSource]:
        """The sources at hand whose passages match a claim best, of many that only its report lists."""
        at_hand = {source: documents_of(source, documents) for source in sources}
        if sum(map(bool, at_hand.values())) <= ASKED:
            return [source for source, found in at_hand.items() if found] or sources
        holding: dict[str, None] = {}
        for path in dict.fromkeys(path for path, _ in self._documents):
            with opened(path) as store:
                holding |= dict.fromkeys(hit.document.sha256 for hit in search(store, claim.text, HITS))
        order = {sha256: n for n, sha256 in enumerate(holding)}
        last = len(order)
        ranked = sorted(sources, key=lambda s: min((order.get(d.sha256, last) for d in at_hand[s]), default=last + 1))
        return ranked[:ASKED]

    def _of(
        self, source: CitedSource, documents: list[Document], claim: Claim, reading: Reading, judged: Judged
    ) -> Attribution:
        asked = source.version or self._current(source)
        first, others = versions(documents, asked)
        if first is None and not others:
            return Attribution("not-at-hand", source.label, reason=_sentence(f"{source.label} is not at hand"))
        if first is not None:
            found = self._in(first, source, claim, reading, judged)
            if found.kind in {"stated", "says-more"}:
                return found
            for other in others:
                elsewhere = self._in(other, source, claim, reading, judged)
                if elsewhere.kind == "stated":
                    reason = f"{found.reason} {elsewhere.reason}"
                    return replace(elsewhere, kind="other-version", in_version="stated", reason=reason)
            return found
        found = self._in(others[-1], source, claim, reading, judged)
        cited = source.label if source.label.endswith(asked) else f"{source.label} {asked}"
        reason = f"{cited} is not at hand. {found.reason}"
        in_version: Kind = found.kind
        return replace(found, kind="other-version", in_version=in_version, reason=_sentence(reason))

    def _current(self, source: CitedSource) -> str:
        """The version that is meant where none is cited."""
        return self.studies.current(source.paper) or "" if source.paper else ""

    def _in(
        self, document: Document, source: CitedSource, claim: Claim, reading: Reading, judged: Judged
    ) -> Attribution:
        """The attribution of a claim to one document."""
        text, _ = without_marks(claim.completed or claim.text)
        told = cited_by_claim(text, Cited(), self.words, self.studies).text
        read = self._opened(document)
        name = _name(document)
        formulas: tuple[Formula, ...] = formulas_of(reading)
        answer = ask(read, claim, told, formulas, shared=bool(reading.alternatives))
        common = Attribution("not-found", source.label, document.name, document.version, readable=read.readable)
        if answer is not None:
            return replace(common, kind=answer.related.said, said=answer.said, reason=_reason(name, answer))
        near = next((place(line) for line in read.nearest(told, 1)), None)
        by_numbers = self._by_numbers(source, document, judged)
        if by_numbers is not None and by_numbers.verdict == "refuted":
            reason = f"{name} says otherwise by its numbers: {by_numbers.reason}"
            return replace(common, kind="says-otherwise", nearby=near, reason=_sentence(reason))
        reason = f"Not found in {name}, of which {read.readable}"
        if not formulas:
            reason += "; the claim was not read to an assertion, so its very words and the tables were looked through"
        if by_numbers is not None and by_numbers.verdict == "supported":
            reason += f"; its numbers bear it out: {by_numbers.reason}"
        return replace(common, nearby=near, reason=_sentence(reason))

    def _by_numbers(self, source: CitedSource, document: Document, judged: Judged) -> Verdict | None:
        """The verdict by the built-in numbers of the version at hand, where there are some."""
        if not source.paper or document.version not in self.studies.editions_of(source.paper):
            return None
        verdict = judged(Cited(source.paper, document.version, "claim", source.label))
        decided_by = {item.provenance for item in verdict.evidence if item.role == "decides"}
        return verdict if decided_by and decided_by <= PRINTED else None

    def _opened(self, document: Document) -> SourceDocument:
        key = next((path, document.id) for path, other in self._documents if other is document)
        if key in self._read:
            self._read.move_to_end(key)
            return self._read[key]
        with opened(key[0]) as store:
            self._read[key] = found = _loaded(store, document, self.words, self.studies)
        if len(self._read) > KEPT:
            self._read.popitem(last=False)
        return found


def _loaded(store: PaperStore, document: Document, registry: Vocabulary, studies: Studies) -> SourceDocument:
    pages = ((page, store.page(document.id, page)) for page in range(document.pages + 1))
    used = usable(store.tables([document]))
    return SourceDocument(document, lines_of(pages), used.tables, len(used.refused), registry, studies)


def _name(document: Document) -> str:
    version = document.version
    return document.name if not version or version in document.name.lower() else f"{document.name} {version}"


def _reason(name: str, answer: DocumentAnswer) -> str:
    places = "; ".join(f"{p.where.removeprefix(f'{name}, ')}: “{p.text}”" for p in answer.said[:SHOWN])
    said = {
        "stated": "states it",
        "says-more": "says more",
        "says-less": "says less",
        "other-number": f"says {answer.related.found}, not {answer.related.stated}",
        "says-otherwise": "says otherwise",
    }[answer.related.said]
    missing = f"; not found in it: {'; '.join(map(words_for, answer.missing))}" if answer.missing else ""
    return _sentence(f"{name} {said} ({places}){missing}")


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."
