"""`claimgauge import` as a user runs it: files on disk, exit codes, what is written beside the table."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pandas as pd
import pytest
from command import EXAMPLE, claimgauge
from settings_file import configured

from analysis.results.table import load_results
from reports.verdicts_read import whole

LATEX = r"""\begin{tabular}{lrr} Task & XNLI & XQuAD (F1 / EM) \\
None & 79.2 & 76.6 / 60.8 \\ MNLI & \textbf{79.9} & 77.1 / 61.2 \\ \end{tabular}"""
SAID = ("--model", "XLM-R Large", "--split", "dev", "--language", "mean")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.tex"
    path.write_text(LATEX, encoding="utf-8")
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "r.json"
    data = {"results": {"xnli_sw": {"acc": 0.35}, "sciq_sw": {"acc": 0.5}}, "versions": {}}
    path.write_text(json.dumps(data | {"config": {"model_args": "pretrained=m/one"}}), encoding="utf-8")
    return path


def test_a_table_becomes_results_that_claims_are_checked_against(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "results.parquet"
    done = claimgauge("import", table, "-o", out, *SAID)
    assert done.returncode == 0, done.stderr
    assert "6 scores from 1 file (table)" in done.stdout
    assert "Wrote" in done.stderr
    assert not out.with_suffix(".names.toml").exists()
    report = tmp_path / "report.md"
    report.write_text("| Claim | Verified |\n|---|---|\n| MNLI raises XNLI by 0.7 points. | ✓ |\n", encoding="utf-8")
    checked = claimgauge("verify", report, "--results", out, *configured(tmp_path, no_built_in=True), "--json")
    assert checked.returncode == 0, checked.stderr
    (claim,) = json.loads(checked.stdout)["reports"][0]["claims"]
    assert claim["verdict"] == "supported"


def test_a_dry_run_shows_rows_and_writes_nothing(table: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    done = claimgauge("import", table, "--dry-run", *SAID)
    assert done.returncode == 0, done.stderr
    assert "76.600" in done.stdout
    assert "table.tex#row 2 column 3 sha256:" in done.stdout
    assert sorted(tmp_path.iterdir()) == before


def test_json_says_what_was_read(foreign: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    done = claimgauge("import", foreign, "-o", out, "--split", "test", "--keep-unknown", "--json")
    data = json.loads(done.stdout)
    assert data["rows"] == 2
    assert data["files"] == [{"path": str(foreign), "format": "lm-eval"}]
    assert {(u["category"], u["name"]) for u in data["unknown"]} == {("model", "m/one"), ("target", "sciq")}
    assert data["written"] == [str(out), str(tmp_path / "o.names.toml")]


def test_strict_refuses_unknown_names_with_3_and_writes_nothing(foreign: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    done = claimgauge("import", foreign, "-o", out, "--split", "test", "--strict")
    assert done.returncode == 3
    assert "'m/one'" in done.stderr
    assert "'sciq'" in done.stderr
    assert not out.exists()


def test_kept_names_open_with_verify_and_keep_their_facts(foreign: Path, tmp_path: Path) -> None:
    out, names = tmp_path / "o.parquet", tmp_path / "o.names.toml"
    assert claimgauge("import", foreign, "-o", out, "--split", "test", "--keep-unknown").returncode == 0
    assert set(load_results(out)["target"]) == {"xnli", "sciq"}
    assert claimgauge("verify", EXAMPLE, "--results", out).returncode == 0
    names.write_text(
        names.read_text(encoding="utf-8").replace('name = "sciq"', 'name = "SciQ"\nkind = "qa"'), encoding="utf-8"
    )
    again = claimgauge("import", foreign, "-o", out, "--split", "test", "--keep-unknown", "--force")
    assert again.returncode == 0, again.stderr
    assert tomllib.loads(names.read_text(encoding="utf-8"))["target"]["sciq"] == {"name": "SciQ", "kind": "qa"}


@pytest.mark.parametrize(
    ("options", "part", "code"),
    [
        ((), "-o FILE", 2),
        (("-o", "x.json"), ".parquet or .csv", 2),
        (("-o", "{taken}"), "--force", 2),
        (("-o", "{new}", "--scale", "7"), "scale 7", 2),
        (("-o", "{new}", "--format", "nonsense"), "nonsense", 2),
        (("-o", "{new}", "--format", "table"), "numbers", 3),
    ],
)
def test_wrong_calls_are_refused(foreign: Path, tmp_path: Path, options: tuple[str, ...], part: str, code: int) -> None:
    taken = tmp_path / "taken.csv"
    taken.write_text("mine", encoding="utf-8")
    places = {"{taken}": str(taken), "{new}": str(tmp_path / "new.csv")}
    done = claimgauge("import", foreign, *(places.get(o, o) for o in options))
    assert done.returncode == code, done.stderr
    assert part in done.stderr
    assert taken.read_text(encoding="utf-8") == "mine"


def test_models_fine_tuned_in_several_languages_say_nothing_of_plain_transfer(tmp_path: Path) -> None:
    configurations = [{"train_config": {"en": 100, "sw": 1000}, "eval_results": {"sw": 0.8, "en": 0.9}}]
    path, out, report = tmp_path / "c.json", tmp_path / "o.parquet", tmp_path / "report.md"
    path.write_text(json.dumps(configurations), encoding="utf-8")
    said = ("--model", "XLM-R Large", "--target", "xnli", "--split", "test")
    assert claimgauge("import", path, "-o", out, *said).returncode == 0
    text = "| Claim | Verified |\n|---|---|\n| XLM-R Large scores 80.0 on XNLI in Swahili. | ✓ |\n"
    report.write_text(text, encoding="utf-8")
    done = claimgauge("verify", report, "--results", out, *configured(tmp_path, no_built_in=True), "--json")
    (claim,) = json.loads(done.stdout)["reports"][0]["claims"]
    assert claim["verdict"] == "needs-data"


RUNS = {"none": [79.0, 79.9, 78.4, 79.5], "mnli": [79.9, 79.1, 80.4, 79.8]}
"""Four runs each: better on average, and by less than their spread."""


def verdict_on(claim: str, results: Path, tmp_path: Path) -> dict[str, Any]:
    report = tmp_path / "report.md"
    report.write_text(f"| Claim | Verified |\n|---|---|\n| {claim} | ✓ |\n", encoding="utf-8")
    done = claimgauge("verify", report, "--results", results, *configured(tmp_path, no_built_in=True), "--json")
    assert done.returncode == 0, done.stderr
    (found,) = whole(json.loads(done.stdout), "verify")["reports"][0]["claims"]
    verdict: dict[str, Any] = found
    return verdict


def test_the_same_runs_decide_alike_as_seeds_and_as_mean_and_spread(tmp_path: Path) -> None:
    claim = "MNLI improves XNLI."
    seeds = tmp_path / "seeds.csv"
    lines = [
        f"xlm-r-large,{run},xnli,dev,{score},{10 * k + i}"
        for k, (run, scores) in enumerate(RUNS.items())
        for i, score in enumerate(scores)
    ]
    seeds.write_text("\n".join(["model,intermediate,target,split,score,seed", *lines]) + "\n", encoding="utf-8")
    printed = tmp_path / "printed.csv"
    cells = [f"{run},{mean(scores):.2f} ± {stdev(scores):.2f}" for run, scores in RUNS.items()]
    printed.write_text("\n".join(["run,XNLI", *cells]) + "\n", encoding="utf-8")
    by_seed = verdict_on(claim, seeds, tmp_path)
    found = {}
    for name, said in {"open": (), "sd": ("--spread", "sd", "--n-seeds", "4")}.items():
        out = tmp_path / f"{name}.csv"
        done = claimgauge("import", printed, "-o", out, *SAID, *said)
        assert done.returncode == 0, done.stderr
        assert ("--assume spread=sd|se|ci95" in done.stderr) == (name == "open")
        found[name] = verdict_on(claim, out, tmp_path)
    assert by_seed["verdict"] == found["sd"]["verdict"] == found["open"]["verdict"] == "inconclusive"
    for end in ("low", "high"):
        assert by_seed["evidence"][0][end] == pytest.approx(found["sd"]["evidence"][0][end], abs=0.1)
    assert [item["spread"] for item in found["sd"]["evidence"]] == ["", "sd 0.54 over 4 seeds", "sd 0.65 over 4 seeds"]
    assert found["open"]["evidence"][1]["spread"] == "± 0.54, not explained"


def test_the_filled_template_and_what_import_wrote_are_imported_as_they_are(tmp_path: Path) -> None:
    empty = tmp_path / "template.csv"
    assert claimgauge("template", "results", "-o", empty).returncode == 0
    nothing = claimgauge("import", empty, "-o", tmp_path / "x.csv")
    assert (nothing.returncode, "holds no score" in nothing.stderr) == (3, True)
    lines = empty.read_text(encoding="utf-8").splitlines()
    remarks = [line for line in lines if line.startswith("#")]
    head, first, second, *rest = lines[len(remarks) :]
    filled = tmp_path / "filled.csv"
    cells = dict(zip(head.split(","), second.split(","), strict=True))
    cells |= {"score": "80.1", "version": "v2", "n_seeds": "3", "sd": "0.4"}
    filled.write_text("\n".join([*remarks, head, first, ",".join(cells.values()), *rest]) + "\n", encoding="utf-8")
    once, again, back = tmp_path / "once.parquet", tmp_path / "again.csv", tmp_path / "back.parquet"
    for source, out in ((filled, once), (once, again), (again, back)):
        done = claimgauge("import", source, "-o", out)
        assert done.returncode == 0, done.stderr
    table = load_results(once)
    assert table[["study", "version", "score", "n_seeds", "sd"]].values.tolist() == [["my-study", "v2", 80.1, 3, 0.4]]
    for other in (again, back):
        pd.testing.assert_frame_equal(load_results(other), table, check_categorical=False)


def test_a_folder_of_samples_gives_scores_and_items_and_names_what_was_not_read(tmp_path: Path) -> None:
    items = [
        {"doc_id": i, "doc": {}, "target": "0", "resps": [], "filter": "none", "metrics": ["acc"], "acc": float(i < 3)}
        for i in range(4)
    ]
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "s.jsonl").write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    (folder / "broken.json").write_text('{"results": ', encoding="utf-8")
    said = ("--model", "m", "--target", "xnli", "--language", "de", "--split", "test")
    done = claimgauge("import", folder, "-o", tmp_path / "r.csv", "--items", tmp_path / "items.csv", *said)
    assert done.returncode == 0, done.stderr
    assert "not read: broken.json: is not complete JSON" in done.stderr
    assert "75.000" in claimgauge("import", folder, "--dry-run", *said).stdout
    assert (tmp_path / "items.csv").read_text(encoding="utf-8").count("\n") == 5
