"""`claimgauge serve` in a process of its own, and somebody who asks it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from command import ROOT
from ports import free_port


@dataclass(frozen=True)
class Served:
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            with connection.getresponse() as answer:
                text = answer.read().decode()
                is_json = answer.headers["content-type"].startswith("application/json")
                return answer.status, json.loads(text) if is_json else text

    def post(self, path: str, body: bytes | dict[str, Any], **headers: str) -> tuple[int, Any]:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        return self.ask("POST", path, data, X_Claimgauge="1", **headers)

    def check(self, claim: str) -> dict[str, Any]:
        status, found = self.post("/check", {"claim": claim})
        assert status == 200, found
        return dict(found)

    def report(self, number: int) -> dict[str, Any]:
        for _ in range(1200):
            found = self.ask("GET", f"/reports/{number}")[1]
            if found["state"] != "waiting":
                return dict(found)
            time.sleep(0.05)
        raise AssertionError("the report is never checked")


def start(folder: Path, *options: str) -> Served:
    port = free_port()
    command = [sys.executable, "-m", "claimgauge", "serve", "--port", str(port), "--folder", str(folder), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder.parent, env=environment, stderr=subprocess.DEVNULL)
    served = Served(port, folder, process)
    for _ in range(1800):
        try:
            served.ask("GET", "/")
        except OSError:
            assert process.poll() is None, "the server ended"
            time.sleep(0.05)
        else:
            return served
    raise AssertionError("the server does not answer")


def stop(served: Served) -> int:
    served.process.send_signal(signal.SIGINT)
    return served.process.wait(30)
