"""A model behind a server that speaks the chat interface of OpenAI (llama.cpp, vLLM, Ollama and others)."""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from analysis.errors import UsageError
from claims.proposing.judging import SCHEMA
from claims.proposing.proposer import Message, ProposerError

NO_SERVER = "is it an OpenAI-compatible server?"
LARGEST = 4 << 20
"""Bytes of an answer that are read."""
LONGEST_ANSWER = 512
"""Tokens an answer may have."""
REFUSALS = frozenset({400, 415, 422, 500, 501})
"""Statuses by which servers say that they do not know `response_format`."""


class _NoRedirect(HTTPRedirectHandler):
    """Follows no redirection: the key is for the address given, and for no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        return None


@dataclass(slots=True)
class Server:
    """A model behind a server.

    Attributes:
        base: address that "/chat/completions" is put behind.
        model: as the server calls it; "" until the server is asked for its only one.
        key: sent as bearer token; "" for none.
        timeout: seconds an answer may take.
        constrained: whether answers are held to a JSON schema; false once the server refused that.
    """

    base: str
    model: str = ""
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    constrained: bool = True

    @property
    def name(self) -> str:
        """The model and the server's host.

        Raises:
            ProposerError: the server was not told which model to take, and has not just one.
        """
        if not self.model:
            self.model = self._only_model()
        return f"{self.model} at {urlsplit(self.base).netloc.rpartition('@')[2]}"

    def answer(self, messages: Sequence[Message]) -> str:
        """The likeliest answer to a chat.

        Raises:
            ProposerError: no answer, or none that can be read.
        """
        assert self.name
        body: dict[str, Any] = {
            "model": self.model, "messages": [asdict(m) for m in messages], "temperature": 0, "seed": 0,
            "max_tokens": LONGEST_ANSWER, "stream": False,
        }  # fmt: skip
        if not self.constrained:
            return _content(self._sent("/chat/completions", body), self.base)
        schema = {"name": "rewording", "strict": True, "schema": SCHEMA}
        form = {"response_format": {"type": "json_schema", "json_schema": schema}}
        try:
            return _content(self._sent("/chat/completions", {**body, **form}), self.base)
        except _RefusedError:
            self.constrained = False
            return _content(self._sent("/chat/completions", body), self.base)

    def _only_model(self) -> str:
        data = self._sent("/models")
        listed = data.get("data") if isinstance(data, dict) else None
        names = [str(m["id"]) for m in listed or () if isinstance(m, dict) and m.get("id")]
        if len(names) == 1:
            return _printable(names[0])
        shown = ", ".join(_printable(name) for name in names[:10]) or "none"
        raise ProposerError(f"{self.base} lists several models or none ({shown}); name one with --reader-model")

    def _sent(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The server's response to a request, parsed as JSON."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.base + path, data, headers)  # noqa: S310 - http and https only, see `server_at`
        text = self._read(request)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise ProposerError(
                f"{self.base}{path} did not answer with JSON; is it an OpenAI-compatible server?"
            ) from None

    def _read(self, request: Request) -> bytes:
        end = time.monotonic() + self.timeout
        try:
            with _opener(request.host).open(request, timeout=self.timeout) as response:
                return _whole(response, end)
        except HTTPError as error:
            with error:
                raise _status(error, request.full_url) from None
        except TimeoutError:
            raise self._late() from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from None
            raise ProposerError(
                f"no answer from {self.base} ({error.reason}); start the server, or mend --reader"
            ) from None
        except (OSError, HTTPException) as error:
            raise ProposerError(f"{self.base} broke off ({error or type(error).__name__}); look into its log") from None

    def _late(self) -> ProposerError:
        remedy = "take a smaller model, or raise --reader-timeout"
        return ProposerError(f"{self.base} did not answer within {self.timeout:g} s; {remedy}")


class _RefusedError(ProposerError):
    """A status by which the form of the answer may be refused."""


def server_at(address: str, model: str = "", key: str = "", timeout: float = 120.0) -> Server:
    """The server at an address; nothing is sent yet.

    Args:
        address: http or https, bare (http://localhost:8080) or with the path up to the version (…/v1).
        model: as the server calls it; "" for its only one.
        key: bearer token.
        timeout: seconds an answer may take.

    Raises:
        UsageError: no such address.
    """
    base = re.sub(r"/+(?:chat/completions/?)?$", "", address.strip())
    try:
        parts = urlsplit(base)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or parts.query or parts.username or not base.isprintable():
        raise UsageError(f"--reader {address!r} is no address of a server (http://HOST:PORT or https://HOST/v1)")
    return Server(base if parts.path else f"{base}/v1", model, key, timeout)


def _opener(host: str) -> OpenerDirector:
    """Follows no redirection; goes through no proxy to this machine."""
    return build_opener(_NoRedirect(), *([ProxyHandler({})] if _is_local(urlsplit(f"//{host}").hostname) else []))


def _is_local(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _whole(response: HTTPResponse, end: float) -> bytes:
    text = b""
    while block := response.read1(1 << 16):
        text += block
        if time.monotonic() > end:
            raise TimeoutError
        if len(text) > LARGEST:
            raise HTTPException("its answer is too long")
    return text


def _status(error: HTTPError, address: str) -> ProposerError:
    if 300 <= error.code < 400:
        return ProposerError(f"{address} redirects elsewhere, which is not followed; give the final address")
    if error.code in (401, 403):
        return ProposerError(f"{address} refuses the key (status {error.code}); set CLAIMGAUGE_API_KEY to a valid one")
    try:
        said = _printable(error.read(2000).decode(errors="replace"))[:200]
    except (OSError, HTTPException):
        said = ""
    remedy = "check the address and --reader-model" if error.code == 404 else "look into its log"
    kind = _RefusedError if error.code in REFUSALS else ProposerError
    return kind(f"{address} answers with status {error.code}{f' ({said})' if said else ''}; {remedy}")


def _content(data: Any, address: str) -> str:
    try:
        content = data["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        content = None
    if not isinstance(content, str):
        raise ProposerError(f"{address} answered with no chat completion; {NO_SERVER}")
    return content


def _printable(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
