"""Texts to word pieces: a fast tokenizer, and where its special pieces go.

Texts are encoded without special pieces, in one call, and put together here: single texts, pairs,
windows of a long context and words with tags then share one rule of where special pieces stand and
what is cut. The rule is read off the tokenizer itself.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError, MissingDataError
from analysis.files.atomic import write_text

if TYPE_CHECKING:
    from tokenizers import Encoding
    from tokenizers import Tokenizer as Backend

FILE = "tokenizer.json"
SETTINGS = "tokenizer_config.json"
SPECIAL = "special_tokens_map.json"


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """A fast tokenizer and the pieces around its texts.

    Attributes:
        prefix: before the first text. middle: between two texts. suffix: at the end.
        segments: whether the second text of a pair is marked as such (BERT).
        pad: piece that fills rows up. unknown: for a word without pieces; None where there is none.
        mask: hides a piece in masked language modelling; None where the model has none.
        special: all pieces that stand for no text.
        size: of the vocabulary.
        settings: `tokenizer_config.json`.
    """

    backend: Backend
    prefix: tuple[int, ...]
    middle: tuple[int, ...]
    suffix: tuple[int, ...]
    segments: bool
    pad: int
    unknown: int | None
    mask: int | None
    special: frozenset[int]
    size: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def encode(self, texts: Iterable[str]) -> list[list[int]]:
        """Pieces of each text, without special ones."""
        found: list[list[int]] = [e.ids for e in self.backend.encode_batch_fast(list(texts), add_special_tokens=False)]
        return found

    def encode_placed(self, texts: Iterable[str]) -> list[Encoding]:
        """Pieces of each text with the characters they cover (`ids`, `offsets`)."""
        return self.backend.encode_batch(list(texts), add_special_tokens=False)

    def encode_words(self, sentences: Iterable[Sequence[str]]) -> list[Encoding]:
        """Pieces of sentences that are split into words, with each piece's word (`ids`, `word_ids`)."""
        return self.backend.encode_batch(
            [list(words) for words in sentences], is_pretokenized=True, add_special_tokens=False
        )

    def single(self, pieces: Sequence[int], longest: int) -> list[int]:
        """A text between its special pieces, cut to `longest` in all."""
        room = longest - len(self.prefix) - len(self.suffix)
        return [*self.prefix, *pieces[:room], *self.suffix]

    def pair(self, first: Sequence[int], second: Sequence[int], longest: int) -> tuple[list[int], int]:
        """Two texts between their special pieces, the longer one cut first.

        Returns:
            The pieces, and where the second text begins.
        """
        room = longest - len(self.prefix) - len(self.middle) - len(self.suffix)
        keep_first, keep_second = shares(len(first), len(second), room)
        row = [*self.prefix, *first[:keep_first], *self.middle]
        return [*row, *second[:keep_second], *self.suffix], len(row)

    def save(self, folder: Path) -> None:
        """Writes the tokenizer as transformers reads it."""
        write_text(folder / FILE, self.backend.to_str(pretty=True))
        write_text(folder / SETTINGS, json.dumps(dict(self.settings), indent=2, ensure_ascii=False) + "\n")


def shares(first: int, second: int, room: int) -> tuple[int, int]:
    """Numbers of subwords that two texts keep when they must fit into `room` and the longer one is cut first."""
    if first + second <= room:
        return first, second
    half = room // 2
    if first <= half:
        return first, room - first
    if second <= room - half:
        return room - second, second
    return half, room - half


def load_tokenizer(name: str, revision: str = "") -> Tokenizer:
    """A tokenizer from a folder, or by its hub id: its own `tokenizer.json`, the same by name as from its folder.

    Only where there is none is it made by transformers, which knows the families' older formats.

    Raises:
        MissingDataError: neither a folder nor a hub id that can be reached.
        InputError: the tokenizer has no padding piece.
    """
    file = Path(name) / FILE
    if not file.is_file():
        own = _on_hub(name, revision)
        if own is None:
            return _by_transformers(name, revision)
        file = own
    from tokenizers import Tokenizer as Backend

    settings = _json(file.parent / SPECIAL) | _json(file.parent / SETTINGS)
    return tokenizer_of(Backend.from_file(str(file)), settings, name)


def _on_hub(name: str, revision: str) -> Path | None:
    """The `tokenizer.json` of a hub id, with its settings beside it; None where the repository has none."""
    if Path(name).exists():
        return None
    from transformers.utils.hub import cached_file

    try:
        found = [
            cached_file(name, file, revision=revision or None, _raise_exceptions_for_missing_entries=False)
            for file in (FILE, SETTINGS, SPECIAL)
        ]
    except (OSError, ValueError) as error:
        raise MissingDataError(
            f"no tokenizer {name!r} here or on the hub ({error}); give a folder or a hub id"
        ) from error
    return None if found[0] is None else Path(found[0])


def _by_transformers(name: str, revision: str) -> Tokenizer:
    """Through transformers, which converts an older format."""
    from transformers import AutoTokenizer

    try:
        found = AutoTokenizer.from_pretrained(name, revision=revision or None)
    except (OSError, ValueError) as error:
        raise MissingDataError(
            f"no tokenizer {name!r} here or on the hub ({error}); give a folder or a hub id"
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        found.save_pretrained(folder)
        if not (Path(folder) / FILE).is_file():
            raise MissingDataError(f"{name} has no fast tokenizer, whose alignment of pieces and words is needed")
        return load_tokenizer(folder)


def tokenizer_of(backend: Backend, settings: Mapping[str, Any], name: str) -> Tokenizer:
    """Reads off a tokenizer where its special pieces go.

    Args:
        backend: the fast tokenizer.
        settings: names of the special pieces, as in `tokenizer_config.json`.
        name: for messages.

    Raises:
        InputError: there is neither a padding piece nor an end-of-text piece to pad with.
    """
    backend.no_truncation()
    backend.no_padding()

    def piece(role: str) -> int | None:
        token = settings.get(f"{role}_token")
        token = token["content"] if isinstance(token, Mapping) else token
        return None if token is None else backend.token_to_id(token)

    end = piece("eos")
    pad = piece("pad") if piece("pad") is not None else end
    if pad is None:
        raise InputError(name, f"neither pad_token nor eos_token is named in {SETTINGS}; name one to pad with")
    prefix, middle, suffix, segments = _template(backend)
    if (
        not prefix and not suffix
    ):  # a decoder's tokenizer: its texts end with the end of text, and a line ends the first
        suffix = () if end is None else (end,)
    if not middle:
        middle = tuple(backend.encode("\n", add_special_tokens=False).ids)
    special = {i for i, added in backend.get_added_tokens_decoder().items() if added.special} | {pad}
    size = max(backend.get_vocab().values()) + 1
    return Tokenizer(
        backend,
        prefix,
        middle,
        suffix,
        segments,
        pad,
        piece("unk"),
        piece("mask"),
        frozenset(special),
        size,
        dict(settings),
    )


def _template(backend: Backend) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], bool]:
    """Special pieces before, between and after the two texts of a pair, and whether texts are marked."""
    found = backend.encode("a", "b")
    sequences = found.sequence_ids
    if 0 not in sequences or 1 not in sequences:
        raise InputError("tokenizer", "has no piece for the letters a and b, not even an unknown one")
    ids, last = found.ids, len(sequences) - 1
    first_end = last - sequences[::-1].index(0) + 1
    second_start, second_end = sequences.index(1), last - sequences[::-1].index(1) + 1
    return (
        tuple(ids[: sequences.index(0)]),
        tuple(ids[first_end:second_start]),
        tuple(ids[second_end:]),
        max(found.type_ids) > 0,
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as error:
        raise InputError(str(path), f"is not JSON ({error}); fetch the tokenizer again") from error
    return found
