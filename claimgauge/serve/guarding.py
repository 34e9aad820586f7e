"""Requests the page's server refuses unread: other hosts, other origins, bodies that are too large."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

READING = frozenset({"GET", "HEAD"})
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Content security policy of the page itself; a report's page carries its own."""


class Guarded:
    """An application that answers only this machine's own page.

    A name that points to this machine (DNS rebinding) has another Host; a page elsewhere has another Origin, and
    cannot set `x-claimgauge` without asking first, which nobody answers.

    Args:
        app: behind it. hosts: values of the Host header that are ours. largest: bytes of a body.
    """

    def __init__(self, app: App, hosts: frozenset[str], largest: int) -> None:
        self.app, self.hosts, self.largest = app, hosts, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        fault = self._fault(scope["method"], headers)
        if fault:
            await _refuse(send, *fault)
            return
        await self.app(scope, _counted(receive, self.largest), _with_headers(send))

    def _fault(self, method: str, headers: MutableMapping[str, str]) -> tuple[int, str] | None:
        if headers.get("host", "") not in self.hosts:
            return 421, "this server answers to its own address on this machine only"
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in self.hosts}:
            return 403, "another page may not ask this server"
        if method not in READING and headers.get("x-claimgauge") != "1":
            return 403, "changes need the header X-Claimgauge: 1"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.largest:
            return 413, f"more than {self.largest:,} bytes; cut it down, or allow more (max-mb)"
        return None


class TooLargeError(Exception):
    """A body without a length that went on and on."""


def _counted(receive: Receive, largest: int) -> Receive:
    taken = 0

    async def take() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise TooLargeError
        return message

    return take


def _with_headers(send: Send) -> Send:
    async def give(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
        await send(message)

    return give


async def _refuse(send: Send, status: int, why: str) -> None:
    body = why.encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
