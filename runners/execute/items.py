"""Predictions of a node per item, written one language at a time to save memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from analysis.files.atomic import replacing
from analysis.results.items import ITEM_COLUMNS, LANGUAGE
from runners.trained import Prediction

FILE = "items.parquet"

Write: TypeAlias = Callable[[str, str, Sequence[Prediction]], None]
"""Called with language, name of the perturbation, and what was said."""

TYPES = {"seed": "int64", "correct": "float64"}
"""Columns that hold no text."""


@contextmanager
def writing_items(folder: Path, labels: Mapping[str, Any]) -> Iterator[Write]:
    """Yields what adds predictions to a node's file, which is there when the block ends well.

    Args:
        folder: of the node.
        labels: of the node: `intermediate`, `target`, `seed`, and where known `intermediate_language`.
    """
    import pyarrow as pa
    from pyarrow import parquet

    columns = [*ITEM_COLUMNS, LANGUAGE, "said"]
    schema = pa.schema([(name, TYPES.get(name, "string")) for name in columns])
    shared = {name: labels[name] for name in ("intermediate", "target", "seed")}
    shared[LANGUAGE] = labels.get(LANGUAGE, "en")
    with replacing(folder / FILE) as temporary, parquet.ParquetWriter(temporary, schema) as file:

        def write(language: str, perturbation: str, predictions: Sequence[Prediction]) -> None:
            place = {**shared, "language": language, "perturbation": perturbation}
            own = {
                "item": [p.item for p in predictions],
                "correct": [p.correct for p in predictions],
                "said": [p.said for p in predictions],
            }
            arrays = {name: own.get(name, [place.get(name)] * len(predictions)) for name in columns}
            file.write_table(pa.table(arrays, schema=schema))

        yield write
