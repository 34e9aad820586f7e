"""Claims that are cut off, completed from source texts; `claims.cuts` finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import InputError
from claims.continuations import Text, continuations
from claims.cuts import cut_prose, find_cuts
from claims.readers import pdf
from claims.readers.options import MOST_BYTES
from claims.readers.source import decode, open_source
from claims.repair import repair
from claims.report import Claim
from claims.sentences import without_ellipsis

__all__ = ["complete", "cut_prose", "find_cuts", "load_sources"]

_ENDINGS = (".txt", ".md", ".markdown", ".pdf")


def complete(claims: Sequence[Claim], sources: Mapping[str, str]) -> tuple[Claim, ...]:
    """Completes cut claims from texts that hold exactly one continuation of them.

    Both forms are kept: `text` stays cut, `completed` is the whole sentence. Wrapping, hyphens and
    quotation marks may differ between claim and source, letters may not.

    Args:
        claims: of one or more reports.
        sources: name → text, such as the papers the report was made from (see `load_sources`).
    """
    if all(claim.cut == "no" for claim in claims):
        return tuple(claims)
    texts = {name: Text.of(text) for name, text in sources.items()}
    return tuple(claim if claim.cut == "no" else _completed(claim, texts) for claim in claims)


def _completed(claim: Claim, texts: Mapping[str, Text]) -> Claim:
    stem = without_ellipsis(claim.text)
    found = [
        (key, rest, name)
        for name, text in texts.items()
        for key, rest in continuations(text, stem, in_word=claim.cut == "in word")
    ]
    if len({key for key, _, _ in found}) != 1:
        return claim
    _, rest, name = found[0]
    return replace(claim, completed=stem + rest, completed_from=name)


def load_sources(paths: Iterable[Path]) -> dict[str, str]:
    """Reads source texts: .txt, .md and .pdf files, or folders of them.

    Returns:
        Path as given, with what lies below a folder added → mended text.

    Raises:
        InputError: a path does not exist, a file cannot be read, a folder holds nothing to read.
        MissingDataError: a PDF is among them and pypdf is not installed.
    """
    sources: dict[str, str] = {}
    for path in map(Path, paths):
        files = [path]
        if path.is_dir():
            files = sorted(f for f in path.rglob("*") if f.suffix.lower() in _ENDINGS and f.is_file())
            if not files:
                raise InputError(str(path), f"holds no source text; put {', '.join(_ENDINGS)} files there")
        sources |= {file.as_posix(): _source_text(file) for file in files}
    return sources


def _source_text(path: Path) -> str:
    source = open_source(path, 10 * MOST_BYTES)
    if pdf.is_pdf(source):
        return repair(next(pdf.texts(source, ""))).text
    return repair(decode(source)).text
