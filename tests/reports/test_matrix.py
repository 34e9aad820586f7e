"""The transfer matrix and its table in the page."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from scipy import stats

from analysis.errors import MissingDataError
from analysis.gains import SummaryDesign, gains, summary
from analysis.published.scores import scores_of
from analysis.results.table import validate
from reports.bundle import Bundle
from reports.matrix import limit_of, pooled_studies, transfer_matrices, transfer_matrix
from reports.matrix_view import matrix_views

BASES = {"xnli": "accuracy", "udpos": "f1", "bucc": "f1"}


def rows(model="xlm-r-large", seeds=3, source="<b>run</b>"):
    for target, metric in BASES.items():
        for language in ("de", "zh"):
            for run, gain in (("none", 0.0), ("mnli", 1.0), ("mnli>qqp", -2.0)):
                if (run, target) == ("mnli>qqp", "udpos"):
                    continue
                for seed in range(seeds):
                    yield {
                        "model": model, "intermediate": run, "target": target, "language": language, "split": "dev",
                        "metric": metric, "seed": seed, "provenance": "measured", "source": source,
                        "score": 60 + gain * (20 if target == "bucc" else 1) + 0.05 * seed * (run != "none"),
                    }  # fmt: skip


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="module")
def table():
    return validate(pd.DataFrame(rows()), "runs.csv")


@pytest.fixture(scope="module")
def matrix(table):
    return transfer_matrix(table, rng=np.random.default_rng(0))


def test_gains_stand_in_their_cells_and_what_was_not_run_is_absent(matrix):
    assert matrix.runs == ("MNLI", "MNLI then QQP")
    assert matrix.cells["MNLI", "xnli"].gain == pytest.approx(1.05)
    assert matrix.cells["MNLI then QQP", "bucc"].gain == pytest.approx(-39.95)
    assert ("MNLI then QQP", "udpos") not in matrix.cells
    assert matrix.run_means["MNLI then QQP"].targets == 2
    assert [name for name, _ in matrix.groups] == ["sentence pairs", "tagging", "retrieval"]


def test_a_mean_with_its_spread_has_the_interval_that_follows_from_it(rng):
    stated = [
        {"model": "m", "intermediate": run, "target": "xnli", "split": "dev", "score": score} | spread
        for run, score, spread in (
            ("none", 70.0, {"sd": 0.6, "n_seeds": 4}),
            ("mnli", 72.0, {"sd": 0.8, "n_seeds": 4}),
            ("qqp", 72.0, {}),
        )
    ]
    found = transfer_matrix(validate(pd.DataFrame(stated), "runs.csv"), rng=rng)
    cell = found.cells["MNLI", "xnli"]
    half = stats.t.ppf(0.975, (0.09 + 0.16) ** 2 / ((0.09**2 + 0.16**2) / 3)) * 0.5
    assert (cell.low, cell.high) == pytest.approx((2 - half, 2 + half))
    assert (cell.seeds, cell.sign) == (4, 1)
    unstated = found.cells["QQP", "xnli"]
    assert (unstated.languages, unstated.seeds) == (0, 0)
    assert {square.made_of for _, _, square in matrix_views([found])[0].behind} == {"4 seeds", ""}
    assert found.cells["QQP", "xnli"].because == "one seed shows no spread"


def test_the_numbers_are_those_of_the_summary_of_gains(table, matrix):
    found = summary(gains(table), SummaryDesign(by=("intermediate", "target"), seed=3)).frame
    for _, row in found[found["intermediate"] == "mnli"].iterrows():
        cell = matrix.cells["MNLI", row["target"]]
        assert cell.gain == pytest.approx(row["mean"])
        assert (cell.low, cell.high) == pytest.approx((row["mean_low"], row["mean_high"]), abs=0.02)


def test_every_cell_knows_its_scores_and_those_of_its_baseline(matrix):
    first, second = matrix.cells["MNLI", "xnli"].scores
    assert first == "score 61.05 (mean over 3 seeds and 2 languages): <b>run</b>, measured"
    assert second.startswith("baseline score 60.00 (mean over 3 seeds")


def test_one_seed_gives_a_gain_without_an_interval(rng):
    found = transfer_matrix(validate(pd.DataFrame(rows(seeds=1)), "one.csv"), rng=rng)
    cell = found.cells["MNLI", "xnli"]
    assert (cell.gain, cell.sign, cell.because) == (pytest.approx(1.0), 0, "one seed shows no spread")
    assert math.isnan(cell.low)


def test_each_model_has_a_matrix_of_its_own_and_unknown_ones_are_refused(rng):
    both = validate(pd.DataFrame([*rows(), *rows("mbert", seeds=2)]), "both.csv")
    assert [m.model for m in transfer_matrices(both, rng=rng)] == ["XLM-R Large", "mBERT"]
    assert transfer_matrix(both, rng=rng, model="mbert").model == "mBERT"
    with pytest.raises(MissingDataError, match=r"no gain of model 'xlm'.*XLM-R Large and mBERT"):
        transfer_matrix(both, rng=rng, model="xlm")


def test_published_gains_pair_only_across_studies_and_say_so(rng):
    with pytest.raises(MissingDataError, match="--across-studies"):
        transfer_matrix(scores_of("xtreme"), rng=rng)
    found = transfer_matrix(pooled_studies(scores_of("xtreme"), ["x-stilts-first-version"]), rng=rng)
    assert found.cells["best task per target", "tydiqa"].gain == pytest.approx(10.9)
    assert any("whole benchmarks" in text for text in found.left_out)


def test_the_limit_of_colours_is_round_and_not_drawn_out_by_one_large_gain():
    assert limit_of([0.5] * 30 + [25.0]) == 1.0
    assert limit_of([20.0, 22.0, 27.0]) == 30.0
    assert limit_of([]) == 1.0


# -------------------------------------------------------------------------------- in the page


@pytest.fixture(scope="module")
def page(tmp_path_factory, tool, checked, matrix):
    texts = []
    for name in ("a", "b"):
        out = tmp_path_factory.mktemp(name)
        with Bundle(out, tool=tool, formats=("html",), matrices=(matrix,)) as bundle:
            bundle.add(checked)
            bundle.finish()
        texts.append((out / "report.html").read_bytes())
    assert texts[0] == texts[1], "the same input gives the same bytes"
    return BeautifulSoup(texts[0].decode("utf-8"), "html.parser")


def test_the_table_reads_well_aloud(page):
    table = page.select_one("#s-matrix table.gains")
    assert "Gain over no intermediate training" in table.caption.text
    assert all(th.get("scope") for th in table.find_all("th"))
    assert [th.text for th in table.select('tbody th[scope="row"]')] == ["MNLI", "MNLI then QQP"]
    assert [th["colspan"] for th in table.select('th[scope="colgroup"]')] == ["1", "1", "1"]
    (lacking,) = table.select("td.nil")
    assert lacking.select_one(".hidden").text == "not measured"


def test_cells_say_what_their_colour_says_and_what_stands_behind_them(page):
    cell = page.select_one("table.gains tbody td")
    assert cell.contents[0] in {"+1.0", "+1.1"}
    assert "interval excludes 0" in cell.text
    assert set(cell["class"]) >= {"num", "up3", "sure"}
    assert "95 % interval" in cell["title"]
    assert "baseline score 60.00" in cell["title"]
    assert float(cell["data-value"]) == pytest.approx(1.05)
    behind = page.select("section.behind tbody tr")
    assert len(behind) == 5
    assert "<b>run</b>" in behind[0].text
    assert not page.select("#s-matrix b")


def test_tables_can_be_saved_each_under_its_own_name(page):
    names = [button["data-file"] for button in page.select("#s-matrix button.csv")]
    assert names == ["gains-1", "gains-1-scores"]
    assert all(len(button.find_parent("section").find_all("table")) == 1 for button in page.select("#s-matrix .csv"))


def test_without_gains_the_page_has_no_matrix(written, checked):
    text = (written(checked) / "report.html").read_text(encoding="utf-8")
    assert 'id="s-matrix"' not in text
    assert 'href="#s-matrix"' not in text
