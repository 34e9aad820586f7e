"""Tables of languages that a user brings: distances, and facts to hold constant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

if TYPE_CHECKING:
    import pandas as pd

    from analysis.distances import Distances
    from analysis.registry.vocabulary import Vocabulary

DISTANCES = click.Option(
    ["--distances"],
    multiple=True,
    metavar="[KIND=]FILE",
    help="Distances or feature vectors of languages (CSV, TSV, JSON, or NPZ of lang2vec) beside the built-in ones; "
    "a kind that both have is taken from FILE. KIND names it where the file does not. May be repeated.",
)
MEASURE = click.Option(
    ["--measure"],
    type=click.Choice(["hamming", "cosine"]),
    default="hamming",
    show_default=True,
    help="Distance between feature vectors in --distances.",
)
CONTROLS = click.Option(
    ["--controls"],
    default=None,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table (CSV, TSV) with a language and numbers in each row, such as the size of its pretraining text, "
    "held constant in the model that decides, in place of the published pretraining size.",
)


def with_language_tables(given: dict[str, Any], results: pd.DataFrame, registry: Vocabulary) -> dict[str, Any]:
    """The options of a question about distance with the tables they name, read.

    Args:
        given: option → value; `distances` and `measure`, and `controls` where the command has it.
        results: asked about; their languages are wanted.
        registry: the vocabulary with the names of the results.

    Raises:
        InputError: a file cannot be read or holds no such table. UsageError: something is no file.
    """
    from analysis.arguments import checked_value, is_path, refused
    from analysis.distances import Distances

    found = {name: value for name, value in given.items() if name not in {"distances", "measure", "controls"}}
    checked_value("measure", 'Literal["hamming", "cosine"]', given["measure"])
    named = [given["distances"]] if is_path(given["distances"]) else given["distances"]
    if isinstance(named, Distances):
        found["distances"] = named
    elif not isinstance(named, list | tuple) or not all(map(is_path, named)):
        raise refused("distances", given["distances"], "a file, KIND=FILE, or a list of them")
    elif named:
        languages = {str(code) for name in ("language", "intermediate_language") for code in results[name].unique()}
        found["distances"] = distances_of(map(str, named), given["measure"], registry, sorted(languages))
    if given.get("controls") is not None:
        from analysis.distances import load_controls

        if isinstance(given["controls"], Mapping):
            return found | {"controls": given["controls"]}
        if not is_path(given["controls"]):
            raise refused("controls", given["controls"], "a file, or names with a number for each language")
        controls = load_controls(Path(given["controls"]), registry=registry)
        found["controls"] = controls.values
        for line in controls.left_out:
            click.echo(line, err=True)
    return found


def distances_of(named: Iterable[str], measure: str, registry: Vocabulary, languages: Sequence[str]) -> Distances:
    """The built-in distances with those of files, the last one first.

    Args:
        named: `FILE` or `KIND=FILE` each.
        measure: for feature vectors, `hamming` or `cosine`.
        registry: the vocabulary.
        languages: ids of languages outside of it that are wanted, too.

    Raises:
        InputError: a file cannot be read or holds no distances.
    """
    from analysis.distances import load_distances, shipped_distances

    table = shipped_distances()
    for text in named:
        kind, _, path = text.partition("=") if not Path(text).exists() else ("", "", text)
        if not path:
            kind, path = "", text
        how = cast('Literal["hamming", "cosine"]', measure)
        table = table.with_others(
            load_distances(Path(path), kind=kind or None, measure=how, registry=registry, languages=languages)
        )
    return table
