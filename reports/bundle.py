"""All outputs of a run in one folder: whole, or not there at all."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Self

from analysis.errors import ClaimgaugeError, UsageError
from analysis.files.atomic import replacing, sweep
from reports.rendered import Rendered, rendered
from reports.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from claims.audit import AuditFinding
    from claims.verify import CheckedReport
    from reports.journal import Journal
    from reports.matrix import TransferMatrix
    from reports.output import Output, Spool

__all__ = ["FORMATS", "Bundle", "Tool", "output_of"]

WRITERS = {
    "html": "page:PageOutput",
    "json": "verdicts_json:JsonOutput",
    "md": "markdown:MarkdownOutput",
    "junit": "junit:JUnitOutput",
    "sarif": "sarif:SarifOutput",
}
"""Format → module and class that write it."""
FORMATS = tuple(WRITERS)


def output_of(name: str) -> type[Output]:
    """The class that writes a format; only those that are written are imported.

    Raises:
        UsageError: the format is unknown.
    """
    if name not in WRITERS:
        raise UsageError(f"unknown format {name!r} (one of {', '.join(FORMATS)})")
    module, _, kind = WRITERS[name].partition(":")
    found: type[Output] = getattr(import_module(f"reports.{module}"), kind)
    return found


class Bundle:
    """Writes report.html, verdicts.json, report.md, junit.xml and verdicts.sarif into a folder.

    Reports are taken in one by one and put aside on disk, so that memory stays flat over
    thousands of them. The files take their places when the block ends well; if it raises, nothing
    new is left and older files stay as they were. The same reports give the same bytes. With a
    journal, what was put aside is kept when the run is interrupted, or the disk is full.

    Example:
        ```python
        with Bundle(Path("out"), tool=tool) as bundle:
            for report in reports:
                bundle.add(verifier.check(report))
            bundle.finish(verifier.across.findings())
        ```

    Args:
        out: the folder; made where it is missing.
        tool: what made the verdicts.
        formats: which files, see `FORMATS`.
        matrices: gains in the results that were given, for the page (see `reports.matrix`).
        journal: what is gone on with; it is closed with the block.

    Raises:
        UsageError: a format is unknown, or something else stands where a file should go.
    """

    def __init__(
        self,
        out: Path,
        *,
        tool: Tool,
        formats: Sequence[str] = FORMATS,
        matrices: Sequence[TransferMatrix] = (),
        journal: Journal | None = None,
    ) -> None:
        self.out = out
        self.tool = tool
        self.matrices = matrices
        self.journal = journal
        self.formats = tuple(dict.fromkeys(formats))
        self._kinds = [output_of(name) for name in self.formats]
        self._outputs: list[Output] = []
        self._made: list[Path] = []
        self._spools = ExitStack()
        self._files = ExitStack()
        self._finished = False

    def __enter__(self) -> Self:
        self._check_places()
        self._make_folder()
        try:
            if self.journal is not None:
                self.journal.open(self.out)
            for kind in self._kinds:
                place = self.out if self.journal is None else self.journal.folder
                output = kind(self.tool, place, named=self.journal is not None)
                if self.matrices:
                    self._show_matrices(output)
                for spool in output.spools:
                    self._spools.callback(spool.close)
                self._outputs.append(output)
        except BaseException:
            self._discard()
            raise
        return self

    def _show_matrices(self, output: Output) -> None:
        from reports.page import PageOutput

        if isinstance(output, PageOutput):
            output.matrices = self.matrices

    def add(self, checked: CheckedReport) -> None:
        """Takes in one report."""
        self.take(rendered(checked, self.formats))

    def take(self, report: Rendered) -> None:
        """Takes in one report that was rendered for these formats, maybe by another process."""
        for output, (_, texts) in zip(self._outputs, report.texts, strict=True):
            output.put(texts)
        if self.journal is not None:
            for spool in self._all_spools():
                spool.flush()
            self.journal.note(report.slim, [spool.size for spool in self._all_spools()])
        self._count(report.slim)

    def take_up(self, paths: Sequence[str], digests: Iterator[str]) -> Iterator[CheckedReport]:
        """The reports that the journal holds already, as slim ones, in the order of the paths.

        Args:
            paths: of the reports of this run.
            digests: their SHA-256.
        """
        if self.journal is None:
            return
        spools = self._all_spools()
        ends = [0] * len(spools)
        for slim, sizes in self.journal.taken_up(paths, digests):
            if any(spool.size < size for spool, size in zip(spools, sizes, strict=True)):
                break
            ends = sizes
            self._count(slim)
            yield slim
        for spool, size in zip(spools, ends, strict=True):
            spool.cut(size)

    def _count(self, slim: CheckedReport) -> None:
        for output in self._outputs:
            output.count(slim)

    def _all_spools(self) -> list[Spool]:
        return [spool for output in self._outputs for spool in output.spools]

    def finish(self, across: Sequence[AuditFinding] = ()) -> None:
        """Puts the files together; they take their places when the block ends.

        Args:
            across: the findings on all reports beside each other.
        """
        for output in self._outputs:
            part = self._files.enter_context(replacing(self.out / output.file))
            with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                stream.writelines(output.text(across))
        self._finished = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and not self._finished:
            fault = ClaimgaugeError("a bundle was left without finish(): nothing was written")
            self._files.__exit__(type(fault), fault, None)
            self._discard()
            raise fault
        try:
            self._files.__exit__(kind, error, trace)
        finally:
            self._spools.close()
            if self.journal is not None:
                self.journal.close(keep=kind is not None and not issubclass(kind, ClaimgaugeError))
            if kind is not None:
                self._discard()

    def _check_places(self) -> None:
        if self.out.exists() and not self.out.is_dir():
            raise UsageError(f"{self.out} is a file; --out needs a folder")
        for kind in self._kinds:
            if (self.out / kind.file).is_dir():
                raise UsageError(f"{self.out / kind.file} is a folder; remove it or choose another --out")

    def _make_folder(self) -> None:
        missing = [folder for folder in (self.out, *self.out.parents) if not folder.exists()]
        self.out.mkdir(parents=True, exist_ok=True)
        sweep(self.out)
        self._made = missing

    def _discard(self) -> None:
        """Leaves the disk as it was found; of a journal, what it keeps."""
        self._spools.close()
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()
