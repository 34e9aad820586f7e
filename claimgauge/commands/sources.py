"""`claimgauge sources`: a folder of papers as one file that can be listed, searched and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import InputError, UsageError
from analysis.wording import counted
from claimgauge.commands.sources_ledger import ledger
from claimgauge.outputs import OUTPUT_FILE

if TYPE_CHECKING:
    from claims.library.adding import Added
    from claims.library.model import PaperTable
    from claims.library.store import Document, PaperStore

DATABASE = click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("sources.db"),
    show_default=True,
    help="The file of sources.",
)
SCHEMA = "claimgauge.sources/1"
WIDEST = 60


@click.group(context_settings={"max_content_width": 100})
def command() -> None:
    """Keep papers as sources: read them once, then list, search and show them (the last three with --json, too).

    \b
    Examples:
      claimgauge sources add papers/
      claimgauge sources ls
      claimgauge sources search "average improvement SQuAD 8.4"
      claimgauge sources show phang2020:5
      claimgauge sources export -o cells.jsonl
      claimgauge verify report.md --sources sources.db
    """


command.add_command(ledger)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@DATABASE
@click.option("--quiet", is_flag=True, help="Print only files that could not be read, and the summary.")
def add(paths: tuple[Path, ...], db: Path, quiet: bool) -> int:
    """Read papers, PATHS being files or folders: PDF, LaTeX, HTML, JATS, Markdown, text, DOCX.

    What did not change since the last time is not read again; a file that cannot be read is one line,
    and the exit code is then 3. Nothing is fetched from the network.

    \b
    Examples:
      claimgauge sources add papers/
      claimgauge sources add main.tex paper.pdf --db study.db
      claimgauge sources add papers/ --quiet
    """
    from claimgauge.progress import ShownProgress
    from claims.library.adding import add_files, files_in
    from claims.library.store import opened

    files = files_in(paths)
    counts: dict[str, int] = {}
    with opened(db, new=True) as store, ShownProgress("reading papers", len(files)) as shown:
        for added in shown.over(add_files(store, files)):
            counts[added.outcome] = counts.get(added.outcome, 0) + 1
            if added.outcome == "failed":
                shown.say(f"failed     {added.path}: {added.why}", err=True)
            elif not quiet:
                shown.say(f"{added.outcome:10} {added.path}{_told(added)}")
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    click.echo(f"{db}: {told}")
    return 3 if counts.get("failed") else 0


def _told(added: Added) -> str:
    if added.paper is None:
        return {"copy": f" (as {added.why})", "moved": f" (from {added.why})"}.get(
            added.outcome, " (of a LaTeX document)" if added.outcome == "part" else ""
        )
    paper = added.paper
    doubtful = sum(bool(table.doubts) for table in paper.tables)
    pages = f"{counted(paper.pages, 'page')}, " if paper.pages else ""
    nameless = sum(not table.caption for table in paper.tables)
    remarks = [f"{doubtful} doubtful"] * bool(doubtful) + [f"{nameless} without a caption"] * bool(nameless)
    tables = counted(len(paper.tables), "table") + (f" ({', '.join(remarks)})" if remarks else "")
    empty = f", no text on {counted(len(paper.empty_pages), 'page')}" if paper.empty_pages else ""
    sentences = counted(len(paper.sentences), "sentence")
    return f": {pages}{sentences}, {tables}, {counted(len(paper.references), 'reference')}{empty}"


@command.command("ls")
@DATABASE
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(db: Path, as_json: bool) -> int:
    """List the documents: number, version, pages, sentences, tables, references, file and title.

    \b
    Examples:
      claimgauge sources ls
      claimgauge sources ls --db study.db --json
    """
    from claims.library.store import opened

    with opened(db) as store:
        documents = store.documents()
    if as_json:
        click.echo(
            json.dumps({"schema": SCHEMA, "documents": [_record(d) for d in documents]}, ensure_ascii=False, indent=2)
        )
        return 0
    for one in documents:
        ids = " ".join(filter(None, (f"arXiv:{one.arxiv}" if one.arxiv else "", one.version, one.doi)))
        tables = counted(one.tables, "table") + (f" ({one.doubtful} doubtful)" if one.doubtful else "")
        click.echo(f"{one.id:4}  {one.name}  {ids}".rstrip())
        click.echo(f"      {one.title[:WIDEST] or '(no title found)'}")
        click.echo(
            f"      {one.kind}, {counted(one.pages, 'page')}, {counted(one.sentences, 'sentence')}, "
            f"{tables}, {counted(one.references, 'reference')}"
        )
    click.echo(f"{len(documents)} documents")
    return 0


@command.command()
@click.argument("query")
@DATABASE
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Passages at most.")
@click.option(
    "--semantic",
    is_flag=True,
    help="Order what holds any of the words by likeness of meaning, which judges nothing (needs claimgauge[semantic]).",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def search(query: str, db: Path, limit: int, semantic: bool, as_json: bool) -> int:
    """Find sentences, and rows of tables, with the words of QUERY; names and numbers are looked for whole.

    Passages with every word come first; ones with only some are marked "~". That a passage is found
    says nothing about whether it bears a claim out.

    \b
    Examples:
      claimgauge sources search "XLM-R XNLI 79.2"
      claimgauge sources search "catastrophic forgetting" --limit 3 --json
      claimgauge sources search "forgetting" --semantic --db study.db
    """
    from claims.library.searching import ASKED, by_meaning
    from claims.library.searching import search as find
    from claims.library.store import opened

    with opened(db) as store:
        hits = find(store, query, max(limit, ASKED) if semantic else limit)
    near = by_meaning(hits, query, limit) if semantic else [(hit, None) for hit in hits]
    if as_json:
        found = [
            {
                "document": h.document.id, "file": h.document.path, "version": h.document.version, "page": h.page,
                "line": h.line, "kind": h.kind, "section": h.section, "every_word": h.every, "text": h.text,
                "likeness": likeness,
            }
            for h, likeness in near
        ]  # fmt: skip
        click.echo(json.dumps({"schema": SCHEMA, "query": query, "found": found}, ensure_ascii=False, indent=2))
        return 0
    for hit, likeness in near:
        place = f"{hit.document.name}:{hit.page or ''}".rstrip(":") + (f" line {hit.line}" if hit.line else "")
        sign = f"≈ {likeness:.2f}" if likeness is not None else " " if hit.every else "~"
        click.echo(f"{sign} {place}  [{hit.section or hit.kind}]")
        click.echo(f"    {hit.text}")
    if not hits:
        click.echo("Nothing holds any of these words.")
    return 0


@command.command()
@click.argument("place", metavar="DOC[:PAGE]")
@DATABASE
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(place: str, db: Path, as_json: bool) -> int:
    """Show a document's sections and tables, or the sentences and tables of one page.

    DOC is a number of `claimgauge sources ls`, a file's name, or a part of it that only one has.

    \b
    Examples:
      claimgauge sources show 1
      claimgauge sources show phang2020_v1:5
    """
    from claims.library.store import opened

    name, page = _place(place)
    with opened(db) as store:
        document = _document(store.documents(), name, db)
        if page is not None and document.pages and not 1 <= page <= document.pages:
            raise InputError(place, f"{document.name} has {document.pages} pages")
        if page is not None and not document.pages:
            raise InputError(place, f"{document.name} has no pages ({document.kind}); leave the number out")
        record = _shown(store, document, page)
    if as_json:
        click.echo(
            json.dumps({"schema": SCHEMA, "document": _record(document), **record}, ensure_ascii=False, indent=2)
        )
        return 0
    click.echo(f"{document.name}: {document.title or '(no title found)'}" + (f", page {page}" if page else ""))
    for sentence in record["sentences"]:
        click.echo(f"{sentence['line']:5}  {sentence['text']}")
    for table in record["tables"]:
        click.echo(_table_text(table))
    return 0


@command.command()
@DATABASE
@click.option("--document", default="", metavar="DOC", help="Only this document (a number or name, as in show).")
@click.option(
    "-o",
    "--out",
    type=OUTPUT_FILE,
    default=Path("cells.jsonl"),
    show_default=True,
    help="File to write: one record a line.",
)
def export(db: Path, document: str, out: Path) -> int:
    """Write the cells of whole tables as Every Eval Ever records (schema 0.3.0), one for each row of a table.

    A row's label stands as the model, the names over the columns as the evaluations. What a table does
    not state is "unknown" there. Doubtful tables are left out and counted.

    \b
    Examples:
      claimgauge sources export
      claimgauge sources export --document phang2020 -o phang2020.jsonl
    """
    import time

    from claimgauge import __version__
    from claims.library.evidence import usable
    from claims.library.exporting import records
    from claims.library.store import opened

    with opened(db) as store:
        every = store.documents()
        kept = list(store.tables([_document(every, document, db)] if document else every))
    refused = {one.id for one, _ in usable(kept).refused}
    made = records((one for one in kept if one.id not in refused), f"{time.time():.0f}", f"claimgauge {__version__}")
    count = cells = 0
    with out.open("w", encoding="utf-8") as file:
        for record in made:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
            cells += len(record["evaluation_results"])
    left_out = f"; left out: {counted(len(refused), 'doubtful table')}" if refused else ""
    click.echo(f"{out}: {counted(cells, 'cell')} in {counted(count, 'record')}{left_out}")
    return 0


def _place(place: str) -> tuple[str, int | None]:
    name, sign, number = place.rpartition(":")
    if sign and number.isdecimal():
        return name, int(number)
    return place, None


def _document(documents: list[Document], name: str, db: Path) -> Document:
    exact = [d for d in documents if name in {str(d.id), d.name, d.path, Path(d.name).stem}]
    near = exact or [d for d in documents if name.lower() in d.path.lower()]
    if len(near) == 1:
        return near[0]
    told = ", ".join(f"{d.id} ({d.path})" for d in near[:8])
    if near:
        raise UsageError(f"{name!r} may be {told}; name one by its number")
    raise InputError(str(db), f"no document {name!r}; `claimgauge sources ls` lists {len(documents)}")


def _shown(store: PaperStore, document: Document, page: int | None) -> dict[str, list[dict[str, object]]]:
    pages = [page] if page is not None else range(document.pages + 1)
    sentences = [
        {"page": n, "line": line, "kind": kind, "text": text}
        for n in pages
        for kind, line, text in store.page(document.id, n)
    ]
    tables = [_table_record(k.table) for k in store.tables([document]) if page is None or k.table.page == page]
    return {"sentences": sentences, "tables": tables}


def _table_record(table: PaperTable) -> dict[str, object]:
    return {
        "label": table.label, "caption": table.caption, "page": table.page, "header_rows": table.grid.depth,
        "latex": table.grid.latex,
        "rows": table.grid.rows, "lines": table.lines, "doubts": table.doubts,
    }  # fmt: skip


def _table_text(table: dict[str, object]) -> str:
    from analysis.tables.markup import plain

    printed, doubts = table["rows"], table["doubts"]
    assert isinstance(printed, tuple)
    assert isinstance(doubts, tuple)
    rows = [[plain(cell, latex=bool(table["latex"])) for cell in row] for row in printed]
    width = max(map(len, rows), default=0)
    widths = [max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(width)]
    lines = ["  ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)).rstrip() for row in rows]
    caption = str(table["caption"]) or "A table"
    told = [f"  not used: {doubt}" for doubt in doubts]
    return "\n".join(["", caption, *told, *(f"  {line}" for line in lines)])


def _record(one: Document) -> dict[str, object]:
    return {
        "id": one.id, "file": one.path, "sha256": one.sha256, "kind": one.kind, "title": one.title, "arxiv": one.arxiv,
        "doi": one.doi, "version": one.version, "pages": one.pages, "empty_pages": one.empty_pages,
        "sentences": one.sentences, "tables": one.tables, "doubtful_tables": one.doubtful, "references": one.references,
    }  # fmt: skip
