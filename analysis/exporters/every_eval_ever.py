"""Results tables as records of Every Eval Ever (schema 0.3.0, github.com/evaleval/every_eval_ever): one for each run.

Scores are in points. What a table does not state is said to be unknown, not guessed. `lower_is_better` is required
there; where nobody knows the direction it is false and the details of the metric say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from analysis.registry.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "0.3.0"
UNKNOWN = "unknown"
Record = dict[str, Any]

RUN = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "seed", "provenance",
)  # fmt: skip
"""Columns in which the scores of one record agree."""


def envelope(
    record_id: str, model: str, at: str, made_by: str, source: Mapping[str, Any], results: list[Record]
) -> Record:
    """A record with its required parts.

    Args:
        record_id: unique.
        model: name and id.
        at: seconds since 1970.
        made_by: name and version of this program.
        source: `source_metadata` beside the organisation and relationship, which are not known.
        results: its scores.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": record_id,
        "retrieved_timestamp": at,
        "source_metadata": {
            **source,
            "source_organization_name": UNKNOWN,
            "evaluator_relationship": "other",
        },
        "eval_library": {"name": UNKNOWN, "version": UNKNOWN, "additional_details": {"extracted_by": made_by}},
        "model_info": {
            "name": model,
            "id": model,
            "additional_details": {"deployment_type": UNKNOWN, "model_availability": UNKNOWN},
        },
        "evaluation_results": results,
    }


def records(table: pd.DataFrame, at: str, made_by: str, registry: Vocabulary) -> Iterator[Record]:
    """The records of a validated results table.

    Args:
        table: see `analysis.results.table`.
        at: see `envelope`.
        made_by: likewise.
        registry: the vocabulary that holds the metrics.
    """
    for _, rows in table.groupby(list(RUN), dropna=False, observed=True, sort=False):
        stated = [_stated(row) for row in rows.to_dict("records")]
        run = {name: stated[0][name] for name in RUN if name in stated[0]}
        source = {"source_name": run["study"], "source_type": "evaluation_run", "additional_details": run}
        record_id = "/".join((*run.values(), at))
        yield envelope(record_id, run["model"], at, made_by, source, [_result(row, registry) for row in stated])


def _stated(row: Mapping[Any, Any]) -> dict[str, str]:
    """The values of a row as texts; numbers in full."""
    texts = {str(name): f"{value:.17g}" if isinstance(value, float) else str(value) for name, value in row.items()}
    return {name: text for name, text in texts.items() if text not in {"", "nan"}}


def _result(row: Mapping[str, str], registry: Vocabulary) -> Record:
    keys = [row[name] for name in ("target", "language", "split", "perturbation", "metric")]
    details = {name: text for name, text in row.items() if name not in {*RUN, "score"}}
    score: Record = {"score": float(row["score"]), "details": details}
    if uncertainty := _uncertainty(row):
        score["uncertainty"] = uncertainty
    return {
        "evaluation_result_id": "/".join(keys),
        "evaluation_name": f"{row['target']} ({row['language']})",
        "source_data": {
            "dataset_name": row["target"],
            "source_type": "other",
            "additional_details": {"language": row["language"], "split": row["split"]},
        },
        "metric_config": _metric(row["metric"], registry),
        "score_details": score,
    }


def _uncertainty(row: Mapping[str, str]) -> Record:
    """Uncertainty in the schema's fields; a deviation over seeds is none of items, and stays in the details."""
    found: Record = {}
    if "se" in row:
        found["standard_error"] = {"value": float(row["se"])}
    if "ci_low" in row:
        found["confidence_interval"] = {
            "lower": float(row["ci_low"]), "upper": float(row["ci_high"]), "confidence_level": 0.95,
        }  # fmt: skip
    if "n_items" in row:
        found["num_samples"] = int(float(row["n_items"]))
    return found


def _metric(name: str, registry: Vocabulary) -> Record:
    entry = registry["metric"].get(name)
    facts = entry.facts if entry else {}
    more = facts.get("higher_is_better")
    config: Record = {
        "metric_id": name,
        "metric_name": entry.name if entry else name,
        "metric_unit": "points",
        "lower_is_better": more is False,
        "additional_details": {"direction": "not stated" if more is None else "stated"},
    }
    bounds = {field: facts[fact] for fact, field in (("low", "min_score"), ("high", "max_score")) if fact in facts}
    return config | bounds
