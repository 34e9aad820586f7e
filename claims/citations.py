"""The source of a claim's numbers: the paper and version that a sentence cites, or else that its report is about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from analysis.numbers import scan_numbers
from analysis.published.studies import Studies, Study, shipped_studies
from analysis.registry.vocabulary import Entry, Vocabulary, fold
from claims.hashed import Hashed, hashed, replace
from claims.report import Report

By = Literal["claim", "count", "report", "nothing"]


@hashed
class Cited(Hashed):
    """The paper and version whose numbers a claim gives.

    Attributes:
        paper: id of the paper, None where none is known by the name cited.
        version: version of its text, None where no version is cited.
        by: the origin of the citation: "claim"; "report"; "count", only one version has as many tasks as the claim
            states; "nothing", the paper examined by default.
        label: the paper as a verdict names it.
        beside: papers that the sentence cites for a name in it, as in "XLM-R (Conneau et al., 2020) scores …".
        baseline: the paper whose baseline a gain is against, None where the sentence names none.
        together: stated number of tasks in multi-task training, None where the sentence states none.
        supposed: True if the sentence names a version and neither it nor the report names its paper.
    """

    paper: str | None = None
    version: str | None = None
    by: By = "nothing"
    label: str = ""
    beside: tuple[str, ...] = ()
    baseline: str | None = None
    together: int | None = None
    supposed: bool = False

    @property
    def chosen(self) -> bool:
        """True if the claim itself tells the source of its numbers, by a citation or by a number of tasks."""
        return self.by in {"claim", "count"}


NOTHING = Cited()


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence without its citations.

    Attributes:
        text: the rest of the sentence, to be parsed. cited: the source of its numbers.
        citations: the citations taken out, as written.
    """

    text: str
    cited: Cited
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _CitationMatch:
    start: int
    end: int
    paper: str | None
    label: str
    version: str | None = None
    beside: tuple[str, ...] = ()


AUTHOR = r"[A-Z][\w'’-]+"
YEAR = r"(?:19|20)\d\d[a-z]?"
INSIDE = rf"{AUTHOR}(?: and {AUTHOR}| et al\.?)?,? {YEAR}"
WORKS = re.compile(
    rf"\((?P<inside>{INSIDE}(?:; ?{INSIDE})*)\)"
    rf"|(?P<bare>{AUTHOR} et al\.?(?:,? \(?{YEAR}\)?)?|{AUTHOR} and {AUTHOR},? \(?{YEAR}\)?)"
)
"""Works cited by author: "(Hu et al., 2020)", "Hu et al. (2020)", "Hu et al."."""
WRITTEN = re.compile(r"et al|\d{4}")
"""A part of every work that is cited by author or number."""
NAMED = re.compile("paper|abstract|leaderboard", re.IGNORECASE)
"""A word in every citation of a paper by a name of its own: "the XTREME paper"."""
ARXIV = re.compile(r"(?P<mark>arXiv[: ]\s?)?\b(?P<number>\d{4}\.\d{4,5})(?P<version>v\d+)?\b", re.IGNORECASE)
COUNTED = re.compile(r"\s+(?:(?!of\b|out\b)[a-z-]+\s+){0,3}?intermediate(?:-task|[- ][a-z-]+){0,2}[ -]tasks?\b")
TASKS = re.compile(r"(?:\s+(?!target)[a-z-]+){0,2}\s+tasks\b")
REACH = 80
"""Characters around a citation or a number that may say what it does."""
DEFINITE = re.compile(r"\b(?:the|all|its|these|those|our|their)(?: the)?\s+$", re.IGNORECASE)


def cited_by_report(report: Report, registry: Vocabulary, studies: Studies | None = None) -> Cited:
    """The paper a report is about, by the title it names, its own title, or the source among its references."""
    studies = studies or shipped_studies()
    papers = _papers(registry, studies)
    if report.examines is not None:
        named = _titled(report.examines, papers)
        found = Cited(named, None, "report", report.examines)
    else:
        title = report.title or ""
        named = _titled(title, papers) or next((f.paper for f in _works(title, papers) if f.paper), None)
        named = named or next(iter(_sources(report, papers)), None)
        found = Cited(named, None, "report", _label(named, papers)) if named else NOTHING
    about = found.paper or next(iter(registry["study"]), None)
    version = _version_of(report, about, papers, studies) if found.paper or found is NOTHING else None
    if version is None:
        return found
    return replace(found, paper=about, version=version, by="report", label=_label(about, papers))


def cited_by_claim(sentence: str, report: Cited, registry: Vocabulary, studies: Studies | None = None) -> CitedSentence:
    """The source that a sentence cites, and the sentence without its citations.

    Args:
        sentence: the claim's text.
        report: the source cited by its report.
        registry: the registry with the papers.
        studies: the versions of the papers; the shipped ones by default.
    """
    studies = studies or shipped_studies()
    papers = _papers(registry, studies)
    cited, spans = report, []
    versions = tuple(_versions(sentence))
    if len({found.version for found in versions}) > 1:
        return CitedSentence(sentence, report)
    for found in (*_works(sentence, papers), *versions):
        start, end, role = _role(sentence, found)
        spans.append((start, end))
        if role == "against":
            cited = replace(cited, baseline=found.paper or found.label)
        elif role == "beside":
            cited = replace(cited, beside=(*cited.beside, found.paper or found.label))
        elif found.version is not None and found.paper is None:
            paper = cited.paper or next(iter(registry["study"]), None)
            label, supposed = _label(paper, papers), cited.paper is None
            cited = replace(cited, paper=paper, version=found.version, by="claim", label=label, supposed=supposed)
        else:
            version = found.version or (report.version if found.paper == report.paper else None)
            cited = replace(cited, paper=found.paper, version=version, by="claim", label=found.label)
            cited = replace(cited, beside=(*cited.beside, *found.beside))
    if cited.version is None and (counted := _counted_version(sentence, cited, registry, studies)) is not None:
        paper = cited.paper or next(iter(registry["study"]), None)
        label, supposed = _label(paper, papers), cited.paper is None
        cited = replace(cited, paper=paper, version=counted, by="count", label=label, supposed=supposed)
    together = _together(sentence)
    cited = cited if cited.together == together else replace(cited, together=together)
    return CitedSentence(_without(sentence, spans), cited, tuple(sentence[a:b].strip() for a, b in spans))


# ---------------------------------------------------------------------------------- papers

Papers: TypeAlias = Mapping[str, Entry]


@lru_cache(maxsize=16)
def _papers(registry: Vocabulary, studies: Studies) -> Papers:
    """The papers of the vocabulary, and the studies of one's own that may be cited, by id."""
    own = {s.id: Entry(s.id, "paper", s.title, facts=_facts(s)) for s in studies.known.values() if s.paper == s.id}
    return {**own, **registry["paper"]}


def _facts(study: Study) -> Mapping[str, object]:
    return {"arxiv": study.arxiv, "cited_as": study.cited_as, "bearing": "source"}


def _label(paper: str | None, papers: Papers) -> str:
    entry = papers.get(paper or "")
    return "" if entry is None else next(iter(entry.facts.get("cited_as", ())), entry.name)


def _titled(text: str, papers: Papers) -> str | None:
    """The paper whose whole title stands in a text."""
    folded = fold(text).rstrip(".")
    titled = (p.id for p in papers.values() if len(p.name) > 20 and fold(p.name).rstrip(".") in folded)
    return next(titled, None)


def _sources(report: Report, papers: Papers) -> Iterator[str]:
    """The papers among the references that can carry a report's claims."""
    listed = {reference.arxiv for reference in report.references}
    for paper in papers.values():
        if paper.facts["bearing"] == "source" and paper.facts["arxiv"] in listed:
            yield paper.id


def _works(text: str, papers: Papers) -> Iterator[_CitationMatch]:
    """Works cited by number, by author and year, or by the name of a paper, in their order."""
    cites = WRITTEN.search(text) is not None
    found = [f for match in ARXIV.finditer(text) if (f := _by_number(match, papers)) is not None] if cites else []
    for match in WORKS.finditer(text) if cites else ():
        written = match["inside"] or match["bare"]
        parts = {part.strip(): _by_author(part, papers) for part in written.split(";")}
        paper = next((p for p in parts.values() if p is not None), None)
        more = tuple(part if p is None else p.id for part, p in parts.items() if p is not paper)
        label = next(part for part, p in parts.items() if p is paper)
        found.append(
            _CitationMatch(match.start(), match.end(), None if paper is None else paper.id, label, beside=more)
        )
    for paper in papers.values() if NAMED.search(text) else ():
        for name in paper.facts.get("cited_as", ()):
            if name.endswith(("paper", "abstract", "leaderboard")):
                found += [_CitationMatch(m.start(), m.end(), paper.id, name) for m in _called(name).finditer(text)]
    yield from sorted(found, key=lambda f: f.start)


@lru_cache(maxsize=1024)
def _called(name: str) -> re.Pattern[str]:
    """A paper by a name of its own, as in "the XTREME paper's"."""
    return re.compile(rf"\b(?:the )?{re.escape(name)}(?:['’]s)?\b", re.IGNORECASE)


def _by_number(match: re.Match[str], papers: Papers) -> _CitationMatch | None:
    paper = next((p for p in papers.values() if p.facts["arxiv"] == match["number"]), None)
    if paper is None and not match["mark"]:
        return None
    label = match[0] if paper is None else _label(paper.id, papers)
    version = match["version"].lower() if match["version"] else None
    return _CitationMatch(match.start(), match.end(), None if paper is None else paper.id, label, version)


def _by_author(written: str, papers: Papers) -> Entry | None:
    """The paper cited as "Hu et al., 2020"; without a year, the only one by these authors."""
    told = _bare(written)
    spelt = [(_bare(name), paper) for paper in papers.values() for name in paper.facts.get("cited_as", ())]
    exact = [paper for name, paper in spelt if name == told]
    near = {paper.id: paper for name, paper in spelt if re.sub(rf" {YEAR}$", "", name) == told}
    return exact[0] if exact else next(iter(near.values())) if len(near) == 1 else None


def _bare(written: str) -> str:
    return " ".join(re.sub(r"[(),.]", " ", written).casefold().split())


# -------------------------------------------------------------------------------- versions


def _versions(text: str, where: str = "versions") -> Iterator[_CitationMatch]:
    if _any_spelled(where).search(_lower(text)) is None:
        return
    for version, spelled in _spelled(where):
        for name, pattern in spelled:
            match = pattern.search(text)
            if match is not None:
                yield _CitationMatch(match.start(), match.end(), None, name, version)
                break


@cache
def _spelled(where: str) -> tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Version → its names with their patterns, the longest first."""
    return tuple(
        (version, tuple((name, _version_called(name)) for name in sorted(names, key=len, reverse=True)))
        for version, names in _words()[where].items()
    )


@cache
def _any_spelled(where: str) -> re.Pattern[str]:
    """Any name of any version, for a text that went through `_lower`."""
    return re.compile("|".join(re.escape(name.casefold()) for names in _words()[where].values() for name in names))


def _lower(text: str) -> str:
    """A text in lower case, its i without a dot as one with a dot: a pattern that ignores case takes them for one."""
    return text.replace("ı", "i").casefold()


def _version_called(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b(?!\.\d)", re.IGNORECASE)


def _version_of(report: Report, paper: str | None, papers: Papers, studies: Studies) -> str | None:
    """The version a report is about: by number, in words, or by the count of tasks that only one version has."""
    own = " ".join(filter(None, (report.title, report.examines, report.abstract)))
    for texts in ([report.title or ""], [r.raw for r in report.references], [own]):
        found = [f for text in texts for f in _works(text, papers) if f.version is not None and f.paper == paper]
        if found:
            return found[0].version if len({f.version for f in found}) == 1 else None
    said = next(iter((*_versions(report.title or "", "titles"), *_versions(own))), None)
    if said is not None:
        return said.version
    counted = {v for n, _ in _counts(own) if (v := _version_with(n, paper, studies)) is not None}
    return counted.pop() if len(counted) == 1 else None


def _counted_version(sentence: str, cited: Cited, registry: Vocabulary, studies: Studies) -> str | None:
    """The version that has as many tasks as "the seven intermediate tasks" are."""
    paper = cited.paper or (next(iter(registry["study"]), None) if cited.by == "nothing" else None)
    counted = {v for n, definite in _counts(sentence) if definite and (v := _version_with(n, paper, studies))}
    return counted.pop() if len(counted) == 1 else None


def _counts(text: str) -> Iterator[tuple[int, bool]]:
    """Numbers of intermediate tasks stated in a text, each with True if it counts all of them ("the five …")."""
    for start, end, number in scan_numbers(text) if "intermediate" in text else ():
        if number.value == int(number.value) and COUNTED.match(text, end):
            yield int(number.value), DEFINITE.search(text[max(0, start - REACH) : start]) is not None


def _together(text: str) -> int | None:
    """The stated number of tasks in multi-task training, as in "multi-task training on all nine tasks", or None."""
    for start, end, number in scan_numbers(text) if "multi" in _lower(text) else ():
        if number.value == int(number.value) and _joined().search(text[:start]) and TASKS.match(text, end):
            return int(number.value)
    return None


@cache
def _joined() -> re.Pattern[str]:
    """Multi-task training, and what may stand between it and the number of its tasks."""
    between = "|".join(map(re.escape, _words()["multitask"]["between"]))
    return re.compile(rf"\bmulti-?task\b(?:[ -](?:{between})\b)*\s+$", re.IGNORECASE)


def _version_with(count: int, paper: str | None, studies: Studies) -> str | None:
    editions = studies.editions_of(paper)
    fitting = [version for version, edition in editions.items() if len(edition.intermediates) == count]
    return fitting[0] if len(fitting) == 1 and len(editions) > 1 else None


# --------------------------------------------------------------------------------- the sentence


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((files("claims") / "data" / "citations.toml").read_text(encoding="utf-8"))


def _role(sentence: str, found: _CitationMatch) -> tuple[int, int, Literal["source", "against", "beside"]]:
    """The start and end of a citation with the words that belong to it alone, and its role in the sentence."""
    start, end = found.start, found.end
    if sentence[:start].endswith("(") and sentence[end:].startswith(")"):
        start, end = start - 1, end + 1
    near = max(0, start - REACH)
    before, after = sentence[near:start], sentence[end : end + REACH]
    if (lead := _last(before, _words()["against"])) is not None:
        return near + lead, end, "against"
    if (lead := _last(before, _words()["leads"])) is not None:
        return near + lead, end, "source"
    first = not sentence[:start].strip()
    if first and (verb := _first(after, _words()["verbs"])) is not None:
        return start, end + verb, "source"
    if found.version is not None and found.paper is None:
        return start, end, "source"
    final = not sentence[end:].strip(" .!)")
    return start, end, "source" if final or first else "beside"


def _last(before: str, leads: object) -> int | None:
    """The start of the longest lead that ends a text; None where none does."""
    assert isinstance(leads, list)
    for lead in sorted(leads, key=len, reverse=True):
        match = re.search(rf"(?:,\s*)?\b{re.escape(lead)}\s+(?:the\s+)?$", before, re.IGNORECASE)
        if match is not None:
            return match.start()
    return None


def _first(after: str, verbs: object) -> int | None:
    assert isinstance(verbs, list)
    for verb in sorted(verbs, key=len, reverse=True):
        match = re.match(rf"\s*\b{re.escape(verb)}\b", after, re.IGNORECASE)
        if match is not None:
            return match.end()
    return None


def _without(sentence: str, spans: list[tuple[int, int]]) -> str:
    """A sentence without some stretches, its blanks and commas in order."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(sentence[at : max(at, start)])
        at = max(at, end)
    text = " ".join("".join([*kept, sentence[at:]]).split())
    return re.sub(r"\s+([.,;])", r"\1", text).lstrip(" ,")
