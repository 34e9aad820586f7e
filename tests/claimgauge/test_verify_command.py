"""`claimgauge verify` as a user runs it: in a process of its own, on files on disk."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from command import EXAMPLE, claimgauge
from settings_file import configured
from shared_files import shared

from reports.verdicts_json import schema


def verdicts(*arguments: str | Path) -> dict[str, dict[str, object]]:
    done = claimgauge("verify", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)["reports"]
    return {claim["id"]: claim for claim in report["claims"]}


def test_the_example_report_gets_the_verdicts_it_was_written_for(tmp_path: Path) -> None:
    done = claimgauge("verify", EXAMPLE, "--out", tmp_path / "out", fresh=True)
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "verdicts.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema())
    (report,) = data["reports"]
    found = {claim["id"]: claim["verdict"] for claim in report["claims"]}
    assert found == {
        "C01": "supported", "C02": "supported", "C03": "refuted", "C04": "needs-data", "C05": "supported",
        "C06": "needs-data", "C07": "supported", "C08": "needs-data", "C09": "supported", "C10": "refuted",
        "C11": "supported", "C12": "not-testable", "C13": "not-testable",
    }  # fmt: skip
    flags = {claim["id"]: claim["flags"] for claim in report["claims"]}
    assert "overstated" in flags["C06"]
    assert "truncated" in flags["C13"]
    assert {f["code"] for f in report["findings"]} >= {
        "claims-contradict",
        "unrelated-reference",
        "question-unanswered",
    }
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "report.html", "verdicts.json", "report.md", "junit.xml", "verdicts.sarif",
    }  # fmt: skip


def test_the_same_call_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        assert claimgauge("verify", EXAMPLE, "--out", tmp_path / name, PYTHONHASHSEED=seed).returncode == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_a_results_file_moves_a_claim_from_needs_data_to_a_verdict_and_one_edit_flips_it(tmp_path: Path) -> None:
    template = tmp_path / "results.csv"
    assert claimgauge("template", "results", "-o", template).returncode == 0
    lines = [line for line in template.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    head = lines[0].split(",")

    def filled(gain: float) -> str:
        rows = []
        for line in lines[1:]:
            row = dict(zip(head, line.split(","), strict=True))
            if row["intermediate"] in {"none", "squad2"}:
                row["score"] = f"{60 + (gain if row['intermediate'] == 'squad2' else 0):.1f}"
            rows.append(",".join(row[name] for name in head))
        return "\n".join([lines[0], *rows, ""])

    before = verdicts(EXAMPLE)
    template.write_text(filled(8.2), encoding="utf-8")
    right = verdicts(EXAMPLE, "--results", template)
    assert (before["C04"]["verdict"], right["C04"]["verdict"]) == ("needs-data", "supported")
    assert right["C04"]["level"] == "reproduced"
    template.write_text(filled(9.2), encoding="utf-8")
    wrong = verdicts(EXAMPLE, "--results", template)
    assert wrong["C04"]["verdict"] == "refuted"
    for claim in before:
        if claim not in {"C04", "C07", "C08"}:
            assert before[claim]["verdict"] == right[claim]["verdict"] == wrong[claim]["verdict"], claim


def test_fail_on_turns_verdicts_into_the_exit_code(tmp_path: Path) -> None:
    assert claimgauge("verify", EXAMPLE, "--fail-on", "refuted,mixed").returncode == 1
    assert claimgauge("verify", EXAMPLE, "--fail-on", "mixed").returncode == 0
    wrong = claimgauge("verify", EXAMPLE, "--fail-on", "wrong")
    assert wrong.returncode == 2
    assert "unknown verdict 'wrong'" in wrong.stderr


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("binary.md", b"\x00\x01\x02\xff\xfe" * 100, "binary"),
        ("empty.md", b"", "empty"),
        ("prose.md", b"# A report\n\nNothing is claimed here.\n", "no claim"),
        ("broken.json", b'{"claims": [', "JSON"),
    ],
)
def test_a_report_that_cannot_be_read_gives_one_message_and_exit_code_3(
    tmp_path: Path, name: str, content: bytes, part: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = claimgauge("verify", path, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert name in done.stderr
    assert part.casefold() in done.stderr.casefold()
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_report_of_50_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    done = claimgauge("verify", path, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "50" in done.stderr
    assert "(max-mb)" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_file_and_a_folder_are_told_apart_from_reports(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.md", tmp_path):
        done = claimgauge("verify", path)
        assert done.returncode == 3, done.stderr
        assert str(path) in done.stderr


def test_one_bad_report_among_good_ones_leaves_nothing_half_written_unless_told_to_go_on(tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_bytes(b"")
    stopped = claimgauge("verify", EXAMPLE, bad, "--out", tmp_path / "out")
    assert stopped.returncode == 3
    assert not (tmp_path / "out").exists()
    going_on = claimgauge("verify", EXAMPLE, bad, "--out", tmp_path / "out", *configured(tmp_path, keep_going=True))
    assert going_on.returncode == 3
    assert len(json.loads((tmp_path / "out" / "verdicts.json").read_text(encoding="utf-8"))["reports"]) == 1


def test_a_results_table_with_faults_lists_them_all_and_checks_nothing(tmp_path: Path) -> None:
    table = tmp_path / "results.csv"
    table.write_text(
        "model,intermediate,target,split,score\nm,mnli,xnli,tset,80\nm,none,xnli,dev,180\nm,qqp,xnli,dev,70\nm,qqp,xnli,dev,71\n",
        encoding="utf-8",
    )
    done = claimgauge("verify", EXAMPLE, "--results", table, "--out", tmp_path / "out")
    assert done.returncode == 3
    for part in ("3 faults", "unknown split 'tset'", "outside 0 to 100", "repeats row 3"):
        assert part in done.stderr
    assert not (tmp_path / "out").exists()


def test_strict_makes_a_wrong_count_an_error(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("13 claims extracted", "14 claims extracted")
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    assert claimgauge("verify", EXAMPLE, *configured(tmp_path, strict=True)).returncode == 0
    assert claimgauge("verify", path).returncode == 0
    strict = claimgauge("verify", path, *configured(tmp_path, strict=True))
    assert strict.returncode == 3
    assert "states 14 claims, but 13 were read" in strict.stderr


def test_a_supplied_reading_takes_the_place_of_ours_and_is_marked(tmp_path: Path) -> None:
    readings = tmp_path / "readings.toml"
    readings.write_text('[[assertion]]\nclaim = "C12"\nreads = "(> (score none xnli) 79)"\n', encoding="utf-8")
    found = verdicts(EXAMPLE, *configured(tmp_path, assertions=readings))["C12"]
    assert found["verdict"] == "supported"
    assert "corrected" in found["flags"]  # type: ignore[operator]
    readings.write_text(
        '[[assertion]]\nclaim = "C12"\nreads = "(> (score none xnly) 79)"\n[[assertion]]\nclaim = "C01"\n',
        encoding="utf-8",
    )
    done = claimgauge("verify", EXAMPLE, *configured(tmp_path, assertions=readings))
    assert done.returncode == 3
    assert "did you mean 'xnli'" in done.stderr
    assert "[[assertion]] 2 needs" in done.stderr


def test_own_definitions_are_used_and_unknown_words_refused(tmp_path: Path) -> None:
    path = tmp_path / "definitions.toml"
    path.write_text("[large]\nat_least = 1.0\n", encoding="utf-8")
    assert claimgauge("verify", EXAMPLE, *configured(tmp_path, definitions=path)).returncode == 0
    path.write_text("[huge]\nat_least = 1.0\n[large]\nat_most = 3\n", encoding="utf-8")
    done = claimgauge("verify", EXAMPLE, *configured(tmp_path, definitions=path))
    assert done.returncode == 3
    assert "'huge'" in done.stderr
    assert "at_most" in done.stderr


def test_a_source_text_completes_a_claim_that_was_cut(tmp_path: Path) -> None:
    source = tmp_path / "paper.txt"
    source.write_text(
        "Choosing the best intermediate task for each target improves TyDiQA by more than ten points and XNLI by less "
        "than one point.",
        encoding="utf-8",
    )
    found = verdicts(EXAMPLE, "--sources", source)["C13"]
    assert str(found["completed"]).endswith("less than one point.")
    assert str(found["text"]).endswith("less than one po")
    assert "truncated" in found["flags"]  # type: ignore[operator]


def test_dry_run_shows_what_was_read_and_checks_nothing(tmp_path: Path) -> None:
    done = claimgauge("verify", EXAMPLE, "--dry-run", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "13 claims" in done.stdout
    assert "[cut]" in done.stdout
    assert not (tmp_path / "out").exists()


def test_columns_of_a_table_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "wording,checked,sure\nQQP is sourced from Quora.,yes,0.9\nQQP is sourced from Reddit.,no,0.1\n",
        encoding="utf-8",
    )
    found = verdicts(path, *configured(tmp_path, map=["claim=wording", "mark=checked", "confidence=sure"]))
    assert [(c["mark"], c["confidence"], c["verdict"]) for c in found.values()] == [
        ("yes", 0.9, "supported"),
        ("no", 0.1, "refuted"),
    ]
    wrong = claimgauge("verify", path, *configured(tmp_path, map=["wording"]))
    assert wrong.returncode == 2
    assert "claim=COLUMN" in wrong.stderr


# ------------------------------------------------------------------------ the five real reports


@pytest.fixture(scope="module")
def seeds() -> dict[str, object]:
    paths = sorted(shared("reports", "seeds").glob("*.txt"))
    done = claimgauge("verify", *paths, "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert isinstance(data, dict)
    return data


def test_the_five_reports_are_read_completely_and_validate(seeds: dict[str, object]) -> None:
    jsonschema.validate(seeds, schema())
    reports = seeds["reports"]
    assert isinstance(reports, list)
    assert [r["read"]["claims"] for r in reports] == [21, 9, 10, 10, 10]
    assert [r["read"]["verified"] for r in reports] == [15, 9, 10, 10, 10]
    assert all(r["stated"]["claims"] == r["read"]["claims"] for r in reports)
    text = json.dumps(seeds, ensure_ascii=False)
    assert "\ufffd" not in text
    for word in ("outperforms", "intermediate-task", "different", "benefits"):
        assert word in text


def test_the_five_reports_get_verdicts_a_careful_reader_would_sign(seeds: dict[str, object]) -> None:
    reports = seeds["reports"]
    assert isinstance(reports, list)
    claims = [claim for report in reports for claim in report["claims"]]

    def about(*parts: str) -> list[dict[str, object]]:
        found = [c for c in claims if all(part in c["text"] for part in parts)]
        assert found, parts
        return found

    facts = [
        ("1,104,934",), ("392,702",), ("Quora",), ("sourced from Wikipedia",), ("Video captions",), ("40 languages for each",),
        ("no training data of their own",), ("nine", "intermediate"), ("9 different intermediate",), ("three-phase",),
        ("9 target tasks from the",), ("starting point.",), ("intermediate tasks include",),
    ]  # fmt: skip
    for parts in facts:
        assert {c["verdict"] for c in about(*parts)} == {"supported"}, parts
    for parts in (
        ("8.2",),
        ("7.5 points",),
        ("7.0 points",),
        ("8.7 points",),
    ):
        for claim in about(*parts):
            assert claim["verdict"] == "needs-data", claim["text"]
            assert seeds["settle"][claim["settle"]]["cells"]  # type: ignore[index]
    for parts in (("TyDiQA shows",), ("XNLI does not",), ("dramatic",)):
        for claim in about(*parts):
            assert claim["verdict"] == "supported", claim["text"]
            assert "other-version" in claim["flags"]  # type: ignore[operator]
    for claim in about("outperforms"):
        assert claim["verdict"] != "supported"
        assert "overstated" in claim["flags"]  # type: ignore[operator]
    for claim in about("average improvement of 5.4"):
        assert (claim["verdict"], claim["level"]) == ("supported", "recomputed")
    for claim in about("state-of-t"):
        assert "time-bound" in claim["flags"]  # type: ignore[operator]
    assert not [c for c in claims if c["verdict"] in {"refuted", "mixed"}]


def test_every_claim_that_breaks_off_is_flagged(seeds: dict[str, object]) -> None:
    reports = seeds["reports"]
    assert isinstance(reports, list)
    for report in reports:
        for claim in report["claims"]:
            assert claim["truncated"] == (not claim["text"].endswith(".")), claim["text"]


def test_the_audit_of_the_five_reports_finds_what_there_is_to_find(seeds: dict[str, object]) -> None:
    reports, across = seeds["reports"], seeds["across"]
    assert isinstance(reports, list)
    assert isinstance(across, list)
    codes = [{f["code"] for f in r["findings"]} for r in reports]
    assert "threshold-explains-marks" in codes[0]
    assert "threshold-explains-marks" in {f["code"] for f in across}
    assert all("question-unanswered" in found for found in codes)
    assert "no-question-answered" in {f["code"] for f in across}
    assert sum("unrelated-reference" in found for found in codes) == 2
    assert [("cites-nothing" in found) for found in codes] == [True, False, False, False, False]
    (both_ways,) = [f for f in across if f["code"] == "same-claim-marked-differently"]
    assert "XNLI" in both_ways["message"]
    (told,) = [f for f in reports[0]["findings"] if f["code"] == "correct-claim-marked-unverified"]
    assert len(told["claims"]) == 6
    assert all("abstract-cut" in found for found in codes)
