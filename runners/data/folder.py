"""Local folders: which files hold a split of a task in a language, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError, MissingDataError
from analysis.registry.vocabulary import vocabulary
from runners.data.answers import read_ranking
from runners.data.entities import read_entities
from runners.data.folds import FOLDS, fold, lines_of_split, rows_of, texts_of
from runners.data.mined import mined_files, parallel_files
from runners.data.reading import Row, lines_of
from runners.data.shaping import Shaping
from runners.data.sources import FolderSource
from runners.data.specification import Specification, SplitFiles, fits
from runners.examples import Bitext, Example, Ranking


@dataclass(frozen=True, slots=True)
class SplitExamples:
    """Examples read from the files of a split.

    Attributes:
        examples: in their order. dropped, corrected: as in `Dataset`. origin: the files below the root.
    """

    examples: tuple[Example, ...]
    dropped: tuple[tuple[str, int], ...]
    corrected: tuple[tuple[str, int], ...]
    origin: str


def place_of(spec: Specification, language: str, split: str, source: FolderSource) -> SplitFiles | None:
    """The first stated place of a split in a language whose files are there, else the first one.

    Places are those of the source's layout; the usual ones where the task has no such layout.
    """
    stated = [p for p in spec.files if p.layout == source.layout] or [p for p in spec.files if not p.layout]
    fitting = [p for p in stated if p.split == split and (not p.languages or language in p.languages.split())]
    here = (p for p in fitting if files_of(p, language, source.root) is not None)
    return next(here, fitting[0] if fitting else None)


def files_of(place: SplitFiles, language: str, root: Path) -> tuple[Path, ...] | None:
    """The files of a place (one, or those of a pair of languages), or None where no pattern fits."""
    if place.format == "xquad_r":
        every = tuple(root / _filled(place.paths[0], place, code) for code in place.languages.split())
        return every if all(path.is_file() for path in every) else None
    if place.join:
        every = tuple(root / _filled(pattern, place, language) for pattern in place.paths)
        return every if all(path.is_file() for path in every) else None
    for number, pattern in enumerate(place.paths):
        patterns = (pattern, *(more[number] for more in (place.against, place.gold) if more))
        paths = tuple(root / _filled(p, place, language) for p in patterns)
        if all(path.is_file() for path in paths):
            return paths
    return None


def missing(task: str, spec: Specification, language: str, split: str, source: FolderSource) -> str:
    """The sentence that says what is not there, or ""."""
    place = place_of(spec, language, split, source)
    if place is None:
        return f"no local layout is stated for {task}, {language}, {split} ({_stated(spec, source.layout)})"
    if spec.label_file and not (source.root / spec.label_file).is_file():
        return f"{task} needs its labels, one a line, in {source.root / spec.label_file}"
    if files_of(place, language, source.root) is None:
        looked = " or ".join(str(source.root / _filled(p, place, language)) for p in place.paths)
        return f"{task} {split} in {language} is not here: no {looked}"
    return ""


def examples(spec: Specification, language: str, split: str, source: FolderSource) -> SplitExamples:
    """Examples of a split, what became of the others, and the files below the root.

    Raises:
        InputError: with every fault of the file.
    """
    place, paths = _found(spec, language, split, source)
    shaping = Shaping(spec, split)
    where = ", ".join(map(str, paths))
    rows = _wanted([row for path in paths for row in rows_of(path, place)], place, language, where)
    lines = lines_of_split(spec, place, _translations(place, source.root)) if place.parallel else None
    found = shaping.examples(rows, where, lines)
    if place.folds and lines is None:
        found = tuple(e for e in found if fold(e) in place.folds)
    whole = tuple(e for e in found if not any(text in place.untranslated for text in texts_of(e)))
    if len(whole) < len(found):
        shaping.dropped["without translation"] += len(found) - len(whole)
    dropped, corrected = tuple(shaping.dropped.items()), tuple(shaping.corrected.items())
    return SplitExamples(whole, dropped, corrected, _origin(paths, source.root, place))


def labels_of(spec: Specification, source: FolderSource) -> tuple[str, ...]:
    """Labels as the entry says them, or as a file of the user's does.

    Raises:
        InputError: a label stands there twice.
    """
    if not spec.label_file:
        return spec.labels
    path = source.root / spec.label_file
    found = [line for line in lines_of(path) if line]
    twice = sorted(label for label, count in Counter(found).items() if count > 1)
    if twice:
        raise InputError(str(path), [f"names the label {label!r} twice" for label in twice])
    return tuple(found)


def bitext(spec: Specification, language: str, split: str, source: FolderSource) -> tuple[Bitext, str]:
    """Sentences of two languages and which are translations of each other.

    Raises:
        InputError: the files do not fit each other, with every fault.
    """
    place, paths = _found(spec, language, split, source)
    read = parallel_files if place.format == "parallel" else mined_files
    return read(paths), _origin(paths, source.root, place)


def ranking(spec: Specification, language: str, split: str, source: FolderSource) -> tuple[Ranking, str]:
    """Questions (or mentions) of a language and the sentences (or entities) of all that may answer them.

    Raises:
        InputError: with every fault of a file.
    """
    place, paths = _found(spec, language, split, source)
    origin = _origin(paths, source.root, place)
    if place.format == "mewsli_x":
        return read_entities(paths[0], paths[1], language), origin
    return read_ranking(dict(zip(place.languages.split(), paths, strict=True)), language), origin


def _wanted(rows: list[Row], place: SplitFiles, language: str, where: str) -> list[Row]:
    """The rows of one language or split, where a file holds several."""
    for column, pattern in place.where.items():
        wanted = _filled(pattern, place, language)
        if rows and column not in rows[0]:
            raise InputError(where, f"column {column!r} is missing (found: {', '.join(rows[0])})")
        found = [row for row in rows if fits(row[column], wanted)]
        if rows and not found:
            seen = ", ".join(sorted({str(row[column]) for row in rows})[:8])
            raise InputError(where, f"no row has {wanted!r} in column {column!r} (found: {seen})")
        rows = found
    return rows


def _found(spec: Specification, language: str, split: str, source: FolderSource) -> tuple[SplitFiles, tuple[Path, ...]]:
    place = place_of(spec, language, split, source)
    assert place is not None
    paths = files_of(place, language, source.root)
    assert paths is not None
    return place, paths


def _translations(place: SplitFiles, root: Path) -> list[Path]:
    """The files of all languages whose lines are translations of each other; [] where there are no such."""
    paths: list[Path] = []
    for language in place.parallel.split():
        found = files_of(place, language, root)
        if found is None:
            absent = _filled(place.paths[0], place, language)
            raise MissingDataError(f"{absent} is not in {root}: the folds are made from all of {place.parallel}")
        paths += found
    return paths


def _filled(pattern: str, place: SplitFiles, language: str) -> str:
    entry = vocabulary()["language"][language]
    code = place.codes.get(language, str(entry.facts["iso639_3"]))
    return pattern.format(language=language, code=code, name=entry.name)


def _origin(paths: Sequence[Path], root: Path, place: SplitFiles) -> str:
    files = ", ".join((path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in paths)
    return files + (f" (folds {', '.join(map(str, place.folds))} of {FOLDS})" if place.folds else "")


def _stated(spec: Specification, layout: str) -> str:
    places = [p for p in spec.files if p.layout == layout] or [p for p in spec.files if not p.layout]
    stated = ", ".join(f"{p.split}: {p.languages or 'all languages'}" for p in places)
    return f"stated are {stated}" if stated else "its entry states none"
