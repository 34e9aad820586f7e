"""Roles of the axes of a table: compared systems, the places where they are tested, or measures."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from analysis.tables import Table
from analysis.tables.shapes import is_number
from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.lines import BESIDE, Lines
from claims.domains.table.spellings import SETTING
from claims.domains.table.word_lists import word_lists

Role: TypeAlias = Literal["system", "place", "measure", ""]

AXIS, PART = r"(?P<axis>row|column)s?\b", r"(?P<role>source|target|train|test)"
STATED = (
    re.compile(rf"\b{AXIS}(?: (?:are|show|hold|list|give|stand for)|:)? (?:the )?{PART}", re.IGNORECASE),
    re.compile(rf"\b{PART}\w*(?: (?!row|column)\w+){{0,4}} \(?(?:of |in |along |by )?(?:the )?{AXIS}", re.IGNORECASE),
)
"""Forms in which a caption names the axis of training or of testing: "trained on the language of the row"."""


def role_of(lines: Lines, axis: Axis) -> Role:
    """The role of an axis by the caption, else its header, else its kinds of line; "" where none of them tells."""
    table = lines.table
    stated = _stated(table.caption, axis) if lines.share_names else ""
    return stated or _by_header(table, axis) or ("" if lines.share_names else _by_kinds(table, axis))


def _stated(caption: str, axis: Axis) -> Role:
    """The role of an axis by the caption; "" where it states none, or two."""
    found = {_along(match, axis) for pattern in STATED for match in pattern.finditer(caption)}
    return found.pop() if len(found) == 1 else ""


def _along(match: re.Match[str], axis: Axis) -> Role:
    """The role of an axis by one match in the caption, which may name the other axis."""
    trains = match["role"].casefold() in ("source", "train")
    return "system" if trains == (match["axis"].casefold() == axis) else "place"


def _by_header(table: Table, axis: Axis) -> Role:
    names = table.row_levels if axis == "row" else table.column_levels
    words = {word.rstrip("s") for name in names for word in name.casefold().replace("-", " ").split()}
    compared, tested = words & word_lists().system, words & word_lists().place
    if compared and not tested:
        return "system"
    return "place" if tested and not compared else ""


def _by_kinds(table: Table, axis: Axis) -> Role:
    """The role of most lines, without averages and columns that describe rather than measure."""
    kinds = [line.kind for line in lines_along(table, axis) if line.kind != "aggregate"]
    kinds = [kind for kind in kinds if axis == "row" or kind not in BESIDE]
    if kinds and all(kind == "measure" for kind in kinds):
        return "measure"
    if sum(kind in ("dataset", "language") for kind in kinds) > len(kinds) / 2:
        return "place"
    return "system" if sum(kind in ("system", "ablation", "addition") for kind in kinds) > len(kinds) / 2 else ""


def transfers(lines: Lines) -> bool:
    """True if a table has sources of training along one axis and test places along the other."""
    return {role_of(lines, "row"), role_of(lines, "column")} == {"system", "place"}


def of_settings(table: Table) -> bool:
    """True if a table is of one system: the lines of an axis are numbers or set one, and none is a system."""
    axes = (table.rows, table.columns)
    if any(line.kind in ("system", "ablation", "addition") or line.marks for lines in axes for line in lines):
        return False
    labels = [[line.own for line in lines if line.kind != "aggregate"] for lines in axes]
    return any(len(own) > 1 and all(is_number(text) or SETTING.fullmatch(text) for text in own) for own in labels)


def measures_one_thing(lines: Lines) -> bool:
    """True if something says that columns without a kind are measured alike; else each may measure something else."""
    table = lines.table
    if table.measure is not None or role_of(lines, "row") == "place":
        return True
    if all(is_number(line.own) for line in table.columns):  # years
        return True
    return any(line.measure is not None for line in table.rows)
