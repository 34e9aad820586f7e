"""The work of the command line from Python: texts, files and data frames in; objects that show themselves out."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from command import claimgauge

import claimgauge as cg
from analysis.errors import InputError, UsageError
from claimgauge.api import checking, tables, verifying
from claimgauge.terminal import summary_of

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "report.md"
RUNS = pd.DataFrame(
    {
        "model": ["xlm-r-large"] * 4,
        "intermediate": ["none", "none", "mnli", "mnli"],
        "target": ["xnli", "paws-x"] * 2,
        "language": ["mean"] * 4,
        "split": ["test"] * 4,
        "score": [79.2, 86.4, 80.4, 86.0],
    }
)
TEXT = """# Claims

- MNLI improves XNLI by 1.2 points.
- MNLI improves PAWS-X.
"""


@pytest.mark.parametrize("module", [verifying, checking, tables], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_do_what_they_say(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
    assert doctest.testmod(module).attempted > 0  # type: ignore[arg-type]


def test_the_page_on_python_shows_what_python_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted > 10) == (0, True)


def test_a_text_is_checked_against_a_frame_and_opens_down_to_the_cell() -> None:
    found = cg.verify(TEXT, results=RUNS, built_in=False)
    assert found.to_frame()["verdict"].tolist() == ["supported", "refuted"]
    assert {"data frame"} == {
        item.source for c in found.claims for item in c.verdict.evidence if item.provenance == "imported"
    }
    assert found.evidence().query("id == 'C02' and provenance == 'imported'")["value"].tolist() == [86.0, 86.4]


def test_a_frame_of_another_library_gives_the_verdicts_of_the_same_frame_of_pandas() -> None:
    ours, theirs = (cg.verify(TEXT, results=r, built_in=False).to_json() for r in (RUNS, pa.table(RUNS)))
    assert ours == theirs


def test_python_and_the_command_line_write_the_same_bytes(tmp_path: Path) -> None:
    cg.verify(REPORT).write(tmp_path / "python")
    claimgauge("verify", REPORT, "--out", tmp_path / "command")
    for name in ("report.html", "verdicts.json", "report.md", "junit.xml", "verdicts.sarif"):
        assert (tmp_path / "python" / name).read_bytes() == (tmp_path / "command" / name).read_bytes()
    assert cg.verify(str(REPORT)).to_html() == (tmp_path / "command" / "report.html").read_text(encoding="utf-8")


def test_a_string_without_a_line_break_is_a_path_so_a_slip_in_it_is_no_report() -> None:
    with pytest.raises(InputError, match="no such file"):
        cg.verify("repport.md")


def test_a_fault_of_a_text_names_the_text_and_no_temporary_file() -> None:
    with pytest.raises(InputError) as raised:
        cg.verify("\n\n{}\n")
    assert str(raised.value).startswith("text: ")
    assert "claimgauge-" not in str(raised.value)


def test_what_stands_in_a_report_is_text_in_a_notebook_and_no_markup() -> None:
    shown = cg.verify("# Claims\n\n- `<script>alert(1)</script>` beats &lt;b&gt; by 2 points.\n")._repr_html_()
    assert "<script" not in shown
    assert "not testable" in shown.lower()


def test_a_sentence_is_checked_over_a_frame_and_over_the_built_in_scores() -> None:
    scores = pd.DataFrame({"model": ["Alpha", "Beta"], "NUS accuracy": [60.5, None]})
    assert cg.check("Alpha has 60.5 accuracy on NUS.", scores).verdict.verdict == "supported"
    assert cg.check("MNLI has 500 training examples.").verdict.verdict == "refuted"
    with pytest.raises(InputError, match="holds no number"):
        cg.check("Alpha beats Beta.", pd.DataFrame({"model": ["Alpha", "Beta"]}))
    with pytest.raises(UsageError, match="not int"):
        cg.check("Alpha beats Beta.", 5)


WIDE = pd.DataFrame({"Intermediate": ["none", "MNLI"], "XNLI": [78.9, 79.4], "XQuAD": [76.2, 76.9]})


def test_a_frame_decides_what_the_file_it_was_read_from_decides(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(
        "model,language,XNLI,XQuAD\nmBERT,de,68.4,67.0\nInfoXLM,de,83.2,81.7\nRemBERT,de,84.9,81.9\n", "utf-8"
    )
    report = (
        "# Ours\n\n- RemBERT is the best model on XQuAD in German.\n- InfoXLM is the best model on XQuAD in German.\n"
    )
    said = {"split": "test", "metric": "f1"}
    from_file, from_frame = (
        cg.verify(report, results=results, assume=said, built_in=False) for results in (file, pd.read_csv(file))
    )
    assert from_file.to_frame()["verdict"].tolist() == ["supported", "refuted"]
    assert from_frame.to_frame()["verdict"].tolist() == ["supported", "refuted"]
    assert all("data_frame" not in claim.verdict.reason for claim in from_frame.claims)


def test_what_decides_a_claim_stands_once_and_not_again_beside_it() -> None:
    scores = pd.DataFrame({"model": ["mBERT", "XLM-R Large"], "language": "sw", "XNLI": [55.1, 70.1]})
    claim = "XLM-R Large beats mBERT by 15.0 points on XNLI in Swahili."
    found = cg.check(claim, results=scores, built_in=False, assume={"split": "test"})
    assert found.verdict.verdict == "supported"
    assert [(item.value, item.role) for item in found.verdict.evidence] == [
        (15.0, "decides"),
        (70.1, "decides"),
        (55.1, "decides"),
    ]


def test_a_table_that_names_no_measure_is_answered_with_where_to_name_it_and_then_decides() -> None:
    claim = "RemBERT is the best model on XQuAD."
    bare, named = (pd.DataFrame({"model": ["RemBERT", "mBERT"], head: [81.9, 67.0]}) for head in ("XQuAD", "XQuAD F1"))
    assert "name the measure in the header, such as “XQuAD F1”" in cg.check(claim, bare).reason
    assert cg.check(claim, named).verdict.verdict == "supported"


def test_one_claim_is_a_claim_in_the_summary() -> None:
    (report,) = cg.verify("# Claims\n\n- MNLI has 392,702 training examples.\n").reports
    assert "1 claim: " in summary_of(report, brief=True)


@pytest.mark.parametrize("name", ["Intermediate", None])
def test_the_index_of_a_frame_names_its_rows(name: str | None) -> None:
    frame = WIDE.set_index("Intermediate").rename_axis(name)
    report = "# Ours\n\n- MNLI improves XNLI by 0.5 points.\n- MNLI improves XNLI by 0.9 points.\n"
    said = {"split": "test", "metric": "f1"}
    found = cg.verify(report, results=frame, assume=said, built_in=False)
    assert found.to_frame()["verdict"].tolist() == ["supported", "refuted"]
    assert repr(cg.check("MNLI has the highest XNLI score.", frame)) == "<supported: MNLI has the highest XNLI score.>"


def test_a_frame_that_is_no_results_table_is_a_table_by_others_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    birds = pd.DataFrame({"system": ["Heron", "Kestrel"], "German F1": [74.7, 69.9], "params (M)": [560, 270]})
    found = cg.verify("# Birds\n\n- Heron beats Kestrel on German.\n", results=birds, built_in=False)
    assert found.to_frame()["verdict"].tolist() == ["supported"]
    assert {item.source.split(",")[0] for c in found.claims for item in c.verdict.evidence} == {"data frame"}
    assert [(file.path, file.rows) for file in found.tool.results] == [("data frame", 2)]
    assert (
        "note: data frame is read as a table by others; for results: no name in it is a task" in capsys.readouterr().err
    )
    assert cg.check("Kestrel beats Heron on German.", results=birds).verdict.verdict == "refuted"


def test_a_frame_meant_as_results_with_a_fault_is_no_table_by_others() -> None:
    with pytest.raises(InputError, match="score"):
        cg.verify(TEXT, results=RUNS.assign(score=[79.2, 86.4, 80.4, 860.0]))


def test_what_a_frame_leaves_open_is_asked_for_as_python_writes_it() -> None:
    with pytest.raises(InputError) as caught:
        cg.gains(WIDE)
    assert 'give assume={"split": "…"} (train, dev, test)' in str(caught.value)
    assert 'all at once: assume={"split": "…", "metric": "…"}' in str(caught.value)
    with pytest.raises(InputError, match="the split is not stated"):
        cg.verify(TEXT, results=WIDE)
    assert "--" not in str(caught.value)


def test_a_sentence_that_is_not_read_offers_one_that_would_be() -> None:
    scores = pd.DataFrame({"model": ["Alpha", "Beta"], "NUS accuracy": [60.5, 58.4]})
    found = cg.check("Alpha zorgly beats Beta on NUS.", scores)
    assert found.rewording
    assert found.rewording in found._repr_html_()
    assert cg.check(found.rewording, scores).verdict.verdict == "supported"


def test_gains_are_those_of_the_frame_and_say_what_has_no_baseline() -> None:
    found = cg.gains(RUNS)
    assert found.set_index("target")["gain"].round(6).to_dict() == {"xnli": 1.2, "pawsx": -0.4}
    assert cg.gains(RUNS[RUNS["intermediate"] != "none"]).attrs["left_out"]


def test_an_answer_says_what_the_command_says_in_text_and_as_json() -> None:
    found = cg.ask.hierarchy("published:phang2020-v1", size=200)
    arguments = ["analyze", "hierarchy", "published:phang2020-v1", "--size", "200"]
    printed = json.loads(claimgauge(*arguments, "--json").stdout)
    assert {**json.loads(found.to_json()), "asked": None} == {**printed, "asked": None}
    assert str(found) == claimgauge(*arguments).stdout.rstrip("\n")
    assert found.says in found._repr_html_()


def test_an_option_that_a_question_lacks_and_a_value_out_of_range_are_named() -> None:
    for options, part in (({"colour": "red"}, "'colour'"), ({"margin": -2.0}, "margin -2.0")):
        with pytest.raises(UsageError, match=part):
            cg.ask.hierarchy("published:phang2020-v1", **options)


def test_a_figure_is_one_of_matplotlib_and_is_saved_as_the_command_saves_it(tmp_path: Path) -> None:
    cg.plot.save(cg.plot.matrix("published:phang2020-v1"), tmp_path / "python.svg")
    claimgauge("plot", "matrix", "published:phang2020-v1", "-o", tmp_path / "command.svg")
    assert (tmp_path / "python.svg").read_bytes() == (tmp_path / "command.svg").read_bytes()


def test_a_figure_shows_itself_in_a_notebook() -> None:
    shown = cg.plot.matrix("published:phang2020-v1")._repr_png_()
    assert shown.startswith(b"\x89PNG")
    assert len(shown) > 10_000


def test_a_dry_run_prices_a_plan_and_a_run_without_a_folder_is_refused() -> None:
    assert cg.run("lab", dry_run=True, only=["target=lab-retrieval"]).nodes  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="--out DIR"):
        cg.run("lab")


def test_importing_the_package_imports_no_other_and_an_unknown_name_lists_the_known() -> None:
    code = "import sys; before = set(sys.modules); import claimgauge; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "pandas" not in done.stdout
    assert "claims" not in done.stdout
    with pytest.raises(AttributeError, match="read_results"):
        cg.load_results  # noqa: B018
