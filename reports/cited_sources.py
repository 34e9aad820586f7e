"""Statements of cited sources about a claim, for every output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.attribution.finding import KIND_NAMES

if TYPE_CHECKING:
    from claims.attribution.finding import Attribution, Passage


def attribution_record(found: Attribution) -> dict[str, Any]:
    """One entry of `sources` in verdicts.json."""
    readable = found.readable
    return {
        "kind": found.kind,
        "cited": found.cited,
        "document": found.document,
        "version": found.version,
        "in_version": found.in_version,
        "said": [_place(place) for place in found.said],
        "nearby": None if found.nearby is None else _place(found.nearby),
        "readable": None
        if readable is None
        else {
            "sentences": readable.sentences,
            "read": readable.read,
            "tables": readable.tables,
            "doubtful_tables": readable.doubtful,
            "empty_pages": readable.empty_pages,
        },
        "reason": found.reason,
    }


def attribution_name(found: Attribution) -> str:
    """Name of an attribution for readers: "other number", "other version: not found in it"."""
    name = KIND_NAMES[found.kind]
    return f"{name}: {KIND_NAMES[found.in_version]}" if found.in_version else name


def _place(place: Passage) -> dict[str, str]:
    return {"where": place.where, "text": place.text}
