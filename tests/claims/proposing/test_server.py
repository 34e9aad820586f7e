"""The client of a chat server, against a small real one on this machine."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest

from analysis.errors import UsageError
from claims.proposing.proposer import CachedProposer, Message, ProposerError
from claims.proposing.server import Server, server_at

ASKED = (Message("system", "Reword."), Message("user", "Claim: A beats B."))


def client(chat: Any, **options: Any) -> Server:
    return server_at(chat.url, **{"model": "tiny", "timeout": 5.0, **options})


def test_a_question_is_one_post_with_model_schema_and_no_chance(chat: Any) -> None:
    chat.content = "hello"
    assert client(chat).answer(ASKED) == "hello"
    ((path, body, key),) = chat.asked
    assert (path, key) == ("/v1/chat/completions", "")
    assert (body["model"], body["temperature"], body["stream"]) == ("tiny", 0, False)
    assert body["messages"] == [{"role": m.role, "content": m.content} for m in ASKED]
    assert body["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_the_address_may_be_bare_or_whole(chat: Any, ending: str) -> None:
    server_at(chat.url + ending, "tiny").answer(ASKED)
    assert chat.asked[0][0] == "/v1/chat/completions"


def test_a_server_with_one_model_need_not_be_told_which(chat: Any) -> None:
    server = client(chat, model="")
    server.answer(ASKED)
    assert [path for path, _, _ in chat.asked] == ["/v1/models", "/v1/chat/completions"]
    assert server.name == f"tiny at {chat.url.removeprefix('http://')}"


@pytest.mark.parametrize("models", [(), ("one", "two")])
def test_a_server_with_several_models_or_none_must_be_told_which(chat: Any, models: tuple[str, ...]) -> None:
    chat.models = models
    with pytest.raises(ProposerError, match="--reader-model"):
        client(chat, model="").answer(ASKED)


def test_a_server_without_schemas_is_asked_once_more_without_one_and_then_never_with_one(chat: Any) -> None:
    chat.knows_schema = False
    server = client(chat)
    for _ in range(2):
        server.answer(ASKED)
    assert ["response_format" in body for _, body, _ in chat.asked] == [True, False, False]


def test_the_key_is_sent_and_not_shown(chat: Any) -> None:
    server = client(chat, key="secret")
    server.answer(ASKED)
    assert chat.asked[0][2] == "Bearer secret"
    assert "secret" not in repr(server)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 500}, r"status 500 \(it broke.*look into its log"),
        ({"status": 404}, "check the address and --reader-model"),
        ({"status": 401}, "CLAIMGAUGE_API_KEY"),
        ({"raw": "<html>"}, "did not answer with JSON; is it an OpenAI-compatible server"),
        ({"raw": "{}"}, "no chat completion"),
        ({"raw": '{"choices": [{"message": {"content": null}}]}'}, "no chat completion"),
        ({"raw": "[" * 100_000}, "did not answer with JSON"),
    ],
)
def test_an_answer_that_is_none_is_an_error_with_a_remedy_and_exit_code_4(
    chat: Any, answer: dict[str, Any], said: str
) -> None:
    for name, value in answer.items():
        setattr(chat, name, value)
    with pytest.raises(ProposerError, match=said) as caught:
        client(chat).answer(ASKED)
    assert caught.value.exit_code == 4
    assert str(caught.value).isprintable()


def test_a_server_that_hangs_is_left_after_the_time_it_was_given(chat: Any) -> None:
    chat.delay = 1.0
    start = time.monotonic()
    with pytest.raises(ProposerError, match=r"within 0\.2 s.*--reader-timeout"):
        client(chat, timeout=0.2).answer(ASKED)
    assert time.monotonic() - start < 0.9


def test_a_server_that_is_not_there_is_an_error_that_says_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ProposerError, match=rf"no answer from http://127\.0\.0\.1:{port}/v1 .*start the server"):
        server_at(f"http://127.0.0.1:{port}", "tiny").answer(ASKED)


def test_a_redirection_is_not_followed_so_that_the_key_goes_nowhere_else(chat: Any) -> None:
    chat.status, chat.location = 302, f"{chat.url}/elsewhere"
    with pytest.raises(ProposerError, match="redirects"):
        client(chat, key="secret").answer(ASKED)
    assert [path for path, _, _ in chat.asked] == ["/v1/chat/completions"]


@pytest.mark.parametrize(
    "address",
    ["ftp://host", "file:///etc/passwd", "http://", "http://host:port", "http://user:pw@host", "http://h/v1?x=1", "http://h\n/v1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a server"):
        server_at(address)


def test_no_proxy_stands_between_this_machine_and_itself(chat: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    client(chat).answer(ASKED)
    assert len(chat.asked) == 1


def test_the_same_question_is_asked_once_and_another_model_or_question_again(chat: Any, tmp_path: Any) -> None:
    chat.content = "first"
    assert CachedProposer(client(chat), tmp_path).answer(ASKED) == "first"
    chat.content = "second"
    assert CachedProposer(client(chat), tmp_path).answer(ASKED) == "first"
    assert len(chat.asked) == 1
    assert CachedProposer(client(chat, model="other"), tmp_path).answer(ASKED) == "second"
    assert CachedProposer(client(chat), tmp_path).answer(ASKED[1:]) == "second"
    assert len(chat.asked) == 3


def test_a_kept_answer_that_is_damaged_is_asked_for_again(chat: Any, tmp_path: Any) -> None:
    cached = CachedProposer(client(chat), tmp_path)
    cached.answer(ASKED)
    (path,) = tmp_path.iterdir()
    path.write_text('{"answer": 3}')
    assert cached.answer(ASKED) == chat.content
    assert len(chat.asked) == 2


def test_an_error_is_not_kept(chat: Any, tmp_path: Any) -> None:
    chat.status = 503
    with pytest.raises(ProposerError):
        CachedProposer(client(chat), tmp_path).answer(ASKED)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_kept_the_answer_is_given_all_the_same(chat: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("")
    assert CachedProposer(client(chat), tmp_path / "file").answer(ASKED) == chat.content


def test_a_server_that_breaks_off_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1 << 16)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(ProposerError, match=address):
            server_at(address, "tiny", timeout=5.0).answer(ASKED)
        thread.join()
