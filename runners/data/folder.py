"""Local folders: which files hold a split of a task in a language, and what they hold."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import InputError
from analysis.vocabulary import vocabulary
from runners.data.answers import read_ranking
from runners.data.reading import READERS, read_identified, read_lines
from runners.data.shaping import Shaping
from runners.data.sources import FolderSource
from runners.data.specification import Place, Specification
from runners.examples import Asked, Bitext, Choice, Classified, Example, Ranking, Sentence, Tagged

FOLDS = 10


def place_of(spec: Specification, language: str, split: str) -> Place | None:
    """The stated place of a split in a language."""
    fitting = (p for p in spec.files if p.split == split and (not p.languages or language in p.languages.split()))
    return next(fitting, None)


def files_of(place: Place, language: str, root: Path) -> tuple[Path, ...] | None:
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
    place = place_of(spec, language, split)
    if place is None:
        return f"no local layout is stated for {task}, {language}, {split} ({_stated(spec)})"
    if files_of(place, language, source.root) is None:
        looked = " or ".join(str(source.root / _filled(p, place, language)) for p in place.paths)
        return f"{task} {split} in {language} is not here: no {looked}"
    return ""


def examples(
    spec: Specification, language: str, split: str, source: FolderSource
) -> tuple[tuple[Example, ...], tuple[tuple[str, int], ...], str]:
    """Examples of a split, what was left out, and the files below the root.

    Raises:
        InputError: with every fault of the file.
    """
    place, paths = _found(spec, language, split, source.root)
    shaping = Shaping(spec, split)
    rows = [row for path in paths for row in READERS[place.format](path, place.header)]
    found = shaping.examples(rows, ", ".join(map(str, paths)))
    if place.folds:
        found = tuple(e for e in found if fold(e) in place.folds)
    return found, tuple(shaping.dropped.items()), _origin(paths, source.root, place)


def fold(example: Example) -> int:
    """Which of ten folds an example is in: by its first text, so that examples on one text stay together."""
    match example:
        case Classified() | Choice():
            text = example.first
        case Asked():
            text = example.context
        case Tagged():
            text = " ".join(example.words)
        case Sentence():
            text = example.text
    return zlib.crc32(text.encode()) % FOLDS


def bitext(spec: Specification, language: str, split: str, source: FolderSource) -> tuple[Bitext, str]:
    """Sentences of two languages and which are translations of each other.

    Raises:
        InputError: the files do not fit each other, with every fault.
    """
    place, paths = _found(spec, language, split, source.root)
    if place.format == "parallel":
        return _parallel(paths), _origin(paths, source.root, place)
    return _mined(paths), _origin(paths, source.root, place)


def ranking(spec: Specification, language: str, split: str, source: FolderSource) -> tuple[Ranking, str]:
    """Questions of a language and the sentences of all languages that may answer them.

    Raises:
        InputError: with every fault of a file.
    """
    place, paths = _found(spec, language, split, source.root)
    files = dict(zip(place.languages.split(), paths, strict=True))
    return read_ranking(files, language), _origin(paths, source.root, place)


def _parallel(paths: Sequence[Path]) -> Bitext:
    ours, theirs = (read_lines(path) for path in paths)
    if len(ours) != len(theirs):
        raise InputError(str(paths[0]), f"has {len(ours)} lines, {paths[1].name} has {len(theirs)}")
    sources = tuple(Sentence(f"s{i}", row["text"]) for i, row in enumerate(ours))
    targets = tuple(Sentence(f"t{i}", row["text"]) for i, row in enumerate(theirs))
    return Bitext(sources, targets, frozenset((f"s{i}", f"t{i}") for i in range(len(ours))))


def _mined(paths: Sequence[Path]) -> Bitext:
    ours, theirs, pairs = (read_identified(path) for path in paths)
    known, known_there = {name for name, _ in ours}, {name for name, _ in theirs}
    strangers = [
        name for pair in pairs for name, among in zip(pair, (known, known_there), strict=True) if name not in among
    ]
    if strangers:
        raise InputError(str(paths[2]), [f"names the unknown sentence {name!r}" for name in strangers])
    return Bitext(tuple(Sentence(*row) for row in ours), tuple(Sentence(*row) for row in theirs), frozenset(pairs))


def _found(spec: Specification, language: str, split: str, root: Path) -> tuple[Place, tuple[Path, ...]]:
    place = place_of(spec, language, split)
    assert place is not None
    paths = files_of(place, language, root)
    assert paths is not None
    return place, paths


def _filled(pattern: str, place: Place, language: str) -> str:
    entry = vocabulary()["language"][language]
    code = place.codes.get(language, str(entry.facts["iso639_3"]))
    return pattern.format(language=language, code=code, name=entry.name)


def _origin(paths: Sequence[Path], root: Path, place: Place) -> str:
    files = ", ".join(path.relative_to(root).as_posix() for path in paths)
    return files + (f" (folds {', '.join(map(str, place.folds))} of {FOLDS})" if place.folds else "")


def _stated(spec: Specification) -> str:
    stated = ", ".join(f"{p.split}: {p.languages or 'all languages'}" for p in spec.files)
    return f"stated are {stated}" if stated else "its entry states none"
