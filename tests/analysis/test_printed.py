"""The printed table of the study's first version: read exactly, and the scores made of it."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from shared_files import shared

from analysis.errors import MissingDataError
from analysis.published.printed import mean, printed_table, quantity, stated, statements
from analysis.published.scores import scores_of

V1 = "phang2020-v1"
IDS = {"bucc2018": "bucc", "avg": "xtreme"}


def test_every_entry_of_the_printed_table_stands_as_in_the_fact_sheet() -> None:
    with shared("facts", "phang2020_v1_table2_as_printed.csv").open(encoding="utf-8") as file:
        expected = [
            (r["block"], r["row"], IDS.get(r["target"], r["target"]), r["metric"], r["printed"])
            for r in csv.DictReader(file)
        ]
    assert [(e.block, e.row, e.target, e.metric, e.printed) for e in printed_table(V1).entries] == expected


def test_a_score_is_the_baseline_and_the_printed_gain_in_exact_decimals() -> None:
    table = printed_table(V1)
    base = {(e.target, e.metric): Decimal(e.printed) for e in table.entries if e.block == "baseline"}
    gains = {
        (e.block, e.row, e.target, e.metric): base[e.target, e.metric] + Decimal(e.printed)
        for e in table.entries
        if e.block in {"No MLM", "With MLM"}
    }
    assert len(gains) == 208
    scores = scores_of(V1)
    trained = scores[(scores["split"] == "dev") & (scores["intermediate"] != "none")]
    found = sorted(round(score, 6) for score in trained["score"])
    assert found == sorted(round(float(score), 6) for score in gains.values())


def test_a_printed_number_stands_for_the_interval_of_its_digits() -> None:
    stated_number, found = quantity("8.4"), mean([quantity("+8.3"), quantity("+8.2")])
    assert (found.value, found.half) == (Decimal("8.25"), Decimal("0.05"))
    assert not found.may_be(stated_number)
    assert (quantity("82.7") - quantity("57.3")).may_be(quantity("25.5"))
    assert not (quantity("82.7") - quantity("57.3")).rounds_to(quantity("25.5"))


def test_a_row_with_a_dash_has_no_average() -> None:
    with pytest.raises(MissingDataError, match="Human"):
        printed_table(V1).average("XTREME benchmark scores", "Human")


def test_a_study_without_a_printed_table_is_said_to_have_none() -> None:
    with pytest.raises(MissingDataError, match="no table of stilts is at hand"):
        printed_table("stilts")


def test_every_statement_and_every_table_of_facts_names_its_page() -> None:
    places = [s.place for s in statements(V1)]
    places += [part["place"] for name, part in stated(V1).items() if name != "statement"]
    assert len(places) > 15
    assert all("p. " in place or "pp. " in place for place in places)


def test_the_sizes_of_table_1_are_those_of_the_fact_sheet() -> None:
    text = shared("facts", "phang2020_v1_facts.md").read_text(encoding="utf-8").replace(",", "")
    sizes = stated(V1)["table_1"]
    for part in (*sizes["intermediate"].values(), *sizes["target"].values()):
        for number in (part.get("train"), part.get("dev"), *part.get("test", ())):
            assert number is None or str(number) in text
