"""`claimgauge analyze` as a user runs it, and its options beside those of the questions."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from command import claimgauge

from analysis.errors import InputError
from claimgauge.commands.analyze import command
from claimgauge.questions import QUESTIONS
from reports.answers import schema

NOT_OPTIONS = {"seed", "registry", "second"}
"""Fields of a design that are no options of the question: --seed, --vocabulary."""
ONLY_OPTIONS = {"measure", "heat_map"}
"""Options that say how a file named by another option is read, or where a figure is written."""


def analyze(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False, env={"NO_COLOR": "1"})


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        {
            "model": "xlm-r-base", "intermediate": run, "target": "xnli", "language": language, "split": "test",
            "metric": "accuracy", "perturbation": name, "seed": seed, "provenance": "synthetic",
            "score": 60 + 3 * (run == "mnli>qqp") - 5 * (name == "typos") + 0.1 * seed + 0.05 * (seed == 1) * (run < "n"),
        }
        for run in ("none", "mnli>qqp", "qqp>mnli") for language in ("de", "fr")
        for seed in range(3) for name in ("none", "typos")
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("orders") / "runs.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_options_are_the_fields_of_the_design_with_their_defaults(name: str) -> None:
    arguments = {choice.name: choice for choice in fields(import_module(f"analysis.questions.{name}").DESIGN)}
    options = {option.name: option.default for option in QUESTIONS[name].options if option.name != "matters"}
    assert set(options) - ONLY_OPTIONS == set(arguments) - NOT_OPTIONS - ({"level"} if name == "power" else set())
    for argument, default in options.items():
        if argument not in {"kinds", "spreads", "distances", "controls"} | ONLY_OPTIONS:
            assert default == arguments[argument].default, argument


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_help_with_an_example(name: str) -> None:
    shown = analyze(name, "--help").output
    assert "Example" in shown
    assert f"claimgauge analyze {name}" in shown
    assert "--json" in shown


def test_an_answer_is_printed_with_its_grounds_and_synthetic_scores_are_called_so(orders: Path) -> None:
    done = claimgauge("analyze", "order", orders)
    assert done.returncode == 0, done.stderr
    first, *_ = done.stdout.splitlines()
    assert first.startswith("SYNTHETIC DATA")
    for label in ("asked ", "says ", "answer ", "how sure ", "rests on "):
        assert f"\n{label}" in done.stdout


def test_json_holds_the_whole_answer_and_the_same_seed_gives_the_same(orders: Path, tmp_path: Path) -> None:
    done = analyze("order", orders, "--json", "--seed", "5", "--tables", tmp_path)
    again = analyze("order", orders, "--json", "--seed", "5")
    assert done.stdout == again.stdout
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema())
    assert record["provenance"] == ["synthetic"]
    assert record["asked"]["seed"] == 5
    assert record["asked"]["results"][0]["rows"] == 36
    assert list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("name", ["cost", "order", "sources"])
def test_what_cannot_be_told_is_an_answer_and_no_error(name: str) -> None:
    done = analyze(name, "--published")
    assert done.exception is None, done.output
    assert "cannot-tell" in done.output
    assert "because" in done.output


def test_without_results_or_with_a_wrong_option_the_call_is_refused(orders: Path) -> None:
    for arguments, part in (
        (["order"], "no results given"),
        (["power", "--spread", "seeds"], "NAME=POINTS"),
        (["order", orders, "--model", "bert-of-nowhere"], "bert-of-nowhere"),
    ):
        done = claimgauge("analyze", *arguments)
        assert done.returncode == 2, done.stderr
        assert part in done.stderr


@pytest.fixture
def falling(tmp_path: Path) -> Path:
    """Scores that fall with a made-up distance, in eight languages of eight families."""
    rng = np.random.default_rng(3)
    rows = [
        {
            "model": "xlm-r-base", "intermediate": "none", "target": target, "language": language, "split": "test",
            "metric": "accuracy", "seed": seed, "provenance": "synthetic",
            "score": 70 - 20 * far + rng.normal(0, 0.3),
        }
        for target in ("xnli", "pawsx", "xcopa") for language, far in FAR.items() for seed in range(2)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "scores.csv", index=False)
    lines = [f"en,{language},{far}" for language, far in FAR.items()]
    (tmp_path / "lexical.csv").write_text("\n".join(["language,other,distance", *lines, "en,xx,0.1"]), encoding="utf-8")
    sizes = [f"{language},{i}" for i, language in enumerate(FAR)]
    (tmp_path / "sizes.csv").write_text("\n".join(["language,pretraining GB", *sizes, "xx,3"]), encoding="utf-8")
    return tmp_path


FAR = {"de": 0.1, "fi": 0.3, "tr": 0.5, "ta": 0.9, "sw": 0.6, "vi": 0.8, "ko": 0.7, "ka": 0.4}


def test_own_distances_and_facts_to_hold_constant_are_taken_from_files(falling: Path) -> None:
    done = analyze(
        "distance", falling / "scores.csv", "--outcome", "score", "--no-specifications", "--permutations", "19",
        "--distances", f"lexical={falling / 'lexical.csv'}", "--controls", falling / "sizes.csv",
        "--kind", "lexical", "--json",
    )  # fmt: skip
    assert done.exception is None, done.output
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema())
    assert record["says"] == "yes"
    assert record["effects"][0]["name"] == "slope of score on lexical distance"
    assert any("pretraining GB held constant" in effect["method"] for effect in record["effects"])
    assert any("languages outside the vocabulary: xx" in line for line in record["left_out"])
    assert "sizes.csv outside the vocabulary: xx" in done.stderr
    assert record["asked"]["options"]["controls"].endswith("sizes.csv")


def test_a_table_of_distances_without_a_kind_says_how_to_name_it(falling: Path) -> None:
    done = analyze("distance", falling / "scores.csv", "--distances", falling / "lexical.csv")
    assert isinstance(done.exception, InputError)
    assert "KIND=FILE" in str(done.exception)


def test_stored_items_add_tests_item_by_item(orders: Path, tmp_path: Path) -> None:
    rows = [
        {
            "intermediate": run, "target": "xnli", "language": "de", "perturbation": name, "seed": seed,
            "item": f"i{item}", "correct": int(item % 2 == 0 or (run == "mnli>qqp" and item % 3 == 0)),
        }
        for run in ("mnli>qqp", "qqp>mnli") for name in ("none", "typos") for seed in range(3) for item in range(60)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "items.csv", index=False)
    done = analyze("order", orders, "--items", tmp_path)
    assert done.exception is None, done.output
    assert "6 of 6 pairs of runs get different items right" in " ".join(done.output.split())
    record = json.loads(analyze("order", orders, "--items", tmp_path, "--json").stdout)
    assert {"items", "items_by_run"} <= set(record["tables"])
    told = [effect for effect in record["effects"] if "item by item" in effect["method"] and not effect["because"]]
    assert [round(effect["estimate"]) for effect in told] == [17]
    assert told[0]["p_value"] < 0.05
