"""`check --reader`: a model behind a folder or an address, as a user names it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.errors import MissingDataError, UsageError
from claimgauge.commands.check import command

READ, UNREAD = "AME outperforms BERT on MNLI.", "Looking at the table, AME outperforms BERT on MNLI."


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CLAIMGAUGE_API_KEY", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text("Model,MNLI accuracy,RTE accuracy\nBERT,80.1,70.2\nAME,82.0,69.0\n", encoding="utf-8")
    return path


class Chat:
    """A chat server on this machine with one answer, and what it was asked."""

    def __init__(self, *sentences: str) -> None:
        self.asked: list[tuple[dict[str, Any], str]] = []
        self.sentences, self.status = sentences, 200
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                chat.asked.append((body, self.headers.get("Authorization", "")))
                content = json.dumps({"sentences": chat.sentences})
                self.send_response(chat.status)
                self.end_headers()
                self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def chat() -> Iterator[Chat]:
    made = Chat(READ)
    yield made
    made.close()


def check(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], input=text, catch_exceptions=False)


def test_a_claim_that_is_not_read_gets_the_verdict_of_its_rewording_and_says_whose_it_is(
    chat: Chat, table: Path
) -> None:
    run = check(UNREAD, "--table", table, "--reader", chat.url, "--reader-model", "tiny")
    assert "verdict    supported" in run.stdout
    assert "flags      proposed" in run.stdout
    assert f"tiny at {chat.url.removeprefix('http://')} reworded the claim as “{READ}”" in run.stdout
    assert "82" not in json.dumps(chat.asked[0][0]["messages"])


def test_a_second_run_asks_nobody(chat: Chat, table: Path, cache: Path) -> None:
    runs = [check(UNREAD, "--table", table, "--reader", chat.url, "--reader-model", "tiny") for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    assert len(chat.asked) == 1
    assert len(list((cache / "claimgauge" / "rewordings").iterdir())) == 1


def test_numbers_are_shown_to_the_model_only_if_allowed_and_the_key_is_sent(
    chat: Chat, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMGAUGE_API_KEY", "secret")
    check(UNREAD, "--table", table, "--reader", chat.url, "--reader-model", "tiny", "--reader-sees-numbers")
    ((body, key),) = chat.asked
    assert "82.0" in body["messages"][-1]["content"]
    assert key == "Bearer secret"


def test_a_rewording_that_changes_the_claim_is_shown_and_decides_nothing(chat: Chat, table: Path) -> None:
    chat.sentences = ("BERT outperforms AME on MNLI.",)
    run = check(UNREAD, "--table", table, "--reader", chat.url, "--reader-model", "tiny", "--json")
    found = json.loads(run.stdout)
    assert (found["verdict"], found["flags"]) == ("not-testable", [])
    assert "proposed reading “BERT outperforms AME on MNLI.”" in found["alternatives"][-1]


def test_a_batch_asks_for_the_lines_that_are_not_read(chat: Chat, table: Path) -> None:
    lines = "".join(json.dumps({"id": i, "claim": claim}) + "\n" for i, claim in enumerate((READ, UNREAD)))
    run = check("--batch", "-", "--table", table, "--reader", chat.url, "--reader-model", "tiny", text=lines)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [a["verdict"] for a in answers] == ["supported", "supported"]
    assert [a["flags"] for a in answers] == [[], ["proposed"]]
    assert len(chat.asked) == 1


def test_a_server_that_fails_ends_a_batch_with_its_error_after_the_lines_before(chat: Chat, table: Path) -> None:
    chat.status = 503
    lines = "".join(json.dumps({"claim": claim}) + "\n" for claim in (READ, UNREAD, READ))
    with pytest.raises(MissingDataError, match="status 503") as caught:
        check("--batch", "-", "--table", table, "--reader", chat.url, "--reader-model", "tiny", text=lines)
    assert caught.value.exit_code == 4


def test_without_the_option_nothing_is_contacted_or_loaded(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *args: pytest.fail("the network was used"))
    monkeypatch.setattr("runners.propose.local_model.load_model", lambda folder: pytest.fail("a model was loaded"))
    found = json.loads(check(UNREAD, "--table", table, "--json").stdout)
    assert (found["verdict"], found["alternatives"]) == ("not-testable", [])


def test_a_model_in_a_folder_rewords_too(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Knows:
        name = "a model that knows"

        def answer(self, messages: object) -> str:
            return READ

    monkeypatch.setattr("runners.propose.local_model.load_model", lambda folder: Knows())
    run = check(UNREAD, "--table", table, "--reader", table.parent)
    assert "verdict    supported" in run.stdout
    assert "a model that knows reworded the claim" in run.stdout


def test_a_folder_that_is_not_there_is_an_error_for_a_missing_model(table: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="a reader is a local folder"):
        check(READ, "--table", table, "--reader", tmp_path / "no")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reader", "ftp://host"), "is no address of a server"),
        (("--reader-model", "tiny"), "need --reader"),
        (("--reader-sees-numbers",), "need --reader"),
        (("--reader", ".", "--reader-timeout", "3"), "for a server, not for a folder"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...], said: str, table: Path) -> None:
    with pytest.raises(UsageError, match=said):
        check(READ, "--table", table, *options)
