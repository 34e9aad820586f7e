"""A claim read with its citations: what it cites chooses the study, and the rest is read as it stands."""

from __future__ import annotations

from analysis.published.studies import Studies
from analysis.registry.vocabulary import Vocabulary
from claims.citation_marks import without_marks
from claims.citations import Cited, cited_by_claim
from claims.domains.registry.claim import read_claim
from claims.hashed import replace
from claims.language.certificate import TokenUse
from claims.reading import Reading
from claims.report import Cut


def read_with_citations(
    sentence: str, cut: Cut, report: Cited, registry: Vocabulary, studies: Studies
) -> tuple[Reading, Cited]:
    """The reading of a sentence, without its citations where it is not read with them, and whose numbers it gives."""
    sentence, marks = without_marks(sentence)
    found = cited_by_claim(sentence, report, registry, studies)
    reading = read_claim(sentence, cut, registry)
    if reading.assertion is not None or not found.citations:
        return _with(reading, marks), found.cited
    bare = read_claim(found.text, cut, registry)
    if bare.assertion is None:
        return reading, found.cited
    return _with(bare, (*found.citations, *marks)), found.cited


def _with(reading: Reading, citations: tuple[str, ...]) -> Reading:
    """A reading whose certificate holds what was taken out of the sentence."""
    if reading.assertion is None or not citations:
        return reading
    return replace(reading, certificate=(*reading.certificate, *(TokenUse(text, "citation") for text in citations)))
