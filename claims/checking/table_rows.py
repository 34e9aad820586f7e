"""A results table in memory as rows of evidence."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.published.studies import Studies, series_of
from analysis.registry.vocabulary import vocabulary
from analysis.results.spreads import SPREADS, spread_of
from claims.checking.evidence import ScoreRow, Tier
from claims.checking.standins import SYNTHETIC, source_language_only, stand_ins


def placed(table: pd.DataFrame, studies: Studies) -> pd.DataFrame:
    """The table with studies and versions under the names they are known by."""
    told = list(zip(table["study"].astype(str), table["version"].astype(str), strict=True))
    placed = {each: studies.place(*each) for each in set(told)}
    if all(each == where for each, where in placed.items()):
        return table
    pairs = [placed[each] for each in told]
    return table.assign(study=pd.Categorical([p[0] for p in pairs]), version=pd.Categorical([p[1] for p in pairs]))


NEEDED = (
    "study", "version", "model", "intermediate", "method", "target", "language", "split", "metric", "score",
    "provenance", "source", "decimals", "seed", "n_items",
)  # fmt: skip
"""Columns of the results table that evidence is made from."""


def rows_of(table: pd.DataFrame, tier: Tier) -> Iterator[ScoreRow]:
    """The rows that are evidence: unperturbed, of all English intermediate data; laboratory runs as proxies."""
    unperturbed = table[table["perturbation"].astype(str) == "none"]
    yield from _stand_ins(unperturbed, tier)
    plain = _largest(unperturbed[unperturbed["intermediate_language"].astype(str) == "en"])
    stated = plain[list(SPREADS)].notna().any(axis=None)
    for record in plain[[*NEEDED, *(SPREADS if stated else ())]].to_dict("records"):
        decimals, seed, items = (record.pop(name) for name in ("decimals", "seed", "n_items"))
        spread = spread_of({name: record.pop(name) for name in SPREADS}) if stated else None
        rounding = 0.0 if pd.isna(decimals) else 0.5 * 10.0 ** -float(decimals)
        fields = {str(name): value for name, value in record.items()} | {"study": series_of(record["study"])}
        yield ScoreRow(**fields, rounding=rounding, seed=_whole(seed), n_items=_whole(items), tier=tier, spread=spread)


def _stand_ins(table: pd.DataFrame, tier: Tier) -> Iterator[ScoreRow]:
    words = vocabulary()
    for record in stand_ins(_largest(source_language_only(table, words)), words):
        fields = {str(name): value for name, value in record.items()}
        seed, items = _whole(fields.pop("seed")), _whole(fields.pop("n_items"))
        yield ScoreRow(
            **fields, language="mean", rounding=0.0, seed=seed, n_items=items, provenance=SYNTHETIC, tier=tier
        )


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table with the largest data size of their run."""
    for column in ("intermediate_examples", "target_examples"):
        sizes = table[column].fillna(float("inf"))
        key = [table[c].astype(str) for c in ("study", "version", "model", "intermediate", "method", "target")]
        table = table[sizes == sizes.groupby(key).transform("max")]
    return table


def _whole(value: float | None) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
