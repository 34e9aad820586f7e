"""Tables for a spreadsheet (CSV) and for a paper (LaTeX in the style of booktabs), and their evidence as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.exporters.printing import latex_escaped
from analysis.files.atomic import replacing, write_text
from analysis.files.spreadsheets import guarded

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary

LONG = 40
"""Characters of a text from which on its column breaks lines in LaTeX."""
DIGITS = 6
"""Significant digits of a number in LaTeX; CSV keeps all."""
CLAIM_COLUMNS = ("report", "id", "claim", "mark", "verdict", "flags", "level", "reason")
EVIDENCE_COLUMNS = ("report", "id", "what", "value", "low", "high", "role", "source", "provenance")
ARXIV = re.compile(r"(?:arXiv[ :]*)?\b(\d{4}\.\d{4,5})(v\d+)?\b")
AUTHORS = re.compile(r"\b([A-Z][\w'-]+)(?: et al\.?| and [A-Z][\w'-]+)?,? \(?((?:19|20)\d\d)\b")
DERIVED = "derived"
"""Provenance of a number that was computed from others, which are cited instead."""


def write_table(frame: pd.DataFrame, stem: Path) -> tuple[Path, Path]:
    """Writes a table as STEM.csv and STEM.tex, each whole or not at all."""
    table, print_ = stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.tex")
    with replacing(table) as temporary:
        guarded(frame).to_csv(temporary, index=False, lineterminator="\n")
    write_text(print_, booktabs(frame))
    return table, print_


def booktabs(frame: pd.DataFrame) -> str:
    """A table as a tabular of LaTeX; needs the package booktabs."""
    texts = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    kinds = [_column(frame[name].dtype.kind, [row[j] for row in texts]) for j, name in enumerate(frame.columns)]
    head = " & ".join(latex_escaped(str(name).replace("_", " ")) for name in frame.columns)
    rows = [" & ".join(row) + r" \\" for row in texts]
    lines = [rf"\begin{{tabular}}{{{''.join(kinds)}}}", r"\toprule", rf"{head} \\", r"\midrule", *rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def _column(kind: str, texts: Sequence[str]) -> str:
    if kind in "biufc":
        return "r"
    return r"p{0.3\linewidth}" if any(len(text) > LONG for text in texts) else "l"


def _cell(value: object) -> str:
    if value is None or value != value:  # NaN is unlike itself
        return "--"
    text = f"{value:.{DIGITS}g}" if isinstance(value, float) else " ".join(str(value).split())
    return latex_escaped(text)


def write_verdicts(document: Mapping[str, Any], folder: Path, registry: Vocabulary) -> tuple[Path, ...]:
    """Writes claims and evidence as CSV and LaTeX, and what the evidence comes from as BibTeX.

    Args:
        document: of a verdicts.json, see `reports.verdicts_read.load_verdicts`.
        folder: made where it is missing.
        registry: the vocabulary, for the titles of papers.

    Returns:
        The files.
    """
    import pandas as pd

    claims = [(report["path"], claim) for report in document["reports"] for claim in report["claims"]]
    told = [
        (path, c["id"], c["text"], c["mark"], c["verdict"], ", ".join(c["flags"]), c["level"], c["reason"])
        for path, c in claims
    ]
    shown = [
        (path, c["id"], item["what"], item["value"], *(item[name] for name in EVIDENCE_COLUMNS[4:]))
        for path, c in claims
        for item in c["evidence"]
    ]
    cited = [item["source"] for _, c in claims for item in c["evidence"] if item["provenance"] != DERIVED]
    return (
        *write_table(pd.DataFrame(told, columns=list(CLAIM_COLUMNS)), folder / "claims"),
        *write_table(pd.DataFrame(shown, columns=list(EVIDENCE_COLUMNS)), folder / "evidence"),
        write_sources(cited, folder, registry),
    )


def write_sources(sources: Iterable[str], folder: Path, registry: Vocabulary) -> Path:
    """Writes evidence.bib, see `bibtex`."""
    path = folder / "evidence.bib"
    write_text(path, bibtex(sources, registry))
    return path


def bibtex(sources: Iterable[str], registry: Vocabulary) -> str:
    """An entry of BibTeX for each paper that sources name, and for each source that names none.

    A paper is told by its arXiv number; its title is known where the vocabulary has the paper. What is not known is
    not made up: such an entry has the source's own words as its note.

    Args:
        sources: as evidence names them, repeated or not.
        registry: the vocabulary.
    """
    papers = {entry.facts["arxiv"]: entry for entry in registry["paper"].values()}
    entries: dict[str, dict[str, str]] = {}
    for source in dict.fromkeys(filter(None, sources)):
        found = ARXIV.search(source)
        known = papers.get(found[1]) if found else None
        key = known.id if known else _key(f"arxiv {found[1]}" if found else source)
        if key not in entries:
            entries[key] = _fields(source, found[1] if found else "", known.facts if known else {})
    return "".join(
        f"@misc{{{key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items()) + "}\n\n"
        for key, fields in sorted(entries.items())
    )


def _fields(source: str, arxiv: str, known: Mapping[str, Any]) -> dict[str, str]:
    author = AUTHORS.search(source)
    fields = {
        "author": f"{author[1]} and others" if author else "",
        "key": "" if author else latex_escaped(source),
        "title": latex_escaped(str(known.get("title", ""))),
        "year": str(known.get("year", author[2] if author else "")),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "note": "" if known else latex_escaped(source),
    }
    return {name: text for name, text in fields.items() if text}


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
