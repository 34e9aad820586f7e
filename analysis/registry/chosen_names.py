"""Names that a user chooses from a set, such as the splits of a table: found, or refused with the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.errors import UsageError
from analysis.registry.vocabulary import Vocabulary, fold
from analysis.wording import some

NEAR, SUGGESTED, LISTED = 75, 2, 8
"""Likeness (0 to 100) of a name that may be meant; how many an error suggests, and lists of all."""


def chosen_name(
    what: str, name: str, known: Iterable[str], registry: Vocabulary | None = None, category: str = ""
) -> str:
    """The name in a set that is meant.

    Args:
        what: the names are, in the singular: "split".
        name: as it was written.
        known: the names there are.
        registry: knows other spellings of them.
        category: of the registry; one that it lacks has no other spellings.

    Raises:
        UsageError: none is meant, or several could be.
    """
    names = list(dict.fromkeys(known))
    entry = registry.find(category, name) if registry is not None and category in registry.entries else None
    found = meant(name, {each: (each,) for each in names}, () if entry is None else entry.spellings)
    if len(found) == 1:
        return found[0]
    raise no_such(what, name, names) if not found else ambiguous(what, name, found)


def chosen_language(name: str, registry: Vocabulary) -> str:
    """The id of the language that a code or a name means.

    Raises:
        UsageError: no language is called so.
    """
    entry = registry.any_language(name)
    if entry is None:
        raise UsageError(registry.unknown("language", name))
    return entry.id


def meant(name: str, spellings: Mapping[str, Sequence[str]], aliases: Iterable[str] = ()) -> list[str]:
    """The keys that a name means: those spelled so; else by an alias of it; else those of a maker, "maker/name".

    Args:
        name: as it was written.
        spellings: key → how it may be written.
        aliases: other spellings of the name.
    """
    if name in spellings:
        return [name]
    for wanted, part in (({fold(name)}, whole), ({fold(each) for each in aliases}, whole), ({fold(name)}, after_maker)):
        found = [key for key, written in spellings.items() if any(fold(part(each)) in wanted for each in written)]
        if found:
            return found
    return []


def whole(name: str) -> str:
    """The name as it is."""
    return name


def after_maker(name: str) -> str:
    """The name without its maker: "multilingual-e5-base" of "intfloat/multilingual-e5-base"."""
    return name.rpartition("/")[2]


def no_such(what: str, name: str, known: Sequence[str]) -> UsageError:
    """The error of a name that is none of a set."""
    from rapidfuzz import process

    near = [each for each, _, _ in process.extract(name, known, limit=SUGGESTED, score_cutoff=NEAR)]
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
    return UsageError(f"no {what} {name!r}{hint}; there {'is' if len(known) == 1 else 'are'} {_listed(known)}")


def _listed(known: Sequence[str]) -> str:
    return some([each or "one without a name" for each in known], LISTED) or "none"


def ambiguous(what: str, name: str, found: Sequence[str]) -> UsageError:
    """The error of a name that several of a set bear."""
    return UsageError(f"{name!r} names {len(found)} {what}s: {some(found, LISTED)}; name one")
