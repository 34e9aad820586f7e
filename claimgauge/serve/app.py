"""The routes of the page."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from analysis.errors import ClaimgaugeError, UsageError
from claimgauge.serve.guarding import POLICY, Guarded, TooLargeError
from claimgauge.serve.session import ASSERTIONS, LEDGER, Session
from claims.verdict import VERDICTS
from reports.answers import plain

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST_SEARCH = 300
"""Characters of words that are looked for."""
RETRIED_AFTER = 5.0
"""Seconds until a report is tried again whose outcome could not be written to the ledger."""
KINDS = {"page.html": "text/html", "serve.css": "text/css", "serve.js": "text/javascript", "base.css": "text/css"}


def application(session: Session, port: int, largest: int) -> Guarded:
    """The page's server.

    Args:
        session: what it works with.
        port: it listens on.
        largest: bytes of a body.
    """
    pages = _Pages(session)
    routes = [
        Route("/", pages.home),
        Route("/static/{name}", pages.static),
        Route("/check", pages.check, methods=["POST"]),
        Route("/evidence", pages.evidence),
        Route("/evidence", pages.add_evidence, methods=["POST"]),
        Route("/evidence/{name}", pages.drop_evidence, methods=["DELETE"]),
        Route("/corrections", pages.correct, methods=["POST"]),
        Route("/corrections", pages.corrections),
        Route("/corrections/{key}", pages.undo, methods=["DELETE"]),
        Route("/corrections.toml", pages.corrections_file),
        Route("/reports", pages.reports),
        Route("/reports", pages.add_report, methods=["POST"]),
        Route("/reports/{number:int}", pages.report),
        Route("/reports/{number:int}", pages.check_again, methods=["POST"]),
        Route("/reports/{number:int}/page", pages.report_page),
        Route("/claims", pages.claims),
    ]
    app = Starlette(
        routes=routes,
        lifespan=pages.lifespan,
        exception_handlers={
            ClaimgaugeError: _fault,
            TooLargeError: _too_large,
            sqlite3.Error: _no_ledger,
            OSError: _no_disk,
        },
    )
    return Guarded(app, frozenset({f"127.0.0.1:{port}", f"localhost:{port}"}), largest)


class _Pages:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.queue: asyncio.Queue[tuple[int, str, str]] = asyncio.Queue()

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Reports that wait are checked one after another while the server runs."""
        for waiting in await run_in_threadpool(self.session.kept.waiting):
            self.queue.put_nowait(waiting)
        task = asyncio.create_task(self._check_reports())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self.session.close()

    async def _check_reports(self) -> None:
        while True:
            waiting = await self.queue.get()
            try:
                await run_in_threadpool(self.session.check_report, *waiting)
            except sqlite3.Error as error:
                sys.stderr.write(f"claimgauge: {waiting[1]!r} waits: the ledger cannot be written ({error})\n")
                await asyncio.sleep(RETRIED_AFTER)
                self.queue.put_nowait(waiting)

    async def home(self, _: Request) -> Response:
        return Response(_static("page.html"), media_type="text/html", headers={"content-security-policy": POLICY})

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in KINDS:
            return PlainTextResponse("no such file", 404)
        return Response(_static(name), media_type=KINDS[name])

    async def check(self, request: Request) -> Response:
        given = await _given(request)
        return _json(await run_in_threadpool(self.session.check, _said(given, "claim")))

    async def evidence(self, _: Request) -> Response:
        return _json({"built_in": self.session.built_in, "files": self.session.evidence()})

    async def add_evidence(self, request: Request) -> Response:
        assume = [part for part in unquote(request.headers.get("x-assume", "")).split(",") if part.strip()]
        act = partial(self.session.add_evidence, _name(request), await request.body(), assume)
        return _json(await run_in_threadpool(act))

    async def drop_evidence(self, request: Request) -> Response:
        await run_in_threadpool(self.session.drop_evidence, request.path_params["name"])
        return _json({})

    async def correct(self, request: Request) -> Response:
        given = await _given(request)
        text, reads, by = (_said(given, name) for name in ("text", "reads", "by"))
        day = datetime.now(UTC).date().isoformat()
        return _json({"reads": await run_in_threadpool(self.session.correct, text, reads, by, day)})

    async def corrections(self, _: Request) -> Response:
        return _json({"corrections": await run_in_threadpool(self.session.corrections)})

    async def undo(self, request: Request) -> Response:
        await run_in_threadpool(self.session.undo, request.path_params["key"])
        return _json({})

    async def corrections_file(self, _: Request) -> Response:
        text = await run_in_threadpool(self.session.readings.text)
        headers = {"content-disposition": f'attachment; filename="{ASSERTIONS}"'}
        return PlainTextResponse(text, headers=headers)

    async def reports(self, _: Request) -> Response:
        return _json({"reports": await run_in_threadpool(self.session.kept.reports)})

    async def add_report(self, request: Request) -> Response:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        act = partial(self.session.take_report, _name(request), await request.body(), now)
        return await self._waits(await run_in_threadpool(act))

    async def check_again(self, request: Request) -> Response:
        number = request.path_params["number"]
        if await run_in_threadpool(self.session.kept.state, number) is None:
            return PlainTextResponse("no such report", 404)
        await run_in_threadpool(self.session.kept.wait_again, number)
        return await self._waits(number)

    async def _waits(self, number: int) -> Response:
        state = await run_in_threadpool(self.session.kept.state, number)
        assert state is not None
        self.queue.put_nowait((number, state["name"], state["stored"]))
        return _json(state)

    async def report(self, request: Request) -> Response:
        state = await run_in_threadpool(self.session.kept.state, request.path_params["number"])
        return PlainTextResponse("no such report", 404) if state is None else _json(state)

    async def report_page(self, request: Request) -> Response:
        path = self.session.page(request.path_params["number"])
        if not path.is_file():
            return PlainTextResponse("no such page", 404)
        page = await run_in_threadpool(path.read_bytes)
        return Response(page.replace(b"<html ", b"<html data-served ", 1), media_type="text/html")

    async def claims(self, request: Request) -> Response:
        wanted = [word for word in request.query_params.getlist("verdict") if word in VERDICTS]
        words = request.query_params.get("words", "")
        if len(words) > LONGEST_SEARCH:
            raise UsageError(f"search for at most {LONGEST_SEARCH} characters")
        act = partial(self.session.kept.claims, words, wanted)
        return _json({"claims": await run_in_threadpool(act)})


async def _given(request: Request) -> dict[str, Any]:
    try:
        given = await request.json()
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UsageError("expected a JSON object")
    return given


def _said(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise UsageError(f"{name} is no text")
    return value


def _name(request: Request) -> str:
    name = unquote(request.headers.get("x-name", ""))
    if not name.strip():
        raise UsageError("the header X-Name names the file")
    return name


def _json(value: Any, status: int = 200) -> Response:
    """A value as JSON in ASCII: NaN as null, halves of characters as escapes."""
    return Response(json.dumps(plain(value)), status, media_type="application/json")


def _static(name: str) -> bytes:
    package = files("reports") / "templates" if name == "base.css" else files("claimgauge.serve") / "static"
    return (package / name).read_bytes()


async def _fault(_: Request, error: Exception) -> Response:
    return _json({"error": str(error)}, 422)


async def _no_ledger(_: Request, error: Exception) -> Response:
    why = f"the ledger ({LEDGER}) cannot be used now: {error}; if it stays so, move it away and start the server again"
    return _json({"error": why}, 503)


async def _no_disk(_: Request, error: Exception) -> Response:
    return _json({"error": f"could not be kept: {getattr(error, 'strerror', None) or error}; nothing was changed"}, 507)


async def _too_large(_: Request, __: Exception) -> Response:
    return _json({"error": "the body is too large; allow more (max-mb)"}, 413)
