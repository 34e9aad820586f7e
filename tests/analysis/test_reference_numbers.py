"""Reference numbers on the data of others, through the importers and the results table.

The same numbers on arrays, and those that need no table, stand in `numerics/`: `test_published_numbers`
(litmus, mteb), `test_ranks` (baycomp, Demšar), `test_small_statistics` (required correlations
and equivalence). The correlations of the litmus trap stand in `test_cost_more_data`.
"""

from __future__ import annotations

import pytest
from shared_files import shared

from analysis.importers import Given, import_results

PRINTED = 0.000005
"""Half of the fifth decimal the error of the language-mean predictor is printed with, in fractions of 1."""


def litmus(part, name):
    path = shared("results", "litmus", "SumEval", "data", part, f"{name}.json")
    return import_results([path], given=Given(split="test")).table


@pytest.mark.parametrize(("name", "error", "cells"), [("XNLI_XLMR", 0.00346, 150), ("UDPOS_XLMR", 0.03823, 3000)])
def test_the_language_mean_of_imported_rows_predicts_the_gold_split_as_published(name, error, cells):
    means = litmus("train", name).groupby("language", observed=True)["score"].mean()
    gold = litmus("test_gold", name)
    misses = (gold["score"] - gold["language"].map(means).astype(float)).abs()
    assert len(misses) == cells
    assert misses.mean() / 100 == pytest.approx(error, abs=PRINTED)


def test_labse_on_tatoeba_after_import():
    path = shared("results", "mteb", "mteb_trim.csv")
    table = import_results([path], keep_unknown=True).table
    rows = table[table["model"].astype(str).str.contains("labse", case=False)]
    rows = rows[rows["target"].astype(str).str.contains("tatoeba", case=False)]
    assert rows["score"].mean() / 100 == pytest.approx(0.8114, abs=0.00005)
