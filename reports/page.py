"""report.html: one self-contained page that opens from disk and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.files.escapes import COMMANDING, escaped
from analysis.wording import counted
from claims.verdict import VERDICTS
from reports import legend
from reports.cited_sources import attribution_name
from reports.next_runs import ClaimLink, NextRuns, run_name
from reports.output import SIGN, Shared, Spool, with_places
from reports.printed import interval, number
from reports.tally import MARK_CODES, Tally
from reports.views import across_views, anchor, numbered, report_name, report_view, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from claims.audit import AuditFinding
    from claims.verify import CheckedReport
    from reports.matrix import TransferMatrix
    from reports.matrix_view import MatrixView
    from reports.tool import Tool

KEPT = 8192
"""Pieces of one kind that are kept."""
KINDS = ("row", "word", "cell", "train", "evaluate", "toml")
"""Macros that draw a piece."""
BETWEEN = "<!---->"
"""Stands between pieces."""


def kept_pieces(environment: Environment) -> Mapping[str, Callable[..., str]]:
    """Functions for the globals of an environment; a piece must be hashable.

    Those that draw pieces of one kind take the pieces of the report so far, a dictionary for each of `KINDS`.
    """
    rows = {f"drawn_{kind}s": _in_row(n, _kept(environment, "pieces.html", kind)) for n, kind in enumerate(KINDS)}
    return {"drawn_verdict": _kept(environment, "marks.html", "verdict"), **rows}


def _kept(environment: Environment, template: str, macro: str) -> Callable[[object], str]:
    @lru_cache(maxsize=KEPT)
    def drawn(piece: object) -> str:
        text: str = getattr(environment.get_template(template).module, macro)(piece)
        return text.strip()

    return drawn


def _in_row(kind: int, drawn: Callable[[object], str]) -> Callable[[Sequence[dict[str, int]], Iterable[object]], str]:
    def row(held: Sequence[dict[str, int]], pieces: Iterable[object]) -> str:
        entries = held[kind]
        signs = [f"{SIGN}{kind}{entries.setdefault(drawn(piece), len(entries))}{SIGN}" for piece in pieces]
        return Markup(" ".join(signs))  # noqa: S704 (signs and digits)

    return row


STYLES = ("base.css", "icons.css", "summary.css", "controls.css", "claims.css", "matrix.css", "print.css")
SCRIPTS = ("state.js", "claims.js", "room.js", "rows.js", "place.js", "list.js", "controls.js", "actions.js")
PER_REPORT = ("index_row.html", "report.html")
"""Templates of what is put aside of each report."""
IN_SUMMARY = frozenset({"marks-against-verdicts"})
"""Findings across reports that the summary shows as a table."""
HOLDERS = {
    kind: (f'<div data-pieces="{kind}"><noscript><{tag}>{BETWEEN}', f"{BETWEEN}</{tag}></noscript></div>\n", "")
    for kind, tag in {
        "row": "table",
        "word": "ol",
        "cell": "ol",
        "train": "div",
        "evaluate": "div",
        "toml": "pre",
    }.items()
}
"""Markup around the pieces of each kind."""
ACROSS_SHOWN = 40
"""Findings across reports above this many are folded away."""


class PageOutput:
    """Writes report.html.

    In memory stay the counts of the summary, the path of each report and the matrices; all else is on disk.

    Attributes:
        matrices: gains in the results that were given, one table a model.
    """

    file: ClassVar[str] = "report.html"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.matrices: Sequence[TransferMatrix] = ()
        self.tally = Tally()
        self.next_runs = NextRuns()
        self.numbers: dict[str, int] = {}
        self.title = ""
        self.index = Spool(folder, "index.html" if named else "")
        self.sections = Spool(folder, self.file if named else "")
        self.pieces = tuple(Shared(folder, f"{kind}s.html" if named else "", between=BETWEEN) for kind in KINDS)
        self.spools = (self.index, self.sections, *(one.spool for one in self.pieces))

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its row in the index and its section, with signs for its number and pieces, and its pieces of each kind."""
        view = report_view(checked)
        pieces: tuple[dict[str, int], ...] = tuple({} for _ in KINDS)
        row, section = (_environment().get_template(name).render(report=view, held=pieces) for name in PER_REPORT)
        return (row, section, *(BETWEEN.join(entries) for entries in pieces))

    def put(self, texts: Sequence[str]) -> None:
        """Puts a row and a section aside, and of the pieces those that no report before had."""
        row, section = (numbered(text, self.tally.reports + 1) for text in texts[: len(PER_REPORT)])
        places = {
            f"{kind}{n}": str(one.place(entry))
            for kind, (one, text) in enumerate(zip(self.pieces, texts[len(PER_REPORT) :], strict=True))
            for n, entry in enumerate(text.split(BETWEEN) if text else ())
        }
        self.index.put(row)
        self.sections.put(with_places(section, places))

    def count(self, checked: CheckedReport) -> None:
        """Counts its claims, and notes what would settle them."""
        self.tally.add(checked)
        number = self.tally.reports
        self.numbers.setdefault(checked.report.path, number)
        self.title = self.title or report_name(checked.report)
        for one in checked.claims:
            label = one.claim.id if number == 1 else f"{number}·{one.claim.id}"
            self.next_runs.add(one.verdict.settle, ClaimLink(anchor(number, one.claim.id), label))

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The page in pieces."""
        several = self.tally.reports > 1
        shared = {
            "tool": self.tool,
            "tally": self.tally,
            "several": several,
            "across": across_views([f for f in across if f.code not in IN_SUMMARY], self.numbers, names=several),
            "across_shown": ACROSS_SHOWN,
            "matrices": _views(self.matrices),
            "steps": self.next_runs.steps(),
            "waiting": self.next_runs.waiting,
            "mark_codes": [code for code in sorted(self.tally.codes) if code in MARK_CODES],
            "called": [(key, n) for key in legend.STANDING_SHORT if (n := self.tally.standings[key])],
            "bar": segments(self.tally.verdicts),
            "title": self.title if not several else f"{self.tally.reports:,} reports",
            "policy": policy(),
            "style": style(),
            "script": script(),
        }
        yield _environment().get_template("opening.html").render(shared)
        if several:
            yield from self.index.text()
        yield _environment().get_template("controls.html").render(shared)
        yield from self.sections.text()
        yield _environment().get_template("shared.html").render(shared)
        for kind, one in zip(KINDS, self.pieces, strict=True):
            yield from one.text(*HOLDERS[kind])
        yield "</div>\n"
        yield _environment().get_template("closing.html").render(shared)


WORDS = {
    "VERDICTS": VERDICTS,
    "VERDICT_NAMES": legend.VERDICT_NAMES,
    "VERDICT_MEANINGS": legend.VERDICT_MEANINGS,
    "LEVEL_MEANINGS": legend.LEVEL_MEANINGS,
    "FLAG_MEANINGS": legend.FLAG_MEANINGS,
    "MARK_NAMES": legend.MARK_NAMES,
    "LOUD": legend.LOUD,
    "STANDING_NAMES": legend.STANDING_NAMES,
    "STANDING_SHORT": legend.STANDING_SHORT,
    "verdict_name": legend.verdict_name,
    "attribution_name": attribution_name,
    "run_name": run_name,
    "interval": interval,
    "counted": counted,
}
"""Names that every template may use."""


def _views(matrices: Sequence[TransferMatrix]) -> tuple[MatrixView, ...]:
    """Imported where there is something to show: gains need pandas and numpy."""
    if not matrices:
        return ()
    from reports.matrix_view import matrix_views

    return matrix_views(matrices)


@cache
def style() -> str:
    """All style sheets as one."""
    return "\n" + _terse("".join(_read(name) for name in STYLES))


@cache
def script() -> str:
    """All scripts as one."""
    return "\n" + _terse("".join(_read(name) for name in SCRIPTS))


def policy() -> str:
    """The content security policy: our style and our script by their hashes, nothing else.

    The icon in the tab is a data URL inside the page.
    """
    return (
        f"default-src 'none'; style-src '{_hash(style())}'; script-src '{_hash(script())}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _terse(code: str) -> str:
    """Without comments, indents and empty lines."""
    return re.sub(r"^\s*/\*.*?\*/\s*|^\s+", "", code, flags=re.DOTALL | re.MULTILINE)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _read(name: str) -> str:
    return (files("reports") / "templates" / name).read_text(encoding="utf-8")


def _printable(value: object) -> object:
    """Writes out characters that command a terminal or turn the direction of writing; line ends stay."""
    if type(value) is str and not value.isprintable() and COMMANDING.search(value):
        return "\n".join(map(escaped, value.split("\n")))
    return value


def _by_model(runs: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Runs ("xlm-r-large: anli+") under what their names begin with ("xlm-r-large: "), each beginning once."""
    named = [run.rpartition(": ") for run in runs]
    models = dict.fromkeys(model + colon for model, colon, _ in named)
    return tuple((one, tuple(run for model, colon, run in named if model + colon == one)) for one in models)


def _in_text(text: str) -> Markup:
    """Escaped for between tags, where quotation marks are as they are."""
    return Markup(escape(str(_printable(text)), quote=False))  # noqa: S704 (escaped here)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
        auto_reload=False,
    )
    environment.filters["number"] = number
    environment.filters["in_text"] = _in_text
    environment.filters["by_model"] = _by_model
    environment.globals.update(WORDS)
    environment.globals.update(kept_pieces(environment))
    return environment
