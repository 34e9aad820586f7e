"""What "only" adds: that nothing else does what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from claims.assertion import ZERO, Compare, Domain, Formula
from claims.reading.builders.terms import Parts, cells, wraps
from claims.reading.parsing import Item
from claims.reading.roles import Bag, Those, count_of, limit_of, noun_of
from claims.rewriting import conjunction

Focus = Literal["run", "target"]
CHANGES = frozenset({"", "by", "about"})


def take_only(bag: Bag) -> Focus | None:
    """What an "only" singles out, used up: the runs or the targets named after it; None where it is unclear."""
    marks = [item for item in bag.items if item.rule == "only"]
    if len(marks) != 1 or any(i.rule == "quantity" and limit_of(i) not in CHANGES for i in bag.items):
        return None
    after = next((i for i in bag.items if i.place > marks[0].place), None)
    focus = None if after is None else _focus(after, bag.items)
    if focus is None or after is None:
        return None
    bag.use([*marks, after] if after.rule == "counted" else marks)
    return focus


def _focus(after: Item, items: Sequence[Item]) -> Focus | None:
    runs = sum(i.rule == "run" for i in items)
    if after.rule == "run" or (after.rule == "intermediates" and runs == 1):
        return "run"
    if after.rule == "counted" and noun_of(after) in {"ITASK", "TASK"} and count_of(after) == runs > 0:
        return "run"
    return "target" if after.rule == "target" else None


def none_but(focus: Focus, parts: Parts, negation: int | None) -> Formula | None:
    """As many as are named, and no more; None where what is named is not counted."""
    named = parts.role(focus)
    if named is None or not named.members or any(sign in name for name in named.members for sign in (">", "multi")):
        return None
    domain = Domain("intermediates" if focus == "run" else "targets")
    counted = Those(focus, (), domain, "count=", Decimal(len(named.members)), named.method, place=-1)
    among = parts.with_role(focus, counted)
    wrap = wraps(replace(among), negation)
    relation: Literal["<", ">"] = "<" if parts.falling else ">"
    return conjunction([wrap(Compare(relation, cell.term, ZERO)) for cell in cells(among)])
