"""Verdicts kept by what was read: the same assertion, judged by the same evidence, is judged once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from claims.checking.context import Context
from claims.checking.judging import judge
from claims.hashed import replace
from claims.reading import Reading
from claims.verdict import Verdict

KEPT = 4096
"""Verdicts that are kept; memory stays flat."""


@dataclass(slots=True)
class JudgedReadings:
    """The verdicts given last, for one body of evidence and one set of definitions.

    Attributes:
        kept: what was read and how it was judged → the verdict.
        tables: in the evidence when they were given; more of it forgets them.
    """

    kept: OrderedDict[object, Verdict] = field(default_factory=OrderedDict)
    tables: int = 0

    def verdict(
        self, reading: Reading, context: Context, *, truncated: bool = False, corrected: bool = False
    ) -> Verdict:
        """The verdict of `claims.checking.judging.judge`."""
        tables = sum(map(len, context.evidence.tables.values())) + context.evidence.published
        if self.tables != tables:
            self.kept.clear()
            self.tables = tables
        if reading.assertion is None:
            return judge(reading, context, truncated=truncated, corrected=corrected)
        said = (reading.assertion, reading.asides, reading.alternatives, reading.rivals, reading.unread, reading.left)
        key = (said, reading.time_bound, context.study, context.cited, truncated, corrected)
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
            return replace(found, certificate=reading.certificate)
        verdict = judge(reading, context, truncated=truncated, corrected=corrected)
        self.kept[key] = verdict
        if len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return verdict
