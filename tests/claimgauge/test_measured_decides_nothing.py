"""Scores of a stand-in for XLM-R Large on real reports: shown beside verdicts, and the verdicts as without them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shared_files import shared

from claimgauge.commands.verify import command
from reports.verdicts_read import load_verdicts

TABLE = files("analysis") / "data" / "measured" / "main.parquet"
JUDGED = ("verdict", "flags", "level", "reason", "settle")


def verdicts(out: Path, *more: str) -> list[dict[str, Any]]:
    reports = sorted(str(path) for path in shared("reports", "seeds").glob("*.txt"))
    done = CliRunner().invoke(command, [*reports, "--out", str(out), *more], standalone_mode=False)
    assert done.exception is None, done.output
    said = load_verdicts(out / "verdicts.json")
    return [claim for report in said["reports"] for claim in report["claims"]]


def of_stand_ins(claim: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in claim["evidence"] if item["provenance"] == "measured"]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> list[dict[str, Any]]:
    return verdicts(tmp_path_factory.mktemp("shipped"))


def test_what_was_measured_is_shown_beside_claims_that_lack_data_and_decides_none(shipped) -> None:
    shown = [claim for claim in shipped if of_stand_ins(claim)]
    lacking = [claim for claim in shipped if claim["verdict"] == "needs-data"]
    assert len(shown) > len(lacking) / 2
    assert {claim["verdict"] for claim in shown} == {"needs-data"}
    items = [item for claim in shown for item in of_stand_ins(claim)]
    assert {item["role"] for item in items} == {"besides"}
    assert all("stand-in (not XLM-R Large)" in item["what"] for item in items)


def test_given_as_results_it_changes_no_verdict(shipped, tmp_path) -> None:
    given = verdicts(tmp_path, "--results", str(TABLE))
    assert [[claim[key] for key in JUDGED] for claim in given] == [[claim[key] for key in JUDGED] for claim in shipped]
