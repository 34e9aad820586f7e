"""The nearest sentence that would be read, for a claim that was not."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import islice

from analysis.registry.vocabulary import Vocabulary
from claims.domains.registry.claim import reader_over
from claims.domains.registry.plain_forms import either_form, plain_form
from claims.hashed import replace
from claims.language.clause_kept import clauses_kept
from claims.language.kept import Rewording, keeps_what_counts, left_out, says_most
from claims.language.rewording import denying_words, joined, rewording
from claims.language.tokens import tokens_of
from claims.reading import Reading
from claims.verdict import Verdict

HINTED = 40
"""Tokens of a sentence for which a nearest one is looked for; of a longer one each try takes long."""

KEPT = frozenset({"MODEL", "RUN", "TARGET", "METRIC", "LANG"})
"""Kinds of name of which a shorter sentence leaves none out."""
CLAUSES = 12
"""Clauses of a sentence that are tried alone."""


def with_hint(verdict: Verdict, reading: Reading, sentence: str, registry: Vocabulary) -> Verdict:
    """The verdict on a claim, of one that was not read with the nearest sentence that would be."""
    if reading.complete or verdict.rewording:
        return verdict
    offered = nearest(sentence, registry)
    if not offered and not denying_words(tokens_of(sentence)):
        plain = plain_form(sentence, reading, partial(_reads, registry))
        offered = plain if keeps_what_counts(sentence, plain) and says_most(sentence, plain) else ""
    found = (Rewording(offered, left_out(sentence, offered)),) if offered else ()
    return replace(verdict, rewordings=found) if found else with_choices(verdict, reading, sentence, registry)


def with_choices(verdict: Verdict, reading: Reading, sentence: str, registry: Vocabulary) -> Verdict:
    """The verdict on a claim, of one without any rewording with two that go opposite ways."""
    if reading.complete or verdict.rewordings:
        return verdict
    return replace(verdict, rewordings=either_form(sentence, reading, partial(_reads, registry)))


@lru_cache(maxsize=1024)
def nearest(sentence: str, registry: Vocabulary) -> str:
    """The sentence with the fewest words left out that is read, else its longest clause that is; "" where none is."""
    reader = reader_over(registry)
    forest = reader.read(sentence).forest
    if not 0 < len(forest.tokens) <= HINTED:
        return ""
    reads = partial(_reads, registry)
    names = [joined(forest.tokens[edge.start : edge.end]).casefold() for edge in forest.edges if edge.symbol in KEPT]

    def reads_with_names(text: str) -> bool:
        return all(name in text.casefold() for name in names) and reads(text)

    return rewording(forest, reads_with_names) or next(filter(reads, islice(clauses_kept(forest), CLAUSES)), "")


def _reads(registry: Vocabulary, text: str) -> bool:
    return len(reader_over(registry).read(text).readings) == 1
