"""The page to paste into: a real server, asked as its page asks it, and by others."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from command import claimgauge
from served import Served, start, stop
from settings_file import configured

from claimgauge.serve.kept import SessionStore
from claimgauge.serve.readings import KeptReadings
from claimgauge.serve.worker import Worker
from claims.setup import Setup

pytest.importorskip("uvicorn", reason="needs claimgauge[serve]")
CLAIM = "MNLI has 392,702 training examples."


def test_a_claim_is_opened_word_by_word_down_to_the_cell(served: Served) -> None:
    found = served.check(CLAIM)
    assert found["verdict"] == "supported"
    assert found["evidence"][0]["value"] == "392,702"
    assert {"text": "MNLI", "state": "read"}.items() <= found["words"][0].items()


def test_of_a_claim_that_is_not_read_the_word_in_the_way_is_marked_and_a_rewording_offered(served: Served) -> None:
    found = served.check("MNLI zorgly has 392,702 training examples.")
    assert found["verdict"] == "not-testable"
    assert [word["text"] for word in found["words"] if word["state"] == "unread"] == ["zorgly"]
    assert "".join(word["text"] for word in found["words"]) == found["claim"]
    assert served.check(found["rewording"])["verdict"] == "supported"


def test_a_dropped_table_decides_until_it_is_removed(served: Served) -> None:
    sentence = "Alpha beats Beta on NUS by 2.1 points."
    assert served.check(sentence)["verdict"] == "not-testable"
    status, kept = served.post("/evidence", b"Model,NUS accuracy\nAlpha,60.5\nBeta,58.4\n", X_Name="t.csv")
    assert (status, kept["name"]) == (200, "t.csv")
    assert served.check(sentence)["verdict"] == "supported"
    assert served.ask("DELETE", "/evidence/t.csv", X_Claimgauge="1")[0] == 200
    assert served.check(sentence)["verdict"] == "not-testable"


def test_beside_a_table_only_words_that_it_does_not_know_are_marked(served: Served) -> None:
    served.post("/evidence", b"Model,NUS accuracy\nOwl-L,60.5\nOwl-S,58.4\n", X_Name="owls.csv")
    for sentence, in_the_way in (
        ("Owl-L zorgs Owl-S on NUS.", "zorgs"), ("Owl-L outperforms both slim Owl-S on NUS.", "slim"),
    ):  # fmt: skip
        found = served.check(sentence)
        assert [word["text"] for word in found["words"] if word["state"] == "unread"] == [in_the_way]
        assert f"“{in_the_way}”" in found["reason"]
    served.ask("DELETE", "/evidence/owls.csv", X_Claimgauge="1")


def test_a_file_of_neither_kind_is_refused_with_both_reasons_and_changes_nothing(served: Served) -> None:
    before = served.ask("GET", "/evidence")
    status, said = served.post("/evidence", b"\x00\x01\x02", X_Name="x.bin")
    assert (status, "no results" in said["error"], "no table" in said["error"]) == (422, True, True)
    assert served.ask("GET", "/evidence") == before
    assert not (served.folder / "evidence" / "x.bin").exists()


def test_a_report_is_checked_while_claims_are_answered_and_stands_in_the_ledger(served: Served) -> None:
    text = (
        "# Claims\n\n" + "\n".join(f"- MNLI has {n:,} training examples." for n in range(100, 160)) + f"\n- {CLAIM}\n"
    )
    _, begun = served.post("/reports", text.encode(), X_Name=quote("mine ümlaut.md"))
    assert served.check(CLAIM)["verdict"] == "supported"
    done = served.report(begun["id"])
    assert (done["state"], done["name"]) == ("done", "mine ümlaut.md")
    found = served.ask("GET", "/claims?words=392,702&verdict=supported")[1]["claims"]
    assert [(claim["text"], claim["name"]) for claim in found] == [(CLAIM, "mine ümlaut.md")]
    status, page = served.ask("GET", f"/reports/{begun['id']}/page")
    assert (status, "mine ümlaut.md" in page) == (200, True)


def test_a_report_checked_again_with_other_evidence_says_what_its_claim_was_before(served: Served) -> None:
    sentence = "Ruby beats Onyx on NUS by 2.1 points."
    _, begun = served.post("/reports", f"# Claims\n\n- {sentence}\n".encode(), X_Name="twice.md")
    assert served.report(begun["id"])["state"] == "done"
    served.post("/evidence", b"Model,NUS accuracy\nRuby,60.5\nOnyx,58.4\n", X_Name="g.csv")
    served.post(f"/reports/{begun['id']}", b"")
    assert served.report(begun["id"])["state"] == "done"
    served.ask("DELETE", "/evidence/g.csv", X_Claimgauge="1")
    (found,) = served.ask("GET", "/claims?words=Ruby%20Onyx")[1]["claims"]
    assert (found["verdict"], found["before"]) == ("supported", "not-testable")
    (listed,) = (report for report in served.ask("GET", "/reports")[1]["reports"] if report["id"] == begun["id"])
    assert listed["verdicts"] == {"supported": 1}


def test_reports_that_an_earlier_version_kept_wait_to_be_checked_once_more(tmp_path: Path) -> None:
    kept = SessionStore(tmp_path / "ledger.db")
    number = kept.begin("r.md", "0", "0-r.md", "2026-01-01")
    with closing(sqlite3.connect(kept.path)) as database:
        database.executescript("create table claim (report, text); update report set state = 'done'")
    assert kept.waiting() == []
    assert SessionStore(kept.path).waiting() == [(number, "r.md", "0-r.md")]


def test_a_claim_that_takes_too_long_is_stopped_and_the_next_one_is_answered_by_the_same_process() -> None:
    worker = Worker(Setup(seconds=0.5))
    try:
        stopped = worker.ask("check_claim", "MNLI improves XNLI and " * 100_000 + "it helps.")
        assert (stopped["verdict"], stopped["flags"]) == ("not-testable", ("stopped",))
        process = worker._process
        assert worker.ask("check_claim", CLAIM)["verdict"] == "supported"
        assert worker._process is process
    finally:
        worker.stop()


def test_a_report_that_cannot_be_read_says_why_by_its_own_name(served: Served) -> None:
    _, begun = served.post("/reports", b"\x89PNG\r\n", X_Name="image.md")
    done = served.report(begun["id"])
    assert done["state"] == "failed"
    assert done["message"].startswith("image.md: is a PNG image")


def test_a_reading_kept_for_a_sentence_decides_it_in_reports_and_is_a_file_to_take_along(
    served: Served, tmp_path: Path
) -> None:
    sentence = "MNLI zorgly has 392,702 training examples."
    reads = served.check(CLAIM)["assertion"]
    assert served.post("/corrections", {"text": sentence, "reads": "(no such thing"})[0] == 422
    assert served.post("/corrections", {"text": sentence, "reads": reads})[0] == 200
    _, begun = served.post("/reports", f"# Claims\n\n- {sentence}\n- {CLAIM}\n".encode(), X_Name="two.md")
    assert served.report(begun["id"])["state"] == "done"
    found = served.ask("GET", "/claims?words=zorgly")[1]["claims"]
    assert [claim["verdict"] for claim in found] == ["supported"]
    own = tmp_path / "assertions.toml"
    own.write_text(served.ask("GET", "/corrections.toml")[1], encoding="utf-8")
    report = tmp_path / "two.md"
    report.write_text(f"# Claims\n\n- {sentence}\n", encoding="utf-8")
    assert "1 supported" in claimgauge("verify", report, *configured(tmp_path, assertions=own)).stdout
    (kept,) = served.ask("GET", "/corrections")[1]["corrections"]
    assert served.ask("DELETE", f"/corrections/{kept['key']}", X_Claimgauge="1")[0] == 200
    assert served.check(sentence)["verdict"] == "not-testable"


def test_a_correction_says_who_made_it_in_place_of_what_holds_for_tables_and_is_taken_back(served: Served) -> None:
    served.post("/evidence", b"Model,NUS accuracy\nJade,60.5\nOpal,58.4\n", X_Name="gems.csv")
    sentence = "Jade beats Opal 😀 on NUS."
    before = served.ask("GET", "/corrections.toml")[1]
    for reads in ("Jade zorgs.", '(> (at "Ruby" "NUS accuracy") 3)', "(zorg 3)"):
        assert served.post("/corrections", {"text": sentence, "reads": reads})[0] == 422
    assert served.post("/corrections", {"text": "half of \ud800", "reads": "Jade beats Opal on NUS."})[0] == 422
    assert served.ask("GET", "/corrections.toml")[1] == before
    served.post("/corrections", {"text": sentence, "reads": "Opal is best on NUS.", "by": "Bo"})
    served.post("/corrections", {"text": sentence, "reads": "Jade beats Opal on NUS.", "by": "Ann 😀"})
    (kept,) = served.ask("GET", "/corrections")[1]["corrections"]
    assert (kept["text"], kept["by"]) == (sentence, "Ann 😀")
    _, begun = served.post("/reports", f"# Claims\n\n- {sentence}\n".encode(), X_Name="gems.md")
    assert served.report(begun["id"])["state"] == "done"
    verdicts = json.loads((served.folder / "pages" / str(begun["id"]) / "verdicts.json").read_text(encoding="utf-8"))
    ((claim,),) = [report["claims"] for report in verdicts["reports"]]
    assert claim["verdict"] == "supported"
    assert {"by": "Ann 😀", "on": kept["on"], "instead": None}.items() <= claim["correction"].items()
    served.ask("DELETE", "/evidence/gems.csv", X_Claimgauge="1")
    found = served.check(sentence)
    assert (found["verdict"], "a table that is not given" in found["reason"]) == ("not-testable", True)
    assert served.ask("DELETE", f"/corrections/{kept['key']}", X_Claimgauge="1")[0] == 200
    assert served.ask("DELETE", f"/corrections/{kept['key']}", X_Claimgauge="1")[0] == 422
    assert served.ask("GET", "/corrections.toml")[1] == before


def test_an_entry_that_is_taken_back_leaves_the_rest_of_the_file_as_somebody_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "assertions.toml"
    path.write_text(
        '# mine\n\n[[assertion]]\ntext = "A."\nreads = "(x)"\n\n[[assertion]]\ntext = "B."\nreads = "(y)"\n'
    )
    readings = KeptReadings(path)
    readings.keep("C \x7f", "(z)", "", "")
    readings.forget(next(one["key"] for one in readings.entries() if one["text"] == "A."))
    assert path.read_text() == (
        '# mine\n\n[[assertion]]\ntext = "B."\nreads = "(y)"\n\n[[assertion]]\ntext = "C \\u007f"\nreads = "(z)"\n'
    )


def test_a_file_that_cannot_be_read_takes_the_place_of_none_of_its_name(served: Served) -> None:
    trees = b"Model,NUS accuracy\nIvy,60.5\nYew,58.4\n"
    served.post("/evidence", trees, X_Name="trees.csv")
    assert served.post("/evidence", b"\x00\x01", X_Name="trees.csv")[0] == 422
    assert (served.folder / "evidence" / "trees.csv").read_bytes() == trees
    assert served.ask("DELETE", "/evidence/trees.csv", X_Claimgauge="1")[0] == 200


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"Host": "evil.example"}, 421),
        ("GET", {"Origin": "http://evil.example"}, 403),
        ("POST", {"Origin": "http://evil.example", "X_Claimgauge": "1"}, 403),
        ("POST", {}, 403),
        ("POST", {"X_Claimgauge": "1", "Content_Length": "999999999999"}, 413),
        ("DELETE", {}, 403),
    ],
)
def test_another_page_another_name_and_a_body_without_end_are_refused(
    served: Served, method: str, headers: dict[str, str], status: int
) -> None:
    assert served.ask(method, "/reports", **headers)[0] == status


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"claim": "  "}', json.dumps({"claim": "x " * 2000}).encode()])
def test_what_is_no_claim_gets_one_message(served: Served, body: bytes) -> None:
    status, said = served.post("/check", body)
    assert (status, list(said)) == (422, ["error"])


def test_a_name_that_leaves_the_folder_stays_in_it(served: Served) -> None:
    status, kept = served.post("/evidence", b"Model,NUS\nAlpha,60.5\n", X_Name=quote("../../outside.csv"))
    assert (status, kept["name"]) == (200, "outside.csv")
    assert not (served.folder.parent / "outside.csv").exists()
    assert served.ask("DELETE", "/evidence/outside.csv", X_Claimgauge="1")[0] == 200


@pytest.mark.slow
def test_what_was_kept_is_there_after_a_kill_and_a_report_that_waited_is_checked(tmp_path: Path) -> None:
    served = start(tmp_path / "kept")
    served.post("/evidence", b"Model,NUS accuracy\nAlpha,60.5\nBeta,58.4\n", X_Name="t.csv")
    long = "# Claims\n\n" + "\n".join(f"- MNLI has {n:,} training examples." for n in range(100, 400))
    _, begun = served.post("/reports", long.encode(), X_Name="long.md")
    served.process.kill()
    served.process.wait(30)
    again = start(tmp_path / "kept")
    assert again.check("Alpha beats Beta on NUS by 2.1 points.")["verdict"] == "supported"
    assert again.report(begun["id"])["state"] == "done"
    assert stop(again) == 0


def test_a_port_that_is_taken_is_a_usage_error(served: Served) -> None:
    done = claimgauge("serve", "--port", str(served.port), "--folder", served.folder.parent / "other")
    assert (done.returncode, "choose another" in done.stderr) == (2, True)
