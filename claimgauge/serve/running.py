"""The server, from its start until Ctrl-C."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from analysis.errors import UsageError
from claimgauge.serve.app import application
from claimgauge.serve.session import Session

if TYPE_CHECKING:
    from claims.setup import Setup

HOST = "127.0.0.1"


def serve(setup: Setup, folder: Path, port: int, largest: int, *, opened: bool) -> None:
    """Serves the page until it is stopped.

    Args:
        setup: what claims are checked with.
        folder: where everything is kept.
        port: of 127.0.0.1.
        largest: bytes of a file.
        opened: whether to open the browser.

    Raises:
        UsageError: the port is taken. InputError: a file of the setup, or the ledger, cannot be read.
    """
    with closing(_socket(port)) as listening, closing(Session(folder, setup)) as session:
        address = f"http://{HOST}:{port}/"
        click.echo("Reading the evidence …", err=True)
        session.claims.ask("check_claim", "MNLI has 392,702 training examples.")
        click.echo(f"{address}  (kept in {folder}; Ctrl-C ends it)", err=True)
        if opened:
            webbrowser.open(address)
        config = uvicorn.Config(application(session, port, largest), log_level="warning", server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def _socket(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UsageError(f"--port {port}: {error.strerror}; choose another") from None
    return listening
