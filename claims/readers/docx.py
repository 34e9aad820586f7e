"""Word documents, by mammoth (an extra): their HTML, read as HTML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from analysis.errors import MissingDataError
from claims.readers import html
from claims.readers.controls import GAP
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARTS = ("word/document.xml", "word/styles.xml")
_WRAPPING = frozenset(_W + name for name in ("fldSimple", "ins", "moveTo", "smartTag", "customXml"))
_GONE = frozenset(_W + name for name in ("del", "moveFrom"))
_HIDING = tuple(_W + name for name in ("vanish", "webHidden", "specVanish"))
_PLAIN_FORMULA = frozenset(_M + name for name in ("oMath", "oMathPara", "r", "t", "rPr", "sty", "ctrlPr"))
_OFF = frozenset(("0", "false", "off"))


def with_all_said(data: bytes) -> bytes:
    """A document with formulas, fields, moved and inserted text as plain runs, hidden text taken out.

    Raises:
        ElementTree.ParseError, zipfile.BadZipFile, KeyError: the document is damaged.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(written, "w") as copy:
        hidden, struck = _styles(archive)
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == _PARTS[0]:
                root = ET.fromstring(content)  # noqa: S314
                _settle(root, hidden, struck)
                content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
            copy.writestr(entry.filename, content)
    return written.getvalue()


def _styles(archive: zipfile.ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the styles that hide text, and of those that strike it out."""
    if _PARTS[1] not in archive.namelist():
        return frozenset(), frozenset()
    styles = list(ET.fromstring(archive.read(_PARTS[1])).iter(f"{_W}style"))  # noqa: S314

    def of(*names: str) -> frozenset[str]:
        return frozenset(s.get(f"{_W}styleId", "") for s in styles if _is_on(s.find(f"{_W}rPr"), names))

    return of(*_HIDING), of(f"{_W}strike", f"{_W}dstrike")


def _settle(root: ET.Element, hidden: frozenset[str], struck: frozenset[str]) -> None:
    pending = [root]
    while pending:
        element = pending.pop()
        kept = list(_children(element, hidden))
        element[:] = kept
        for run in (child for child in kept if child.tag == f"{_W}r"):
            _strike(run, struck)
        pending += kept


def _children(element: ET.Element, hidden: frozenset[str]) -> Iterator[ET.Element]:
    """The parts of an element that are said, those inside fields and insertions among them."""
    for child in element:
        if child.tag in _WRAPPING:
            yield from _children(child, hidden)
        elif child.tag in {f"{_M}oMath", f"{_M}oMathPara"}:
            yield _run(_formula(child))
        elif child.tag not in _GONE and not (child.tag == f"{_W}r" and _hides(child, hidden)):
            yield child


def _formula(element: ET.Element) -> str:
    """The text of a formula that stands on one line; a gap for any other."""
    simple = all(part.tag in _PLAIN_FORMULA or part.tag.startswith(_W) for part in element.iter())
    return "".join(part.text or "" for part in element.iter(f"{_M}t")) if simple else GAP


def _run(text: str) -> ET.Element:
    run = ET.Element(f"{_W}r")
    ET.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = text
    return run


def _hides(run: ET.Element, hidden: frozenset[str]) -> bool:
    properties = run.find(f"{_W}rPr")
    return _is_on(properties, _HIDING) or _style(properties) in hidden


def _strike(run: ET.Element, struck: frozenset[str]) -> None:
    """Marks a run as struck whose style strikes it out, or that is struck twice."""
    properties = run.find(f"{_W}rPr")
    if properties is not None and (_is_on(properties, (f"{_W}dstrike",)) or _style(properties) in struck):
        ET.SubElement(properties, f"{_W}strike")


def _style(properties: ET.Element | None) -> str:
    style = properties.find(f"{_W}rStyle") if properties is not None else None
    return style.get(f"{_W}val", "") if style is not None else ""


def _is_on(properties: ET.Element | None, names: tuple[str, ...]) -> bool:
    if properties is None:
        return False
    found = (properties.find(name) for name in names)
    return any(sign is not None and sign.get(f"{_W}val", "true").lower() not in _OFF for sign in found)


_MAGIC = b"PK\x03\x04"
_BODY = "word/document.xml"
_MOST_BYTES = 200_000_000
"""Bytes a document may have unpacked; more is no report."""


def recognise(source: ReportFile, _: str, __: ReadOptions) -> bool:
    """True if a file is a Word document."""
    if not source.data.startswith(_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return _BODY in archive.namelist()
    except zipfile.BadZipFile:
        return False


def texts(source: ReportFile, _: str) -> Iterator[str]:
    """A document as HTML.

    Raises:
        MissingDataError: mammoth is not installed.
        InputError: the document is damaged or too large.
    """
    try:
        import mammoth
    except ImportError as error:
        message = f'{source.path}: reading DOCX needs mammoth; install it: pip install "claimgauge[docx]"'
        raise MissingDataError(message) from error
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _MOST_BYTES:
        raise source.fault(f"unpacks to {unpacked:,} bytes, more than a report has; save it anew")
    try:
        yield str(mammoth.convert_to_html(io.BytesIO(with_all_said(source.data))).value)
    except Exception as error:  # whatever a damaged file makes its readers stumble over
        raise source.fault(f"is a Word document that cannot be read ({error}); save it anew") from error


LAYOUT = Layout("docx", recognise, texts, html.read)
