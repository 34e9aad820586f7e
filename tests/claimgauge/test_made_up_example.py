"""The worked example of docs/measured.md: one more CSV, and verdicts move from needs-data to decided."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from claimgauge.commands.verify import command

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = EXAMPLES / "made_up_results.csv"


def verdicts(folder: Path, *more: str) -> dict[str, dict[str, object]]:
    arguments = [str(EXAMPLES / "report.md"), "--out", str(folder), *more]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert done.exception is None, done.output
    said = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    return {claim["id"]: claim for claim in said["reports"][0]["claims"]}


def test_a_table_of_results_settles_every_claim_that_lacked_data(tmp_path) -> None:
    before = verdicts(tmp_path / "before")
    after = verdicts(tmp_path / "after", "--results", str(TABLE))
    lacking = {claim for claim, verdict in before.items() if verdict["verdict"] == "needs-data"}
    assert lacking == {"C04", "C06", "C08"}
    assert {claim: after[claim]["verdict"] for claim in lacking} == {
        "C04": "supported",
        "C06": "supported",
        "C08": "supported",
    }
    assert all(after[claim]["level"] == "reproduced" for claim in lacking)


def test_every_row_of_the_example_says_that_it_is_made_up() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 500
    assert all(row["study"] == "MADE-UP-EXAMPLE" and row["source"].startswith("made up by hand") for row in rows)
