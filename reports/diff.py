"""Differences between two verdicts.json files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from analysis.errors import InputError
from analysis.wording import counted

Kind: TypeAlias = Literal["changed", "added", "removed"]
Record: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose verdict, flags, level or reading is not what it was.

    Attributes:
        report: path of the report, as in the later file. claim: its id. text: the claim.
        kind: "added" and "removed" claims stand in one of the files only.
        verdict_before, verdict_after: None where the claim is not there.
        level_before, level_after: likewise.
        flags_gained, flags_lost: in the order of the files.
        assertion_before, assertion_after: the reading; None also where there was none.
    """

    report: str
    claim: str
    text: str
    kind: Kind
    verdict_before: str | None
    verdict_after: str | None
    level_before: str | None
    level_after: str | None
    flags_gained: tuple[str, ...]
    flags_lost: tuple[str, ...]
    assertion_before: str | None
    assertion_after: str | None


def changes(before: Record, after: Record) -> tuple[Change, ...]:
    """Changes in the order of the later file; claims that are gone come last in each report.

    A claim is found again by report, id and text; if its id moved, by its text. A report is found
    again by its path, else by its bytes.

    Raises:
        InputError: one of the files does not have the form of verdicts.json.
    """
    old, new = _reports(before, "before"), _reports(after, "after")
    pairs = _paired(old, new, [lambda r: r["path"], lambda r: r["sha256"]])
    return tuple(change for a, b in pairs for change in _of_report(a, b))


def rendered(found: Iterable[Change]) -> str:
    """Changes for a terminal, by report."""
    found = list(found)
    if not found:
        return "No verdict changed."
    lines = [counted(len(found), "change")]
    report = None
    for change in found:
        if change.report != report:
            report = change.report
            lines += ["", report]
        lines += [f"  {line}" for line in _lines(change)]
    return "\n".join(lines)


def _lines(change: Change) -> Iterator[str]:
    steps = f"{change.verdict_before or 'new claim'} → {change.verdict_after or 'claim gone'}"
    if change.verdict_before == change.verdict_after:
        steps = f"{change.verdict_after}, as before"
    if change.kind == "changed" and change.level_before != change.level_after:
        steps += f" ({change.level_before} → {change.level_after})"
    flags = [f"+{flag}" for flag in change.flags_gained] + [f"-{flag}" for flag in change.flags_lost]
    yield "  ".join([change.claim, steps, *flags])
    yield f"     {change.text}"
    if change.kind == "changed" and change.assertion_before != change.assertion_after:
        yield f"     read before: {change.assertion_before or 'not read'}"
        yield f"     reads now:   {change.assertion_after or 'not read'}"


def _reports(document: Record, which: str) -> list[Record]:
    try:
        reports: list[Record] = list(document["reports"])
        for report in reports:
            _ = report["path"], report["sha256"]
            for claim in report["claims"]:
                _ = (
                    claim["id"],
                    claim["text"],
                    claim["verdict"],
                    claim["level"],
                    claim["flags"],
                    claim["assertion"],
                )
    except (KeyError, TypeError) as error:
        raise InputError(f"the file {which}", f"does not have the form of verdicts.json ({error!r})") from None
    return reports


def _of_report(before: Record | None, after: Record | None) -> Iterator[Change]:
    path = str((after or before or {})["path"])
    old = list(before["claims"]) if before else []
    new = list(after["claims"]) if after else []
    for a, b in _paired(old, new, [lambda c: (c["id"], c["text"]), lambda c: c["text"]]):
        change = _change(path, a, b)
        if change is not None:
            yield change


def _change(path: str, a: Record | None, b: Record | None) -> Change | None:
    watched = ("verdict", "level", "assertion")
    if a is not None and b is not None:
        same_flags = set(a["flags"]) == set(b["flags"])
        if same_flags and all(a[key] == b[key] for key in watched):
            return None
    one = b if b is not None else a
    assert one is not None
    old, new = a or {}, b or {}
    flags_before, flags_after = old.get("flags", ()), new.get("flags", ())
    return Change(
        report=path,
        claim=str(one["id"]),
        text=str(one["text"]),
        kind="added" if a is None else "removed" if b is None else "changed",
        verdict_before=old.get("verdict"),
        verdict_after=new.get("verdict"),
        level_before=old.get("level"),
        level_after=new.get("level"),
        flags_gained=tuple(flag for flag in flags_after if flag not in flags_before),
        flags_lost=tuple(flag for flag in flags_before if flag not in flags_after),
        assertion_before=old.get("assertion"),
        assertion_after=new.get("assertion"),
    )


def _paired(
    old: list[Record], new: list[Record], keys: list[Callable[[Record], Hashable]]
) -> Iterator[tuple[Record | None, Record | None]]:
    """Each new record with its old one, by the first key that finds it; then the old ones left over."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        places: dict[Hashable, list[int]] = defaultdict(list)
        for i, record in enumerate(old):
            if i not in taken:
                places[key(record)].append(i)
        for j, record in enumerate(new):
            if j not in partner and places[key(record)]:
                partner[j] = places[key(record)].pop(0)
                taken.add(partner[j])
    for j, record in enumerate(new):
        yield (old[partner[j]] if j in partner else None), record
    for i, record in enumerate(old):
        if i not in taken:
            yield record, None
