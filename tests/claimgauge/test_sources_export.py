"""`claimgauge sources export`: cells of tables as Every Eval Ever records."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command import ROOT, claimgauge
from shared_files import shared

MINIMAL: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema_version", "evaluation_id", "retrieved_timestamp", "source_metadata", "model_info", "eval_library", "evaluation_results"],
    "properties": {
        "schema_version": {"const": "0.3.0"},
        "evaluation_id": {"type": "string"},
        "retrieved_timestamp": {"type": "string", "pattern": "^[0-9]+$"},
        "source_metadata": {"properties": {"source_type": {"const": "documentation"}, "evaluator_relationship": {"const": "other"}}, "required": ["source_organization_name"]},
        "model_info": {"required": ["name", "id", "additional_details"]},
        "eval_library": {"required": ["name", "version"]},
        "evaluation_results": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["evaluation_name", "source_data", "metric_config", "score_details"],
                "properties": {
                    "metric_config": {"required": ["lower_is_better"]},
                    "score_details": {
                        "required": ["score"],
                        "properties": {"score": {"type": "number"}, "details": {"additionalProperties": {"type": "string"}}},
                    },
                },
            },
        },
    },
}  # fmt: skip
"""What this project states of the format: the required keys of its schema 0.3.0."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("export")
    shutil.copy(ROOT / "examples" / "sources" / "tides_v1.pdf", folder)
    (folder / "ragged.md").write_text(
        "# P\n\nTable 1: Scores.\n\n| Model | Quay | Reef |\n|---|---|---|\n| A | 1.5 | 2 |\n| B | 1 |\n"
    )
    (folder / "fid.md").write_text(
        "# P\n\nTable 1: FID (lower is better).\n\n| Model | FID |\n|---|---|\n| A | 3.1 ± 0.2 |\n| B | 2.5 ± 0.1 |\n"
    )
    claimgauge("sources", "add", ".", cwd=folder)
    return folder, claimgauge("sources", "export", cwd=folder).stdout


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "cells.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_cell_of_a_whole_table_is_written_with_its_page_and_line(written: tuple[Path, str]) -> None:
    folder, told = written
    made = [record for record in records(folder) if record["source_metadata"]["source_name"].startswith("Warm-Up")]
    assert sum(len(record["evaluation_results"]) for record in made) == 40
    assert all(record["source_metadata"]["additional_details"]["page"] == "1" for record in made)
    counting = next(record for record in made if record["model_info"]["name"].endswith("Counting"))
    scores = [(r["evaluation_name"], r["score_details"]["score"]) for r in counting["evaluation_results"]]
    assert scores == [
        ("Harbours / Quay", 2.1),
        ("Harbours / Reef", 1.0),
        ("Harbours / Shoal", 0.5),
        ("Harbours / Cape", 1.2),
        ("Avg.", 1.2),
    ]
    assert counting["evaluation_results"][0]["score_details"]["details"]["line"].isdecimal()
    assert told == "cells.jsonl: 42 cells in 10 records; left out: 1 doubtful table\n"


def test_a_direction_and_a_spread_are_written_only_as_far_as_they_are_stated(written: tuple[Path, str]) -> None:
    results = [
        (record["model_info"]["name"], result)
        for record in records(written[0])
        for result in record["evaluation_results"]
    ]
    fid = next(result for name, result in results if name == "A")
    assert fid["metric_config"]["lower_is_better"] is True
    assert fid["score_details"]["details"]["plus_minus"] == "0.2"
    assert "uncertainty" not in fid["score_details"]
    quay = next(result for name, result in results if result["evaluation_name"].endswith("Quay"))
    assert quay["metric_config"]["additional_details"] == {"direction": "not stated"}


@pytest.mark.parametrize("own", [True, False])
def test_the_records_fit_the_schema(written: tuple[Path, str], own: bool) -> None:
    schema = (
        MINIMAL
        if own
        else json.loads(shared("results", "samples2026", "every_eval_ever", "eval.schema.json").read_text())
    )
    for record in records(written[0]):
        jsonschema.validate(record, schema)
