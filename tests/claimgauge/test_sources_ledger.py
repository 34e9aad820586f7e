"""`claimgauge sources ledger`: how the claims of reports stand, beside the scores they give themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import claimgauge
from scipy.stats import binomtest

from claims.library.ledger import STANDINGS, Ledger, Share, standing_of
from claims.library.store import opened

REPORT = """# Transfer

6 papers retrieved. 3 claims extracted. Quality review score: 7.4/10.

## Extracted Claims

| Claim | Verified | Confidence |
|---|---|---|
| MNLI provides 392,702 training examples. | ✓ | 0.31 |
| The XTREME benchmark covers 50 languages. | ✓ | 0.19 |
| Cross-lingual transfer is fascinating. | × | 0.08 |
"""


def checked(folder: Path, *texts: str) -> str:
    for number, text in enumerate(texts, 1):
        (folder / f"r{number}.md").write_text(text, encoding="utf-8")
    names = [f"r{number}.md" for number in range(1, len(texts) + 1)]
    (folder / "v.json").write_text(claimgauge("verify", *names, "--json", cwd=folder).stdout, encoding="utf-8")
    return claimgauge("sources", "ledger", "v.json", cwd=folder).stdout


def test_a_folder_of_reports_is_one_page_of_shares_beside_their_own_scores(tmp_path: Path) -> None:
    page = checked(tmp_path, REPORT, REPORT.replace("✓ | 0.19", "× | 0.19")).splitlines()
    row = "1 of 3 (6 to 79 %) | 0 of 3 (0 to 56 %) | 1 of 3 (6 to 79 %) | 0 of 3 (0 to 56 %) | 1 of 3 (6 to 79 %)"
    assert page[2].startswith(f"| r1.md | {row} | 7.4/10 | 20")
    assert page[4].startswith("| all 2 | 2 of 6 ")
    listed = page.index("Marked differently by different reports:")
    assert [line.split(",")[1] for line in page[listed:] if line.startswith("- ")] == [" marked yes", " marked no"]


def test_an_entry_keeps_its_day_until_its_mark_or_standing_changes(tmp_path: Path) -> None:
    claim = {
        "id": "C01",
        "line": 3,
        "text": "A is best.",
        "mark": "yes",
        "verdict": "needs-data",
        "level": "none",
        "assertion": "x",
        "reason": "r",
    }
    report: dict[str, Any] = {"path": "r.md", "sha256": "0", "title": "", "stated": {"score": None}, "claims": [claim]}

    def taken(day: str, **changed: str) -> list[tuple[str, str, str | None]]:
        claim.update(changed)
        with opened(tmp_path / "s.db", new=True) as store:
            ledger = Ledger(store.connection)
            ledger.take({"schema": "claimgauge.verdicts/1", "reports": [report]}, day, "v.json")
            return [(entry.standing, entry.since, entry.until) for entry in ledger.entries()]

    assert taken("2026-01-01") == taken("2026-01-02", id="C02") == [("open", "2026-01-01", None)]
    assert taken("2026-01-03", verdict="refuted") == [
        ("open", "2026-01-01", "2026-01-03"),
        ("contradicted", "2026-01-03", None),
    ]
    report["claims"] = []
    assert taken("2026-01-04")[1] == ("contradicted", "2026-01-03", "2026-01-04")


def test_a_file_that_is_no_verdicts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text("{}")
    done = claimgauge("sources", "ledger", "v.json", cwd=tmp_path)
    assert done.returncode == 3
    assert "claimgauge verify REPORT… --json" in done.stderr


@pytest.mark.parametrize(("count", "of"), [(0, 7), (7, 7), (3, 15), (50, 100)])
def test_the_interval_of_a_share_is_wilsons(count: int, of: int) -> None:
    expected = binomtest(count, of).proportion_ci(method="wilson")
    assert Share(count, of).interval == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_every_verdict_has_a_standing() -> None:
    def standing(verdict: str, level: str = "none", assertion: str | None = "x") -> str:
        return standing_of({"verdict": verdict, "level": level, "assertion": assertion})

    found = [
        standing("supported", "grounded"),
        standing("supported", "recomputed"),
        standing("mixed"),
        standing("needs-data"),
        standing("not-testable", assertion=None),
    ]
    assert found == list(STANDINGS)
