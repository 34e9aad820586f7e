"""Tables of printed papers, cell by cell: `python benchmarks/sources/layouts.py [PAPERS [SEED [FOLDER]]]`.

Writes PAPERS (2) made-up papers in each of ten layouts, reads them, and counts cells: right, wrong, refused
with their table, not found. SEED (0) draws other papers. FOLDER keeps the PDFs and what they hold
(`papers.json`). Layouts whose program is not here (pdflatex, LibreOffice, Chromium) are left out and said so.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import in_latex
import in_pages
import in_word
from made_papers import Made, MadePaper, paper

from claims.library.model import PaperTable
from claims.library.reading import read_paper

Writer = Callable[[MadePaper, Path], Path]


def writers() -> dict[str, Writer | None]:
    """Layout → what writes a paper in it; None where the program is not here."""
    latex = shutil.which("pdflatex")
    found: dict[str, Writer | None] = {
        name: partial(_latex, look) if latex else None for name, look in in_latex.LOOKS.items()
    }
    for name, style in in_pages.STYLES.items():
        found[name] = partial(_page, style) if in_pages.BROWSER else None
    found["jats, printed"] = _journal if in_pages.BROWSER else None
    found["word framed"] = partial(_word, 1, True) if in_word.OFFICE else None
    found["word two columns"] = partial(_word, 2, False) if in_word.OFFICE else None
    return found


def _latex(look: in_latex.Look, one: MadePaper, folder: Path) -> Path:
    return in_latex.write(one, look, folder)


def _page(style: str, one: MadePaper, folder: Path) -> Path:
    return in_pages.write(in_pages.page(one, style), folder)


def _journal(one: MadePaper, folder: Path) -> Path:
    return in_pages.write(in_pages.jats_page(one), folder)


def _word(columns: int, framed: bool, one: MadePaper, folder: Path) -> Path:
    return in_word.write(one, folder, columns=columns, framed=framed)


def bare(text: str) -> str:
    """A cell without marks, minus signs and dashes of one kind."""
    for mark in ("**", "<u>", "</u>", "†"):
        text = text.replace(mark, "")
    return "".join(text.replace("−", "-").replace("—", "–").split())


def compared(made: list[list[str]], depth: int, read: PaperTable) -> tuple[int, list[str]]:
    """The number of right cells, and the wrong ones in words."""
    rows = [[bare(cell) for cell in row] for row in read.grid.rows]
    wrong: list[str] = []
    if read.grid.depth != depth:
        wrong.append(f"{read.grid.depth} header rows, not {depth}")
    if len(rows) != len(made):
        wrong.append(f"{len(rows)} rows, not {len(made)}")
    right = 0
    for n, row in enumerate(made):
        for m, cell in enumerate(row):
            said = rows[n][m] if n < len(rows) and m < len(rows[n]) else "nothing"
            if said == bare(cell):
                right += 1
            else:
                wrong.append(f"row {n + 1}, column {m + 1}: {said!r}, not {cell!r}")
    return right, wrong


def cells(table: Made) -> int:
    """The number of cells of a table."""
    return sum(len(row) for row in table.grid())


def counted(one: MadePaper, path: Path) -> tuple[Counter[str], list[str]]:
    """Cells of a paper by what became of them, and what is wrong or refused, in words."""
    by_name = {table.label.split()[-1]: table for table in read_paper(path)[0].tables if table.label}
    counts: Counter[str] = Counter()
    told: list[str] = []
    for number, table in enumerate(one.tables, 1):
        read = by_name.get(str(number)) or by_name.get(("I", "II", "III")[number - 1])
        if read is None:
            counts["not found"] += cells(table)
            told.append(f"table {number} not found")
        elif read.doubts:
            counts["refused"] += cells(table)
            told.append(f"table {number} refused: {'; '.join(read.doubts)}")
        else:
            right, wrong = compared(table.grid(), len(table.header), read)
            counts["right"] += right
            counts["wrong"] += len(wrong)
            told += [f"table {number} WRONG: {one}" for one in wrong]
    return counts, told


def main() -> None:
    """Writes, reads, prints."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kept = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    told: dict[str, dict[str, object]] = {}
    total: Counter[str] = Counter()
    print(f"{'layout':22} {'right':>6} {'wrong':>6} {'refused':>8} {'not found':>10}")
    for layout, (name, write) in enumerate(writers().items()):
        if write is None:
            print(f"{name:22} its program is not here")
            continue
        counts: Counter[str] = Counter()
        remarks: list[str] = []
        for n in range(papers):
            one = paper(seed + 100 * layout + n)
            with tempfile.TemporaryDirectory() as folder:
                path = write(one, Path(folder))
                found, said = counted(one, path)
                if kept:
                    kept.mkdir(parents=True, exist_ok=True)
                    file = kept / f"{name.replace(', ', ' ').replace(' ', '_')}_{n + 1}.pdf"
                    shutil.copy(path, file)
                    grids = [{"header_rows": len(t.header), "rows": t.grid()} for t in one.tables]
                    told[file.name] = {"tables": grids}
            counts += found
            remarks += [f"  paper {n + 1}, {remark}" for remark in said]
        print(f"{name:22} {counts['right']:6} {counts['wrong']:6} {counts['refused']:8} {counts['not found']:10}")
        print("\n".join(remarks) + "\n" * bool(remarks), end="")
        total += counts
    print(f"{'all':22} {total['right']:6} {total['wrong']:6} {total['refused']:8} {total['not found']:10}")
    if kept:
        (kept / "papers.json").write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
