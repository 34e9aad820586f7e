"""Numbers on the data of others that a right implementation gives."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analysis.stats.correlation import correlation


def litmus(results, part, name):
    path = results / "litmus" / "SumEval" / "data" / part / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "error", "cells"),
    [("XNLI_XLMR", 0.00346, 150), ("WikiANN_XLMR", 0.02540, 3900), ("UDPOS_XLMR", 0.03823, 3000)],
)
def test_the_language_mean_predicts_the_gold_split_of_litmus_as_published(results, name, error, cells):
    train = pd.DataFrame([run["eval_results"] for run in litmus(results, "train", name)])
    gold = pd.DataFrame([run["eval_results"] for run in litmus(results, "test_gold", name)])
    misses = (gold - train.mean()).abs().to_numpy()
    assert misses.size == cells
    assert misses.mean() == pytest.approx(error, abs=0.000005)


@pytest.mark.parametrize(("name", "expected"), [("TyDiQA_XLMR_ID", 0.92), ("XNLI_XLMR", -0.35)])
def test_more_data_goes_with_higher_scores_for_tydiqa_only(results, name, expected):
    runs = litmus(results, "train", name)
    amount = [sum(run["train_config"].values()) for run in runs]
    score = [np.mean(list(run["eval_results"].values())) for run in runs]
    assert correlation(amount, score, kind="spearman").value == pytest.approx(expected, abs=0.005)


def test_labse_on_tatoeba(results):
    table = pd.read_csv(results / "mteb" / "mteb_trim.csv")
    rows = table[table["model"].str.contains("LaBSE") & (table["task"] == "Tatoeba")]
    assert rows["main_score"].mean() == pytest.approx(0.8114, abs=0.00005)
