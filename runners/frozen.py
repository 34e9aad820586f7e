"""A frozen encoder from texts to vectors, under a trained trunk and heads.

The callable is named by its import path, `module:function`; it takes a list of texts and returns
one vector each. Its vectors take the place of word vectors: a text of a pair, or a word where a
task needs words, is one piece, and a small transformer reads the pieces. So every kind of task
runs through the same code, and what a stage has learnt (the trunk) is handed to the next.

Vectors are kept on disk by the content of text and module, and computed once for all plans.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.flops import Transformer as Shape
from runners.pieces import Tokenizer
from runners.transformer import Config, Transformer

if TYPE_CHECKING:
    from runners.models import Encoder
    from runners.recipe import ModelSpec

Vectors = NDArray[np.float32]
Function = Callable[[list[str]], Any]

SPECIAL = ("<pad>", "<s>", "</s>", "<unk>")
"""Pieces with learned vectors; texts come after them."""

WORD = re.compile(r"\w+|[^\w\s]")
TRUNK = {"layers": 1, "width": 128, "heads": 4, "mlp_width": 256, "positions": 514, "dropout": 0.1}


def cache_folder() -> Path:
    """Where vectors are kept: below $XDG_CACHE_HOME, or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimgauge" / "vectors"


class CachedFunction:
    """A callable from texts to vectors that computes each text once.

    Raises:
        UsageError: the path does not name a function.
        MissingDataError: its module is not installed.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        module_name, _, name = path.partition(":")
        if not module_name or not name:
            raise UsageError(f"encoder {path!r} is not of the form module:function")
        try:
            module = importlib.import_module(module_name)
        except ImportError as error:
            raise MissingDataError(f"encoder {path!r}: {error}; install the package it is in") from error
        if not callable(found := getattr(module, name, None)):
            raise UsageError(f"encoder {path!r}: module {module_name} has no function {name}")
        self._function: Function = found
        source = Path(module.__file__).read_bytes() if module.__file__ else b""
        # A new version of the module may give other vectors, so it gets a file of its own.
        version = f"{path}\n{getattr(module, '__version__', '')}\n".encode() + source
        self._file = cache_folder() / f"{hashlib.sha256(version).hexdigest()[:32]}.sqlite"

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension)."""
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=60)) as store, store:
            store.execute("create table if not exists vectors (key blob primary key, value blob)")
            known = {key: value for key in set(keys) if (value := _stored(store, key)) is not None}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                computed = self._compute(list(missing.values()))
                known |= {key: vector.tobytes() for key, vector in zip(missing, computed, strict=True)}
                new = [(key, known[key]) for key in missing]
                store.executemany("insert or replace into vectors values (?, ?)", new)
        return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])

    def _compute(self, texts: list[str]) -> Vectors:
        found = np.asarray(self._function(texts), dtype=np.float32)
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise InputError(
                f"encoder {self.path}",
                f"gave an array of shape {found.shape} for {len(texts)} texts; one finite vector per text is needed",
            )
        return found


def _stored(store: sqlite3.Connection, key: bytes) -> bytes | None:
    row = store.execute("select value from vectors where key = ?", (key,)).fetchone()
    return None if row is None else row[0]


@dataclass(frozen=True, slots=True)
class Placed:
    """Pieces of one text, as a tokenizer of the tokenizers library gives them."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    word_ids: list[int]


class Lexicon:
    """Numbers for texts as they come: the frozen encoder's tokenizer."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Of a text, new or known."""
        if text not in self._numbers:
            self._numbers[text] = len(SPECIAL) + len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def encode_batch_fast(self, texts: Iterable[str], *, add_special_tokens: bool) -> list[Placed]:  # noqa: ARG002
        """Every text is one piece."""
        return [Placed([self.number(text)], [(0, len(text))], [0]) for text in texts]

    def encode_batch(
        self,
        texts: Iterable[str | list[str]],
        *,
        is_pretokenized: bool = False,
        add_special_tokens: bool,  # noqa: ARG002
    ) -> list[Placed]:
        """Every word is a piece; texts that are not split into words yet are split here."""
        found = []
        for text in texts:
            if is_pretokenized or not isinstance(text, str):
                words = list(text)
                found.append(Placed([self.number(w) for w in words], [(0, 0)] * len(words), list(range(len(words)))))
            else:
                spans = [match.span() for match in WORD.finditer(text)]
                found.append(Placed([self.number(text[a:b]) for a, b in spans], spans, list(range(len(spans)))))
        return found


class FrozenBody(nn.Module):
    """Frozen vectors, projected, and a transformer over them."""

    def __init__(self, function: CachedFunction, lexicon: Lexicon, config: Config, dimension: int) -> None:
        super().__init__()
        self.function, self.lexicon = function, lexicon
        self.project = nn.Linear(dimension, config.hidden_size)
        self.trunk = Transformer(config)
        self.register_buffer("table", torch.zeros(len(SPECIAL), dimension), persistent=False)

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor | None = None, layer: int = -1) -> Tensor:  # noqa: ARG002
        """Hidden states; see `runners.transformer.Transformer.forward`."""
        table = self._known()
        special = (ids < len(SPECIAL))[..., None]
        learned = self.trunk.embeddings.word_embeddings(ids.clamp(max=len(SPECIAL) - 1))
        words = torch.where(special, learned, self.project(table[ids]))
        return self.trunk.over(self.trunk.embeddings.place(words, mask), mask, layer)

    def _known(self) -> Tensor:
        """The vectors of all texts seen so far, by number."""
        table = self.get_buffer("table")
        if new := self.lexicon.texts[len(table) - len(SPECIAL) :]:
            table = torch.cat([table, torch.from_numpy(self.function(new)).to(table)])
            self.table = table
        return table


def frozen_encoder(spec: ModelSpec, seed: int) -> Encoder:
    """A frozen encoder under a trunk with random weights.

    Raises:
        UsageError: the spec names no function, or an unknown entry of the trunk.
    """
    if unknown := set(spec.config) - set(TRUNK):
        said = ", ".join(sorted(unknown))
        raise UsageError(f"model {spec.name!r}: config knows no {said}; known are {', '.join(TRUNK)}")
    given = {**TRUNK, **spec.config}
    config = Config(
        vocab_size=len(SPECIAL),
        hidden_size=int(given["width"]),
        num_hidden_layers=int(given["layers"]),
        num_attention_heads=int(given["heads"]),
        intermediate_size=int(given["mlp_width"]),
        max_position_embeddings=int(given["positions"]),
        pad_token_id=0,
        hidden_dropout_prob=float(given["dropout"]),
        attention_probs_dropout_prob=float(given["dropout"]),
    )
    function = CachedFunction(spec.encoder)
    encoder = _encoder(function, config, int(function(["dimension"]).shape[1]))
    generator = torch.Generator().manual_seed(seed)
    encoder.body.trunk.start_at_random(generator)  # type: ignore[operator,union-attr]
    nn.init.normal_(encoder.body.project.weight, std=0.02, generator=generator)  # type: ignore[arg-type,union-attr]
    nn.init.zeros_(encoder.body.project.bias)  # type: ignore[arg-type,union-attr]
    return encoder


def load_frozen(folder: Path, note: Mapping[str, Any]) -> Encoder:
    """The encoder of an earlier stage: its function by import path, its trunk from the folder."""
    from safetensors.torch import load_file

    config = Config(**json.loads((folder / "config.json").read_text(encoding="utf-8")))
    encoder = _encoder(CachedFunction(note["encoder"]), config, int(note["dimension"]))
    encoder.body.load_state_dict(load_file(folder / "model.safetensors"))
    return encoder


def _encoder(function: CachedFunction, config: Config, dimension: int) -> Encoder:
    from runners.models import Encoder

    lexicon = Lexicon()
    tokenizer = Tokenizer(
        lexicon,  # type: ignore[arg-type]  # does what is asked of a backend
        prefix=(1,),
        middle=(2,),
        suffix=(2,),
        segments=False,
        pad=0,
        unknown=3,
        mask=None,
        special=frozenset(range(len(SPECIAL))),
        size=len(SPECIAL),
    )
    shape = Shape(
        function.path,
        config.num_hidden_layers,
        config.hidden_size,
        config.num_attention_heads,
        config.intermediate_size,
        len(SPECIAL),
        config.max_position_embeddings,
    )
    note = {"kind": "frozen", "encoder": function.path, "dimension": dimension}
    return Encoder(FrozenBody(function, lexicon, config, dimension), tokenizer, shape, "first", asdict(config), note)
