"""Class labels as the names that the data itself gives them, never by what stands at a number elsewhere.

Parquet files written by the `datasets` library hold their features as JSON beside the columns: a column of class
labels holds numbers there, and the names in the order of those numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

SCHEMA = b"huggingface"
"""Under which the features stand in a Parquet file."""


def named_rows(rows: Iterable[Any], features: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Rows with names in the place of numbers, in the columns whose feature names its classes."""
    names = {column: name for column, feature in (features or {}).items() if (name := _naming(feature)) is not None}
    for row in rows:
        yield {**row, **{column: name(row[column]) for column, name in names.items()}}


def features_in(metadata: Mapping[bytes, bytes] | None) -> dict[str, Any]:
    """The features that a Parquet file states, by column; {} where it states none."""
    text = (metadata or {}).get(SCHEMA)
    stated = json.loads(text).get("info", {}).get("features") if text else None
    return {column: _feature(feature) for column, feature in (stated or {}).items()}


def _feature(feature: Any) -> Any:
    """A feature as `datasets` holds it, as far as class labels are concerned."""
    if isinstance(feature, list):
        return [_feature(feature[0])]
    if not isinstance(feature, Mapping):
        return None
    if feature.get("_type") == "ClassLabel":
        return SimpleNamespace(names=feature["names"])
    if "feature" in feature:
        return SimpleNamespace(feature=_feature(feature["feature"]))
    return None if "_type" in feature else {key: _feature(inner) for key, inner in feature.items()}


def _naming(feature: Any) -> Callable[[Any], Any] | None:
    """Function from a value of a feature to class names; None where it holds no class labels.

    A name that is itself a number says no more than the number and stands for it.
    """
    if (classes := getattr(feature, "names", None)) is not None:
        known = [int(name) if name.isdecimal() else name for name in classes]
        return lambda value: known[value] if isinstance(value, int) and 0 <= value < len(known) else value
    if isinstance(feature, Mapping):
        parts = {key: name for key, inner in feature.items() if (name := _naming(inner)) is not None}
        return (lambda value: {**value, **{k: name(value[k]) for k, name in parts.items()}}) if parts else None
    inner = feature[0] if isinstance(feature, list) else getattr(feature, "feature", None)
    each = None if inner is None else _naming(inner)
    if each is None:
        return None
    if isinstance(inner, Mapping):  # a list of structures, which the library turns into a structure of lists
        listed = _naming({key: [part] for key, part in inner.items()})
        assert listed is not None
        return lambda value: listed(value) if isinstance(value, Mapping) else [each(item) for item in value or ()]
    return lambda value: [each(item) for item in value or ()]
