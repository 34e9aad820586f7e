"""Values of arguments held against the annotation of the parameter or field that takes them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from numbers import Integral, Real
from os import PathLike
from typing import Any

from analysis.errors import UsageError

SHOWN = 60
"""Characters of a value that an error shows."""


def shown(value: object) -> str:
    """A value as an error shows it: short ones as Python writes them, of others the kind."""
    text = repr(value)
    return text if len(text) <= SHOWN and "\n" not in text else f"a {type(value).__name__}"


def is_number(value: object) -> bool:
    """True if a value is a finite number."""
    return isinstance(value, Real) and not _is_flag(value) and isfinite(value)


def is_whole(value: object) -> bool:
    """True if a value is a whole number."""
    return isinstance(value, Integral) and not _is_flag(value)


def _is_count(value: object) -> bool:
    return isinstance(value, Integral) and not _is_flag(value) and int(value) >= 0


def _is_amount(value: object) -> bool:
    return isinstance(value, Real) and is_number(value) and float(value) >= 0


def is_path(value: object) -> bool:
    """True if a value is a path that is not empty and may exist, or a text of several lines."""
    return isinstance(value, str | PathLike) and bool(text := str(value)) and ("\0" not in text or "\n" in text)


def is_frame(value: object) -> bool:
    """True if a value is a data frame of pandas."""
    return any(k.__name__ == "DataFrame" and k.__module__.split(".")[0] == "pandas" for k in type(value).__mro__)


def _is_flag(value: object) -> bool:
    return type(value).__name__ in {"bool", "bool_"}


def _is_list_of_texts(value: object) -> bool:
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping) or hasattr(value, "__next__"):
        return False
    return all(isinstance(each, str) for each in value)


def _maps_to(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, Mapping) and all(isinstance(key, str) and fits(each) for key, each in value.items())
    )


def _is_fact(value: object) -> bool:
    return is_number(value) or isinstance(value, str) or _is_list_of_texts(value)


KINDS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "bool": ("True or False", _is_flag),
    "int": ("a whole number", is_whole),
    "Count": ("a whole number of 0 or more", _is_count),
    "float": ("a finite number", is_number),
    "Amount": ("a finite number of 0 or more", _is_amount),
    "str": ("a text", lambda value: isinstance(value, str)),
    "PathLike[str]": ("a path", is_path),
    "Path": ("a path", is_path),
    "pd.DataFrame": ("a data frame", is_frame),
    "Sequence[str]": ('a list of texts, ["…"]', _is_list_of_texts),
    "Mapping[str, object]": ('names with their values, {"split": "test"}', _maps_to(_is_fact)),
    "Mapping[str, str]": ('names with texts, {"claim": "Statement"}', _maps_to(lambda v: isinstance(v, str))),
    "Mapping[str, float]": ('names with numbers, {"noise": 0.5}', _maps_to(is_number)),
    "None": ("None", lambda value: value is None),
}
"""Part of an annotation → what it needs, and whether a value is that. Of others nothing is known."""


def refused(name: str, value: object, needs: str) -> UsageError:
    """The error of a value that an argument cannot take."""
    return UsageError(f"{name} {shown(value)} cannot be used; give {needs}")


def checked_value(name: str, annotation: Any, value: object, needs: str = "") -> None:
    """Refuses a value that is not of an annotation.

    Args:
        name: of the argument.
        annotation: as it is written, "float | None", or a class; one with a part that is not known takes all.
        value: given for it.
        needs: what a value has to be beside that.

    Raises:
        UsageError: names the argument, the value and what it takes.
    """
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    parts = [_kind(part) for part in text.replace("str | PathLike", "PathLike").split(" | ")]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any(fits(value) for _, fits in known):
        return
    said = list(dict.fromkeys(what for what, _ in known if what != "None"))
    raise refused(name, value, " or ".join(said) + (f" ({needs})" if needs else ""))


def _kind(part: str) -> tuple[str, Callable[[object], bool]] | None:
    if not part.startswith("Literal["):
        return KINDS.get(part)
    names = ast.literal_eval(f"({part.removeprefix('Literal[').removesuffix(']')},)")
    return f"one of {', '.join(map(repr, names))}", lambda value: isinstance(value, str) and value in names
