"""Encoded data sets kept on disk and mapped into memory, so that each is encoded once for all nodes that use it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.errors import UsageError
from runners.cache import cache_folder
from runners.examples import Dataset
from runners.kinds.kind import Kind, Labels
from runners.model.features import Features, Ints, RaggedArray
from runners.model.subwords import Tokenizer
from runners.recipe import Recipe

FEWEST = 20_000
"""Examples from which on a data set is kept: fewer are encoded before a file is found."""

RAGGED, PLAIN = ("ids", "segments"), ("items", "contexts", "places")


def features_of(
    kind: Kind, dataset: Dataset, labels: tuple[str, ...], tokenizer: Tokenizer, recipe: Recipe
) -> Features:
    """A data set as rows, read from disk where the same one was encoded alike before.

    Raises:
        UsageError: the folder cannot be written.
    """
    if len(dataset) < FEWEST or not dataset.sha256:
        return kind.encode(dataset, labels, tokenizer, recipe)
    folder = cache_folder("encoded") / _key(dataset, labels, tokenizer, recipe)
    if not folder.exists():
        _keep(kind.encode(dataset, labels, tokenizer, recipe), folder)
    return _kept(folder)


def _key(dataset: Dataset, labels: Labels, tokenizer: Tokenizer, recipe: Recipe) -> str:
    """Key of the encoded rows: data, labels, tokenizer, lengths, and the code that makes them."""
    pieces = hashlib.sha256(tokenizer.backend.to_str().encode()).hexdigest()
    around = [tokenizer.prefix, tokenizer.middle, tokenizer.suffix, tokenizer.segments]
    lengths = [recipe.max_length, recipe.doc_stride, recipe.stride, recipe.question_length, recipe.long_sentences]
    inputs = json.dumps([_code(), dataset.form, dataset.sha256, labels, pieces, around, lengths, recipe.answer_starts])
    return hashlib.sha256(inputs.encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Hash of the modules that encode."""
    whole = hashlib.sha256()
    runners = files("runners")
    kinds = sorted((p for p in (runners / "kinds").iterdir() if p.name.endswith(".py")), key=lambda p: p.name)
    for part in (*kinds, runners / "model" / "features.py", runners / "model" / "subwords.py"):
        whole.update(part.read_bytes())
    return whole.hexdigest()


def _keep(features: Features, folder: Path) -> None:
    """Writes the arrays beside their place, then puts them there whole."""
    arrays: dict[str, Ints] = {}
    for name in (*RAGGED, *PLAIN, "targets"):
        found = getattr(features, name)
        if isinstance(found, RaggedArray):
            arrays |= {f"{name}.values": found.values, f"{name}.starts": found.starts}
        elif found is not None:
            arrays[name] = found
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, array in arrays.items():
                np.save(part / f"{name}.npy", array)
            (part / "features.json").write_text(json.dumps({"rows_per_unit": features.rows_per_unit}), encoding="utf-8")
            if not folder.exists():
                part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        if folder.exists():  # another process was quicker
            return
        raise UsageError(
            f"encoded data cannot be kept in {folder.parent} ({error}); free some space, or set XDG_CACHE_HOME"
        ) from None


def _kept(folder: Path) -> Features:
    arrays: Mapping[str, Ints] = {path.stem: _mapped(path) for path in folder.glob("*.npy")}

    def ragged(name: str) -> RaggedArray | None:
        starts = arrays.get(f"{name}.starts")
        return None if starts is None else RaggedArray(arrays[f"{name}.values"], starts)

    ids, targets = ragged("ids"), ragged("targets")
    assert ids is not None
    facts = json.loads((folder / "features.json").read_text(encoding="utf-8"))
    return Features(
        ids, arrays["items"], arrays["targets"] if targets is None else targets, facts["rows_per_unit"],
        ragged("segments"), arrays.get("contexts"), arrays.get("places"),
    )  # fmt: skip


def _mapped(path: Path) -> NDArray[np.int64]:
    return np.asarray(np.load(path, mmap_mode="r"))
