"""verdicts.json read back, whichever version of the schema it has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.files.unread import why_unread
from reports.verdicts_json import IN_SETTLE, LISTS, PARAGRAPH, SCHEMA, SHARED

BEFORE = "claimgauge.verdicts/1"
"""The schema in which each claim holds its own copy of what it shares with others."""


def load_verdicts(path: Path) -> dict[str, Any]:
    """The document of a verdicts.json, see `whole`.

    Raises:
        InputError: the file cannot be read, or is no verdicts.json.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(str(path), why_unread(error, "a verdicts.json of `claimgauge verify`")) from None
    return whole(data, str(path))


def whole(data: object, where: str) -> dict[str, Any]:
    """A document whose claims hold their evidence, certificate and what would settle them, not its places.

    It has the form, and the name, of the schema before; one that is whole already comes back as it is.

    Args:
        data: a verdicts.json of schema 1 or 2.
        where: it was read, for errors.

    Raises:
        InputError: it is no verdicts.json, or a claim names an entry that is not there.
    """
    if not isinstance(data, dict) or data.get("schema") not in (SCHEMA, BEFORE):
        raise InputError(where, f"is not a verdicts.json file (schema {SCHEMA} or {BEFORE})")
    if data["schema"] == BEFORE:
        return data
    try:
        lists = {name: data[name] for name in SHARED}
        lists["settle"] = [_settle(one, *(data[name] for name in IN_SETTLE)) for one in lists["settle"]]
        reports = [
            {**report, "claims": [{**claim, **_entries(claim, lists)} for claim in report["claims"]]}
            for report in data["reports"]
        ]
    except (KeyError, IndexError, TypeError) as error:
        raise InputError(where, f"does not have the form of verdicts.json ({error!r})") from None
    kept = {name: value for name, value in data.items() if name not in LISTS}
    return {**kept, "schema": BEFORE, "reports": reports}


def _entries(claim: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Entries at the places that a claim names; of None and a single place, None and the entry."""
    return {name: _at(claim[name], entries) for name, entries in lists.items()}


def _settle(entry: Mapping[str, Any], cells: list[str], paragraphs: list[str]) -> dict[str, Any]:
    """Words the runs that would settle a claim, with its cells and its plan."""
    plan = PARAGRAPH.join(_at(entry["plan"], paragraphs))
    return {**entry, "cells": _at(entry["cells"], cells), "plan": plan}


def _at(places: Any, entries: list[Any]) -> Any:
    if places is None:
        return None
    return [entries[place] for place in places] if isinstance(places, list) else entries[places]
