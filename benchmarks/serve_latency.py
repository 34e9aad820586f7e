"""Latency of the page's answer to a claim while another report is being checked.

Starts `claimgauge serve` on loopback, asks claims never asked before (those of `verify_throughput`, one connection
each, as the page does) while nothing else happens, then gives it a report of many claims and asks others until that
is done. The first claims after the start are left out: they warm the process.

    python benchmarks/serve_latency.py                # 200 claims at rest, a report of 5,000 claims
    python benchmarks/serve_latency.py --claims 2000
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from verify_throughput import HERE, claim

WARMING, AT_REST = 20, 200
"""Claims asked before anything is measured; claims asked while no report is checked."""
ASKED_EACH = 0.05
"""Seconds between two claims."""


def asked(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body, {"X-Claimgauge": "1", **headers})
        with connection.getresponse() as answer:
            text = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{method} {path}: {answer.status} {text[:200]!r}")
            return json.loads(text) if "json" in answer.headers["content-type"] else text
    finally:
        connection.close()


def timed(port: int, text: str) -> float:
    """Milliseconds until the answer to a claim is here."""
    began = time.perf_counter()
    asked(port, "POST", "/check", json.dumps({"claim": text}).encode())
    return 1000 * (time.perf_counter() - began)


def shown(what: str, times: list[float]) -> None:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    share = sum(one < 300 for one in times) / len(times)
    numbers = f"{len(times):6d} {cuts[49]:7.0f} {cuts[94]:7.0f} {cuts[98]:7.0f} {max(times):7.0f} {100 * share:7.1f}"
    print(f"{what:28s} {numbers}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=5000, help="of the report")
    given = parser.parse_args()
    rng = random.Random(20260202)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        call = [sys.executable, "-m", "claimgauge", "serve", "--port", str(port), "--folder", str(Path(name) / "page")]
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        process = subprocess.Popen(call, cwd=name, env=environment, stderr=subprocess.DEVNULL)
        try:
            measured(port, process, rng, given.claims)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def measured(port: int, process: subprocess.Popen[bytes], rng: random.Random, claims: int) -> None:
    while True:
        try:
            asked(port, "GET", "/")
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"the server ended, status {process.returncode}") from None
            time.sleep(0.1)
        else:
            break
    for _ in range(WARMING):
        timed(port, claim(rng))
    print("milliseconds                  claims  median    95 %    99 %    most  % below 300")
    shown("nothing else happens", [timed(port, claim(rng)) for _ in range(AT_REST)])
    text = "# Claims\n\n" + "".join(f"- {claim(rng)}\n" for _ in range(claims))
    number = asked(port, "POST", "/reports", text.encode(), **{"X-Name": "long.md"})["id"]
    times, began = list[float](), time.perf_counter()
    while asked(port, "GET", f"/reports/{number}")["state"] == "waiting":
        times.append(timed(port, claim(rng)))
        time.sleep(ASKED_EACH)
    state = asked(port, "GET", f"/reports/{number}")["state"]
    shown(f"a report of {claims} is checked", times)
    print(f"the report: {state} after {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
