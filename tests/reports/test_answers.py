"""Answers for a terminal, for programs and as tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema
import numpy as np
import pandas as pd
import pytest

from analysis.answer import Answer, Effect
from reports.answers import (
    LINES,
    Asking,
    answer_json,
    answer_lines,
    answer_record,
    brief_lines,
    laid_out,
    plain,
    schema,
    write_tables,
)

NAN = float("nan")
EFFECT = Effect("slope", "mixed model", "points", -1.234, -2.0, -0.5, 0.95, 0.01, 7, "families")
UNTOLD = Effect("other", "mixed model", "points", NAN, NAN, NAN, 0.95, NAN, 0, "", "one family")
ANSWER = Answer(
    "Does it fall?", "yes", "It falls.", "Quite.", ("With logits it would not.",), (EFFECT, UNTOLD),
    tuple(f"row {i}" for i in range(9)), ("synthetic",),
    {"The slopes": pd.DataFrame({"task": ["a", None], "slope": [1.5, np.nan]}), "empty": pd.DataFrame()},
)  # fmt: skip
ASKING = Asking("distance", "claimgauge", "1.0", 3, {"level": 0.95, "kinds": ("script",)}, (("a.csv", "00", 4),))


def test_the_record_fits_its_schema_and_holds_no_nan():
    record = json.loads(answer_json(ANSWER, ASKING), parse_constant=pytest.fail)
    jsonschema.validate(record, schema())
    assert record["tables"]["The slopes"] == {"columns": ["task", "slope"], "rows": [["a", 1.5], [None, None]]}
    assert record["effects"][1]["estimate"] is None
    assert record["asked"]["options"]["kinds"] == ["script"]


def test_a_record_without_a_key_does_not_fit():
    record = answer_record(ANSWER, ASKING)
    del record["says"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema())


@pytest.mark.parametrize(
    ("value", "held"),
    [(np.float64("inf"), None), (np.int64(3), 3), (np.bool_(True), True), (pd.NA, None), (pd.NaT, None),
     (date(2020, 1, 2), "2020-01-02"), ({"a": NAN}, {"a": None})],
)  # fmt: skip
def test_values_become_what_json_can_hold(value, held):
    assert plain(value) == held
    assert type(plain(value)) is type(held)


def test_lines_tell_estimates_that_are_known_and_count_what_is_cut():
    lines = answer_lines(ANSWER)
    estimates = [text for label, text in lines if label == "estimate"]
    assert estimates == ["slope: −1.23 [−2, −0.5] points, p = 0.01 (mixed model; 7 families)"]
    assert ("left out", "and 3 more (--json)") in lines
    shown = laid_out(lines)
    assert max(map(len, shown.splitlines())) <= 100
    assert shown.count("left out") == 1


def test_tables_with_rows_are_written_under_plain_names(tmp_path):
    path, print_ = write_tables(ANSWER, tmp_path / "new")
    assert (path.name, print_.name) == ("the_slopes.csv", "the_slopes.tex")
    assert path.read_text() == "task,slope\na,1.5\n,\n"
    assert print_.read_text().splitlines()[1:6] == [
        r"\toprule",
        r"task & slope \\",
        r"\midrule",
        r"a & 1.5 \\",
        r"-- & -- \\",
    ]
    assert {p.name for p in path.parent.iterdir()} == {"the_slopes.csv", "the_slopes.tex"}


@pytest.mark.parametrize("times", [1, 5, 40])
def test_an_answer_without_details_has_at_most_twelve_lines_and_says_where_it_is_cut(times):
    long = "The gain falls with distance: by 2.01 points (1.02 to 3.00); with script by 1.00. "
    answer = replace(ANSWER, text=(long * times).strip(), sure=(long * times).strip(), hinges=(long.strip(),) * times)
    lines = brief_lines(answer)
    shown = laid_out(lines).splitlines()
    assert len(shown) + 2 <= LINES  # with the word of the answer, and the warning of synthetic scores
    assert max(map(len, shown)) <= 100
    texts = dict(lines)
    assert texts["answer"] == answer.text or (texts["answer"].endswith("…") and times > 1)
    assert "--details" in texts["rests on"]
