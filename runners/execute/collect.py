"""From the records of a grid to rows of the results table, or to one file of records, at any time, also half-way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.files.unread import why_unread
from runners.execute.store import GridStore
from runners.plan.grid import GridNode

if TYPE_CHECKING:
    import pandas as pd

RESULTS = "results.parquet"
RECORDS = "records.parquet"


def results_of(store: GridStore, keys: Iterable[str] | None = None) -> pd.DataFrame:
    """The results table of all finished nodes, validated; empty where none is.

    Args:
        store: the grid's folder.
        keys: of the nodes wanted; None: all.

    Raises:
        InputError: a record cannot be read, or a row is not one of the results table.
    """
    import pandas as pd

    from analysis.results.table import empty, validate

    rows: list[dict[str, Any]] = []
    for key in store.begun() if keys is None else keys:
        record = store.record(key)
        if record is not None:
            rows += rows_of(store, key, record)
    return validate(pd.DataFrame(rows), str(store.root)) if rows else empty()


def rows_of(store: GridStore, key: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row per score of a record; training stages have none."""
    node = store.node(key)
    labels = node.labels
    shared = {
        name: labels[name]
        for name in ("study", "model", "provenance", "intermediate", "method", "intermediate_language", "seed")
        if name in labels
    }
    return [
        {
            **shared,
            "intermediate_examples": labels.get("intermediate_examples") or None,
            "target": labels["target"],
            "target_examples": labels.get("target_examples") or None,
            "flops_intermediate": _before(store, node.parents),
            "flops_target": record["flops"]["training"],
            "source": f"run {key}",
            **score,
        }
        for score in record.get("scores", ())
    ]


def _before(store: GridStore, parents: tuple[str, ...]) -> float:
    """Training FLOPs of all intermediate stages before a node; pretraining is not one, nor a target's training."""
    total = 0.0
    for key in parents:
        node, record = store.node(key), store.record(key)
        if node.kind == "intermediate" and record is not None:
            total += float(record["flops"]["training"])
        total += _before(store, node.parents)
    return total


def write_records(store: GridStore, keys: Iterable[str], path: Path) -> int:
    """Writes all finished nodes with their records, without their files, as Parquet.

    Args:
        store: the grid's folder.
        keys: of the nodes wanted.
        path: of the file.

    Returns:
        How many there are.
    """
    import pandas as pd

    from analysis.files.atomic import replacing

    rows = [
        {"key": key, "node": _compact(asdict(store.node(key))), "record": _compact(record)}
        for key in keys
        if (record := store.record(key)) is not None
    ]
    table = pd.DataFrame(rows, columns=["key", "node", "record"]).astype(str)
    with replacing(path) as part:
        table.to_parquet(part, index=False, compression="zstd")
    return len(rows)


def read_records(path: Path) -> Iterator[tuple[GridNode, Mapping[str, Any]]]:
    """Nodes with their records as `write_records` wrote them.

    Raises:
        InputError: the file cannot be read or is no file of records.
    """
    import pandas as pd

    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(str(path), why_unread(error, f"the {RECORDS} of a grid")) from None
    try:
        with file:
            table = pd.read_parquet(file)
        for node, record in zip(table["node"], table["record"], strict=True):
            asked = json.loads(node)
            yield GridNode(**{**asked, "parents": tuple(asked["parents"])}), json.loads(record)
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(str(path), f"is no file of records; give the {RECORDS} of a grid") from None


def _compact(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
