"""`claimgauge doctor`: is everything in place?"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from analysis.plugins import KINDS, PluginError, registered
from claimgauge import __version__
from claimgauge.guard import HOME, hidden

CORE = (
    "pandas",
    "numpy",
    "scipy",
    "pyarrow",
    "jinja2",
    "click",
    "beautifulsoup4",
    "markdown-it-py",
    "rapidfuzz",
)
EXTRAS = {
    "pdf": ("pypdf",), "sources": ("pypdfium2",), "docx": ("mammoth",), "xlsx": ("openpyxl",), "yaml": ("pyyaml",),
    "run": ("torch", "transformers"),
}  # fmt: skip


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(as_json: bool) -> int:
    """Check this installation: packages, extras, built-in data.

    \b
    Examples:
      claimgauge doctor
      claimgauge doctor --json
    """
    checks = list(_checks())
    if as_json:
        click.echo(json.dumps([{"what": w, "ok": ok, "detail": d} for w, ok, d in checks], indent=2))
    else:
        for what, ok, detail in checks:
            click.echo(f"{'ok ' if ok else 'BAD' if ok is False else ' - '}  {what}: {detail}")
    return 5 if any(ok is False for _, ok, _ in checks) else 0


def _checks() -> Iterator[tuple[str, bool | None, str]]:
    yield (
        "claimgauge",
        True,
        f"{__version__}, Python {platform.python_version()} on {sys.platform}, from {HOME}",
    )
    foreign = hidden()
    detail = "; ".join(f"{name} is hidden by {where}" for name, where in foreign)
    yield "own packages", not foreign, detail or "analysis, claims, reports and runners are ours"
    for package in CORE:
        yield package, *_installed(package)
    for extra, packages in EXTRAS.items():
        found = [(_version(p), p) for p in packages]
        missing = [p for v, p in found if v is None]
        hint = f'not installed: {", ".join(missing)} (pip install "claimgauge[{extra}]")'
        yield (
            f"extra {extra}",
            None if missing else True,
            hint if missing else ", ".join(f"{p} {v}" for v, p in found),
        )
    yield from _plugins()
    for what, check in (
        ("vocabulary", _vocabulary),
        ("published evidence", _published),
        ("grammar", _grammar),
    ):
        yield what, *_tried(check)


def _plugins() -> Iterator[tuple[str, bool | None, str]]:
    """A line for each plugin: whether it loads."""
    for kind in KINDS:
        for plugin in registered(kind):
            try:
                plugin.load(())
                yield f"plugin {plugin.name} ({kind})", True, plugin.origin
            except PluginError as error:
                yield f"plugin {plugin.name} ({kind})", None, str(error)


def _installed(package: str) -> tuple[bool, str]:
    found = _version(package)
    return found is not None, found or "not installed"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _tried(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except Exception as error:  # noqa: BLE001 (whatever breaks is the finding)
        return False, f"{type(error).__name__}: {error}"


def _vocabulary() -> str:
    from analysis.registry.vocabulary import vocabulary

    words = vocabulary()
    return ", ".join(f"{len(words[c])} {c}s" for c in ("intermediate", "target", "language", "model", "metric"))


def _published() -> str:
    from analysis.published.scores import findings, published_scores

    return f"{len(published_scores())} scores, {len(findings())} findings"


def _grammar() -> str:
    from claims.domains.registry.claim import read_claim

    reading = read_claim("MNLI contains 392,702 training examples.")
    if str(reading.assertion) != "(fact mnli train_examples 392702)":
        raise ValueError(f"a simple claim is read as {reading.assertion}")
    return "reads claims"
