"""Copies of hub repositories as the hub lays them out: Parquet files that name their classes, conversions, scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Rows = Sequence[dict[str, Any]]


def classes(*names: str) -> dict[str, Any]:
    """The feature of a column of class labels."""
    return {"names": list(names), "_type": "ClassLabel"}


def parquet(path: Path, rows: Rows, named: dict[str, Any] | None = None) -> None:
    """A Parquet file as `datasets` writes it; `named`: features of columns that hold class labels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(list(rows))
    if named:
        plain = {name: {"dtype": "string", "_type": "Value"} for name in table.column_names}
        info = {"info": {"features": {**plain, **named}}}
        table = table.replace_schema_metadata({b"huggingface": json.dumps(info).encode()})
    pq.write_table(table, path)


def repository(
    root: Path, path: str, config: str, splits: dict[str, Rows], named: dict[str, Any] | None = None
) -> None:
    """A repository of Parquet files, with the card that names configurations; may be called once per configuration."""
    folder = root / path
    for split, rows in splits.items():
        parquet(folder / config / f"{split}-00000-of-00001.parquet", rows, named)
    configs = {p.parent.name for p in folder.glob("*/*.parquet")}
    card = ["---", "configs:"]
    for name in sorted(configs):
        card += [f"- config_name: {name}", "  data_files:"]
        for file in sorted((folder / name).glob("*.parquet")):
            card += [f"  - split: {file.name.rpartition('-00000')[0]}", f"    path: {name}/{file.name}"]
    (folder / "README.md").write_text("\n".join([*card, "---", ""]), encoding="utf-8")


def conversion(
    root: Path, path: str, config: str, splits: dict[str, Rows], named: dict[str, Any] | None = None
) -> None:
    """A repository's branch refs/convert/parquet: CONFIG/SPLIT/0000.parquet and nothing else."""
    for split, rows in splits.items():
        parquet(root / path / config / split / "0000.parquet", rows, named)
