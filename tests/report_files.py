"""Writes small reports for the tests of readers, and reads them."""

from __future__ import annotations

from pathlib import Path

from claims.readers import ReadOptions, read_report
from claims.report import Report


def read_text(folder: Path, text: str | bytes, name: str = "report.md", **columns: str) -> Report:
    """A report of a given text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_report(path, options=ReadOptions(columns=columns))


def texts(report: Report) -> list[str]:
    """The texts of a report's claims."""
    return [claim.text for claim in report.claims]


def marked(report: Report) -> list[tuple[str, str]]:
    """The texts of a report's claims with what their marks mean."""
    return [(claim.text, claim.mark) for claim in report.claims]


def pdf_of(*streams: str, annotation: str = "") -> bytes:
    """A PDF with one page per stream of drawing commands; its font is F1, its page 612 × 792 points."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(streams)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    notes = f"/Annots [{annotation}]" if annotation else ""
    for i, stream in enumerate(streams):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> {notes} "
            f"/Contents {5 + 2 * i} 0 R >>"
        )
        objects += [page, f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
    written, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return (written + f"startxref\n{written.index('xref')}\n%%EOF").encode("latin-1")
