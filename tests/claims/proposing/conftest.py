"""A small table, and a chat server on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from analysis.tables import Table, table_of_grid


@pytest.fixture(scope="session")
def table() -> Table:
    (made,) = table_of_grid(
        ["Model", "MNLI", "RTE", "QNLI"],
        [
            ["BERT", "80.1", "70.2", "85.0"],
            ["AME", "82.0", "69.0", "86.0"],
            ["AME w/o psg", "81.0", "60.0", "84.0"],
            ["T5", "79.3", "66.4", "80.6"],
        ],
        caption="Accuracy on three data sets.",
        source="t.csv",
    )
    return made


@dataclass
class ChatServer:
    """What a server on this machine answers, and what it was asked.

    Attributes:
        content: of its completions. status: of its answers. raw: its whole answer instead of a completion.
        models: it lists. knows_schema: whether it takes `response_format`. delay: seconds before an answer.
        location: of a redirection.
    """

    content: str = '{"sentences": []}'
    status: int = 200
    raw: str | None = None
    models: tuple[str, ...] = ("tiny",)
    knows_schema: bool = True
    delay: float = 0.0
    location: str = ""
    url: str = ""
    asked: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)

    def answer(self, path: str, body: dict[str, Any], key: str) -> tuple[int, str]:
        self.asked.append((path, body, key))
        time.sleep(self.delay)
        if "response_format" in body and not self.knows_schema:
            return 400, '{"error": "unknown field response_format"}'
        if self.raw is not None or self.status != 200:
            return self.status, self.raw or "it broke\x1b[31m"
        if path.endswith("/models"):
            return 200, json.dumps({"data": [{"id": model} for model in self.models]})
        return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": self.content}}]})


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    state = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            status, text = state.answer(self.path, body, self.headers.get("Authorization", ""))
            try:
                self.send_response(status)
                if state.location:
                    self.send_header("Location", state.location)
                self.end_headers()
                self.wfile.write(text.encode())
            except OSError:
                pass  # the client has gone, as it should after its time is up

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Answers:
    """A proposer with one answer to everything."""

    text: str
    name: str = "a model"
    asked: int = 0

    def answer(self, messages: object) -> str:
        self.asked += 1
        return self.text


@pytest.fixture
def answers() -> Callable[[str], Answers]:
    return Answers
