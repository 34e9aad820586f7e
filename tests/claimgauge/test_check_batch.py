"""`claimgauge check --batch`: one claim a line in, one answer a line out, whatever the line."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, claimgauge

from claimgauge.batch import BatchAnswerer

TABLE: dict[str, Any] = {
    "caption": "Accuracy.", "columns": ["Model", "NUS"], "rows": [["Alpha", "60.5"], ["Beta", 58.4], ["Gamma", None]],
}  # fmt: skip
TRUE, FALSE = "Alpha beats Beta on NUS.", "Beta beats Alpha on NUS."


def run(folder: Path, lines: Iterable[Mapping[str, Any] | str], *arguments: str | Path) -> list[dict[str, Any]]:
    path = folder / "batch.jsonl"
    path.write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8"
    )
    done = claimgauge("check", "--batch", path, *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_answered_in_order_with_its_id_verdict_and_certificate(tmp_path: Path) -> None:
    lines = [{"id": "a", "claim": TRUE, "table": TABLE}, {"id": "b", "claim": FALSE, "table": TABLE}]
    answers = run(tmp_path, lines)
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [("a", "supported"), ("b", "refuted")]
    assert answers[0]["certificate"][0]["text"] == "Alpha"
    assert answers[0]["evidence"][0]["value"] == 60.5


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{", "is not JSON"),
        ("[" * 50_000, "is not JSON"),
        ("[1]", 'expected an object with a "claim"'),
        ('{"id": 1}', 'expected an object with a "claim"'),
        ('{"claim": 7}', 'expected an object with a "claim"'),
        ('{"claim": " "}', 'expected an object with a "claim"'),
        (json.dumps({"claim": TRUE}), "has no table"),
        (json.dumps({"claim": TRUE, "table": 5}), "expected a path or {caption, columns, rows}"),
        (json.dumps({"claim": TRUE, "table": {"columns": ["a"]}}), "expected a path or {caption, columns, rows}"),
        (json.dumps({"claim": TRUE, "table": "nowhere.csv"}), "no such file"),
        (json.dumps({"claim": TRUE, "table": {"columns": [], "rows": []}}), ""),
        (json.dumps({"claim": TRUE, "table": {"columns": ["a"], "rows": [["b"]]}}), ""),
        (json.dumps({"claim": TRUE, "table": {"columns": ["a", "b"], "rows": ["x", 3]}}), ""),
        (json.dumps({"claim": TRUE, "table": {"columns": [["a"], {"b": 1}], "rows": [[["x"], 3]]}}), ""),
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_and_the_rest_goes_on(tmp_path: Path, line: str, part: str) -> None:
    first, second = run(tmp_path, [line, {"id": "b", "claim": TRUE, "table": TABLE}])
    assert first["verdict"] == "not-testable"
    assert part in first["reason"]
    assert (second["id"], second["verdict"]) == ("b", "supported")


def test_every_bad_line_keeps_its_own_id_or_its_number(tmp_path: Path) -> None:
    answers = run(tmp_path, ["nothing", {"id": "x", "claim": TRUE}, "", {"claim": 1}])
    assert [answer["id"] for answer in answers] == ["1", "x", "4"]


def test_a_table_may_be_a_path_beside_the_batch_or_given_for_all_lines(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("# Accuracy.\nModel,NUS\nAlpha,60.5\nBeta,58.4\n", encoding="utf-8")
    beside = run(tmp_path, [{"id": 1, "claim": TRUE, "table": "t.csv"}])
    given = run(tmp_path, [{"id": 1, "claim": TRUE}], "--table", tmp_path / "t.csv")
    assert [answer["verdict"] for answer in (*beside, *given)] == ["supported", "supported"]


def test_lines_may_come_from_standard_input() -> None:
    line = json.dumps({"id": 1, "claim": TRUE, "table": TABLE})
    command = [sys.executable, "-m", "claimgauge", "check", "--batch", "-"]
    done = subprocess.run(command, cwd=ROOT, input=f"{line}\n{{\n", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [json.loads(answer)["verdict"] for answer in done.stdout.splitlines()] == ["supported", "not-testable"]


@pytest.mark.parametrize(("claim", "code"), [(TRUE, 0), (FALSE, 1)])
def test_the_exit_code_tells_whether_a_claim_got_a_verdict_that_fails(tmp_path: Path, claim: str, code: int) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(json.dumps({"claim": claim, "table": TABLE}) + "\n", encoding="utf-8")
    assert claimgauge("check", "--batch", path, "--fail-on", "refuted").returncode == code


def test_odd_characters_and_numbers_beyond_all_measure_are_answered_as_json(tmp_path: Path) -> None:
    def over(cell: object, claim: str = TRUE) -> dict[str, Any]:
        return {"claim": claim, "table": {**TABLE, "rows": [["Alpha", cell], ["Beta", 58.4]]}}

    lines: list[Any] = [
        over("60.5", "Alpha \ud800 beats Beta on NUS."), over("\ud800"), over("6\ud8000.5"), over("1e400"), over(10**400),
        over(float("inf")), over(float("nan")), over("6" * 40), over("6" * 40, f"Alpha scores {'6' * 40} on NUS."),
        over("60.5", f"Alpha scores {'6' * 40} on NUS."), over("60.5", "word " * 10_000), over("60.5", "\0"), over("60.5" + "\0"),
        over("60.5", "\u202eAlpha beats Beta on NUS."), over(True), over({"a": 1}),
    ]  # fmt: skip
    answers = run(tmp_path, lines)
    assert len(answers) == len(lines)
    assert "Infinity" not in json.dumps(answers)
    found = [answer["verdict"] for answer in answers]
    assert not {"supported", "refuted"} & {found[i] for i in (0, 1, 2, 4, 5, 6, 10, 11, 14, 15)}
    assert "supported" not in (found[9], *found[3:7])
    assert found[13] in {"supported", "not-testable"}


def test_memory_stays_flat_over_many_tables(tmp_path: Path) -> None:
    def lines(first: int, last: int) -> Iterable[str]:
        for n in range(first, last):
            rows = [[f"Model {i}", f"{50 + i}.{n}"] for i in range(12)]
            yield json.dumps({"claim": "Model 1 beats Model 0.", "table": {**TABLE, "rows": rows}})

    batch = BatchAnswerer(tmp_path, ())
    tracemalloc.start()
    try:
        sizes = []
        for part in range(4):
            assert sum(1 for _ in batch.answers(iter(lines(part * 20, part * 20 + 20)), "batch")) == 20
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert sizes[3] - sizes[1] < 500_000


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_batch_that_cannot_be_opened_is_unreadable_input_and_no_fault_of_ours(tmp_path: Path, name: str) -> None:
    done = claimgauge("check", "--batch", tmp_path / name)
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / name) in line
    assert "no such file" in line or "is a folder" in line
