"""`claimgauge analyze` as a user runs it, and its options beside those of the questions."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from test_verify_command import claimgauge

from claimgauge.commands.analyze import QUESTIONS, command
from reports.answers import schema

NOT_OPTIONS = {"results", "rng", "words", "distances", "controls", "items"}
"""Arguments of `ask` that are tables or mappings, not options."""


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
def test_the_options_are_the_arguments_of_the_question_with_their_defaults(name: str) -> None:
    arguments = inspect.signature(import_module(f"analysis.{name}").ask).parameters
    options = {option.name: option.default for option in QUESTIONS[name].options}
    assert set(options) == set(arguments) - NOT_OPTIONS
    for argument, default in options.items():
        if argument not in {"kinds", "spreads"}:
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
