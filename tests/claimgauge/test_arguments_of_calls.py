"""Every public function of the Python interface refuses a wrong argument with one error, before it begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

import claimgauge as cg
from analysis.errors import ClaimgaugeError, InputError, UsageError

REPORT = Path(__file__).parents[2] / "examples" / "report.md"
P = "published:phang2020-v1"
TEXT = "# Claims\n\n- MNLI has 500 training examples.\n"
WIDE = pd.DataFrame({"model": ["Alpha", "Beta", "maker/gamma-base"], "Foo": [60.5, 58.4, 57.0], "Bar": [80.1, 79, 78]})
BOARD = WIDE.assign(Baz=[50.0, 51.0, 47.0], Qux=[40.0, 42.0, 37.0])
SPREADS = {"seeds": 3, "tasks": 9, "families": 8, "languages": 2}


def refused(call: Callable[[], object], *parts: str) -> None:
    with pytest.raises(ClaimgaugeError) as raised:
        call()
    assert raised.value.exit_code in {2, 3, 4}
    for part in parts:
        assert part in str(raised.value)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"seed": -1}, ["seed -1", "0 or more"]),
        ({"seed": "a"}, ["seed 'a'"]),
        ({"level": "a"}, ["level 'a'", "between 0 and 1"]),
        ({"size": 200.5}, ["size 200.5", "whole number"]),
        ({"model": 3}, ["model 3"]),
        ({"model": "xlm-r-larg"}, ["'xlm-r-larg'", "did you mean 'xlm-r-large'"]),
        ({"study": "foo"}, ["study 'foo'", "phang2020-v1"]),
        ({"items": 3}, ["items 3"]),
        ({"registry": 3}, ["registry"]),
        ({"assume": "split=test"}, ["assume 'split=test'", '{"split": "test"}']),
        ({"assume": {"splitt": "test"}}, ["'splitt'", "did you mean 'split'"]),
        ({"published": "no"}, ["published 'no'", "True or False"]),
    ],
    ids=str,
)
def test_a_question_refuses_an_option_it_cannot_take(options: dict[str, object], parts: list[str]) -> None:
    refused(partial(cg.ask.hierarchy, P, **options), *parts)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"kinds": ["lexicalx"]}, ["'lexicalx'", "syntactic"]),
        ({"kinds": "script"}, ["kinds 'script'", "list"]),
        ({"split": "foo"}, ["split 'foo'", "dev, test"]),
        ({"metric": "foo"}, ["metric 'foo'", "accuracy"]),
        ({"hold": ["skript"]}, ["'skript'", "did you mean 'script'"]),
        ({"distances": 3}, ["distances 3"]),
        ({"controls": 3}, ["controls 3"]),
        ({"measure": "x"}, ["measure 'x'", "cosine"]),
    ],
    ids=str,
)
def test_distance_refuses_names_and_files_that_are_none(options: dict[str, object], parts: list[str]) -> None:
    refused(partial(cg.ask.distance, P, outcome="score", **options), *parts)
    if "hold" not in options and "controls" not in options:
        refused(partial(cg.plot.distance, P, outcome="score", **options), *parts)


@pytest.mark.parametrize("given", [3, b"a", {"a": 1}, [3], "", ".", "nowhere.csv", WIDE["Foo"], pd.DataFrame(), None])
@pytest.mark.parametrize("call", [cg.read_results, cg.gains, cg.ask.hierarchy, cg.plot.matrix])
def test_what_is_no_result_is_refused_by_whatever_takes_results(
    call: Callable[..., object], given: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(partial(call, given))


@pytest.mark.parametrize("reports", [None, 3, "", ".", [], [None], b"text", WIDE])
def test_verify_refuses_what_is_no_report(reports: object) -> None:
    refused(partial(cg.verify, reports))


@pytest.mark.parametrize(
    "options",
    [
        {"results": 3}, {"tables": "."}, {"sources": "nowhere"}, {"definitions": 3}, {"assertions": "."},
        {"columns": "claim=a"}, {"assume": "split=test"}, {"strict": "no"}, {"built_in": None},
    ],
    ids=str,
)  # fmt: skip
def test_verify_refuses_options_it_cannot_take(options: dict[str, object]) -> None:
    refused(partial(cg.verify, TEXT, **options))


def test_verify_refuses_results_of_one_column_whose_numbers_have_no_names(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("a\n1\n", encoding="utf-8")
    for results in (pd.DataFrame({"a": [1]}), tmp_path / "one.csv"):
        refused(partial(cg.verify, TEXT, results=results), "none of the known layouts")
    named = pd.DataFrame({"a": [1]}, index=["Alpha"])
    assert cg.verify(TEXT, results=named).claims


@pytest.mark.parametrize(
    ("claim", "options"),
    [
        (None, {}), ("", {}), (["a"], {}), ("A beats B.", {"table": []}), ("A beats B.", {"table": WIDE["Foo"]}),
        ("A beats B.", {"table": "."}), ("A beats B.", {"table": WIDE, "results": WIDE}),
    ],
)  # fmt: skip
def test_check_refuses_what_is_no_claim_and_no_table(claim: object, options: dict[str, object]) -> None:
    refused(partial(cg.check, claim, **options))


@pytest.mark.parametrize(("assume", "part"), [({"bogus": "x"}, "'bogus'"), ({"split": "test"}, "split=test")])
def test_what_is_assumed_beside_a_table_is_refused_and_not_ignored(assume: dict[str, object], part: str) -> None:
    refused(partial(cg.check, "Alpha beats Beta on Foo.", WIDE, assume=assume), part)


@pytest.mark.parametrize(
    "options",
    [
        {"plan": None}, {"only": "target=x"}, {"only": 3}, {"workers": -1}, {"max_flops": "a"}, {"allow_code": 3},
        {"max_flops": -1}, {"max_flops": float("nan")},
    ],
    ids=str,
)  # fmt: skip
def test_run_refuses_arguments_it_cannot_take(options: dict[str, object]) -> None:
    refused(partial(cg.run, **{"plan": "lab", "dry_run": True, **options}), next(iter(options)))


@pytest.mark.parametrize("place", ["/proc/nope.svg", "file/x.svg", "file"])
@pytest.mark.parametrize("what", ["grid", "verdicts", "figure"])
def test_a_path_that_cannot_be_written_is_one_error_that_names_it_as_it_was_given(
    what: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    place = "file/x.png" if (what, place) == ("figure", "file") else place
    call = {
        "grid": lambda: cg.run("lab", place, only=["target=lab-pos", "seed=1", "intermediate=none"]),
        "verdicts": lambda: cg.verify(TEXT).write(place),
        "figure": lambda: cg.plot.save(Figure(), place),
    }[what]
    with pytest.raises(InputError) as raised:
        call()
    assert raised.value.where == place
    assert ".part" not in str(raised.value)
    assert "name another path" in str(raised.value)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("content", [None, "folder", b"\xff\xfe\x00a", b"{"])
@pytest.mark.parametrize(
    "call",
    [
        cg.plot.claims,
        lambda name: cg.run("lab", "out", records=name),
        lambda name: cg.run(name, dry_run=True),
        lambda name: cg.run("lab", dry_run=True, vocabulary=name),
        lambda name: cg.verify(TEXT, definitions=name),
        lambda name: cg.verify(TEXT, assertions=name),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do_and_without_words_of_a_library(
    call: Callable[[str], object], content: bytes | str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if content == "folder":
        Path("file.toml").mkdir()
    elif isinstance(content, bytes):
        Path("file.toml").write_bytes(content)
    with pytest.raises(InputError) as raised:
        call("file.toml")
    assert raised.value.where == "file.toml"
    assert not [word for word in ("Errno", "Expecting", "magic", "codec", "char ") if word in str(raised.value)]


def test_figures_refuse_options_they_lack_and_what_is_no_figure(tmp_path: Path) -> None:
    refused(partial(cg.plot.matrix, P, colour="red"), "'colour'", "model, split")
    refused(partial(cg.plot.matrix, P, seed=-1), "seed -1")
    refused(partial(cg.plot.scores, "published:euroeval", by="foo"), "by 'foo'", "'tasks', 'languages'")
    refused(partial(cg.plot.save, None, tmp_path / "x.svg"), "figure None")
    refused(partial(cg.plot.claims, 3), "verdicts 3")
    for missing in (lambda: cg.plot.stated, lambda: cg.ask.bogus):
        with pytest.raises(AttributeError, match="there are"):
            missing()


@pytest.mark.parametrize("spreads", ["noise=1", {"noise": float("nan")}, {"noise": -1}, {"noise": 0}, {"nois": 1}])
def test_power_refuses_spreads_that_are_no_standard_deviations(spreads: object) -> None:
    refused(partial(cg.ask.power, spreads=spreads, **SPREADS), "spread")


def test_power_says_which_spreads_it_assumes_to_be_none() -> None:
    some = cg.ask.power(about="these", spreads={"noise": 0.5}, **SPREADS)
    assert "Assumed, as not stated: no spread of run (--spread NAME=POINTS)." in some.text
    both = cg.ask.power(about="these", spreads={"noise": 0.5, "run": 0.2}, **SPREADS)
    assert "Assumed" not in both.text
    assert "1 task and 8 families" in cg.ask.power(about="these", spreads={"noise": 0.5}, **SPREADS | {"tasks": 1}).text


def test_a_leaderboard_is_read_from_python_as_by_the_command_line() -> None:
    found = cg.ask.compare(BOARD, model="gamma-base", baseline="Alpha")
    assert found.answer.question == "Is maker/gamma-base better than Alpha?"
    assert isinstance(cg.plot.scores(BOARD), Figure)
    assert set(cg.read_results(BOARD, leaderboard=True)["split"]) == {"test"}
    assumed = cg.read_results(BOARD, leaderboard=True, assume={"split": "dev"})
    assert set(assumed["split"]) == {"dev"}
    with pytest.raises(InputError):
        cg.read_results(BOARD)
    with pytest.raises(UsageError, match="no row 'gamma-bsae'; did you mean 'maker/gamma-base'"):
        cg.ask.compare(BOARD, model="gamma-bsae")


def test_the_verdicts_that_verify_writes_are_drawn(tmp_path: Path) -> None:
    found = cg.verify(REPORT)
    found.write(tmp_path)
    for draw in (cg.plot.claims, cg.plot.calibration):
        for given in (found, tmp_path / "verdicts.json", str(tmp_path / "verdicts.json")):
            assert isinstance(draw(given), Figure)
