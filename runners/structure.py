"""From the tables of a TOML file to frozen dataclasses, with every fault of the file at once.

Types are taken as they are written: no text becomes a number, no number a text. What is not known
is a fault with the nearest name there is.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")

WORDS = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}


def structured(shape: type[Shape], table: object, where: str, faults: list[str]) -> Shape | None:
    """The table as a dataclass, or None if it holds faults (which are added to `faults`).

    Args:
        shape: a dataclass whose fields are numbers, texts, literals, mappings, tuples or dataclasses.
        table: as read by tomllib.
        where: the table's name, for messages; "" at the top.
        faults: grows by one sentence per fault.
    """
    if not isinstance(table, Mapping):
        faults.append(f"{where or 'the file'} must be a table, not {table!r}")
        return None
    assert dataclasses.is_dataclass(shape)
    fields = {f.name: f for f in dataclasses.fields(shape)}
    hints = get_type_hints(shape)
    before = len(faults)
    faults += [unknown_field(_at(where, name), name, list(fields)) for name in table if name not in fields]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name in table:
            values[name] = _value(hints[name], table[name], _at(where, name), faults)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            faults.append(f"{_at(where, name)} is missing")
    return shape(**values) if len(faults) == before else None


def sound_part(shape: type[Shape], table: object) -> dict[str, Any]:
    """Fields of a table that are sound by themselves, for further checks of one that holds faults.

    Of a list what is sound stays, and of a table in it or in a field whatever makes its dataclass.
    """
    assert dataclasses.is_dataclass(shape)
    hints = get_type_hints(shape)
    known = table if isinstance(table, Mapping) else {}
    found = {f.name: _sound(hints[f.name], known[f.name]) for f in dataclasses.fields(shape) if f.name in known}
    return {name: value for name, value in found.items() if value is not None}


def _sound(hint: Any, value: object) -> Any:
    """The sound part of a value, None where there is none."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and not isinstance(value, str) and isinstance(value, Sequence):
        return tuple(part for item in value if (part := _sound(arguments[0], item)) is not None)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        part = sound_part(hint, value)
        try:
            return hint(**part)
        except TypeError:  # a field that it cannot do without is missing, or at fault
            return None
    faults: list[str] = []
    found = _value(hint, value, "", faults)
    return None if faults else found


def _value(hint: Any, value: object, where: str, faults: list[str]) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _value(next(a for a in arguments if a is not type(None)), value, where, faults)
    if origin is Literal:
        if value not in arguments:
            faults.append(f"{where} = {value!r} is not one of {', '.join(map(str, arguments))}")
        return value
    if origin is tuple:
        if isinstance(value, str) or not isinstance(value, Sequence):
            faults.append(f"{where} = {value!r} must be a list")
            return ()
        return tuple(_value(arguments[0], item, f"{where}[{i + 1}]", faults) for i, item in enumerate(value))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return structured(hint, value, where, faults)
    if origin is not None:  # a mapping, checked by whoever uses it
        if not isinstance(value, Mapping):
            faults.append(f"{where} must be a table, not {value!r}")
        return value
    return _scalar(hint, value, where, faults)


def _scalar(hint: type, value: object, where: str, faults: list[str]) -> object:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is not bool and isinstance(value, bool)):
        faults.append(f"{where} = {value!r} must be {WORDS[hint]}")
    return value


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def unknown_field(place: str, name: str, known: Sequence[str]) -> str:
    """The sentence that says a field is not known, with the nearest one."""
    from rapidfuzz import process

    near = process.extractOne(name, known, score_cutoff=60)
    return f"{place} is not known; " + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}")
