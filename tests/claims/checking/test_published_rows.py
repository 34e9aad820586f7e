"""Published scores are evidence without a table; with one they are the same evidence."""

from __future__ import annotations

from analysis.published.scores import published_scores
from claims.checking.evidence import Evidence


def test_published_rows_are_the_evidence_that_their_table_is() -> None:
    plain, tabled = Evidence(), Evidence()
    plain.add_published()
    tabled.add(published_scores(), "built in")
    assert plain.rows
    for part in ("rows", "settings", "runs", "names", "printed", "laboratory"):
        assert getattr(plain, part) == getattr(tabled, part), part
    assert list(plain.settings) == list(tabled.settings)
    assert not plain.tables
    assert plain.table("built in").equals(tabled.table("built in"))
