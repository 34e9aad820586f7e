"""TensorBoard's event files: the scalars in them, by tag and step.

Records are framed as in TFRecord (length, its checksum, bytes, their checksum: CRC-32C, rotated and shifted) and hold
Event messages of protocol buffers; of these only steps and scalar summaries are read. Field numbers after
tensorboard/compat/proto: event.proto, summary.proto, tensor.proto.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

EVENTS = b"brain.Event:"
"""Bytes at the start of such files."""
SPLITS = {"eval": "eval", "val": "eval", "valid": "eval", "validation": "eval", "dev": "eval", "test": "test"}
"""Prefixes of evaluation tags ("eval/accuracy"), and what the Trainer calls them."""

STEP, SUMMARY = 2, 5
VALUE = 1
TAG, SIMPLE, TENSOR = 1, 2, 8
DTYPE, CONTENT, FLOATS, DOUBLES = 1, 4, 5, 6
FORMATS = {1: "<f", 2: "<d"}
"""Number types of a tensor: float, double."""
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
HEAD, TAIL = 12, 4
MASK = 0xA282EAD8
LARGEST = 1 << 16
"""Bytes of an event at most: a scalar takes some tens, larger ones are pictures and histograms."""


def as_history(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The evaluations of an event file in the layout of the Trainer's log, as JSON, with notes.

    Args:
        content: the file.

    Raises:
        ValueError: the file is damaged, or none of its scalars is of an evaluation.
    """
    entries: dict[int, dict[str, float]] = {}
    others: dict[str, None] = {}
    end = 0
    for ends, data in _records(content):
        end = ends
        for step, tag, value in _scalars(data):
            first, _, rest = tag.partition("/")
            if rest and first in SPLITS:
                entries.setdefault(step, {})[f"{SPLITS[first]}_{rest.replace('/', '_')}"] = value
            else:
                others[tag] = None
    if not entries:
        found = f"scalars {', '.join(others)}, and none" if others else "no scalar"
        raise ValueError(
            f"holds {found} of an evaluation ({', '.join(f'{name}/…' for name in SPLITS)}): "
            "download the one you mean as CSV in TensorBoard, and import that"
        )
    notes = [f"scalars of TensorBoard that are no evaluation were left out: {', '.join(others)}"] if others else []
    if end < len(content):
        notes.append("the last event is not complete and was left out")
    history = [{"step": step, **entries[step]} for step in sorted(entries)]
    return json.dumps({"log_history": history}), tuple(notes)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields the end of each message and its bytes (none of a large one), up to one that is cut off."""
    place = 0
    while place + HEAD <= len(content):
        (length, check) = struct.unpack_from("<QI", content, place)
        if check != _masked(content[place : place + 8]):
            raise ValueError(f"is damaged at byte {place}: a length does not have its checksum")
        start, end = place + HEAD, place + HEAD + length
        if end + TAIL > len(content):
            return
        place, data = end + TAIL, content[start:end] if length <= LARGEST else b""
        if data and struct.unpack_from("<I", content, end)[0] != _masked(data):
            raise ValueError(f"is damaged at byte {start}: an event does not have its checksum")
        yield place, data


def _scalars(data: bytes) -> Iterator[tuple[int, str, float]]:
    """Step, tag and value of each scalar of an event."""
    fields = list(_fields(data))
    step = next((value for number, value in fields if number == STEP), 0)
    for summary in (value for number, value in fields if number == SUMMARY):
        for value in (each for number, each in _fields(summary) if number == VALUE):
            parts = dict(_fields(value))
            number = _shortest(parts[SIMPLE], "<f") if SIMPLE in parts else _of_tensor(parts.get(TENSOR, b""))
            if number is not None:
                yield int(step), parts.get(TAG, b"").decode("utf-8"), number


def _of_tensor(data: bytes) -> float | None:
    """The number of a tensor that holds one, None of any other."""
    parts = dict(_fields(data))
    form = FORMATS.get(parts.get(DTYPE, 0))
    if form is None:
        return None
    packed = parts.get(CONTENT) or parts.get(FLOATS if form == "<f" else DOUBLES, b"")
    return _shortest(packed, form) if len(packed) == struct.calcsize(form) else None


def _shortest(packed: bytes, form: str) -> float:
    """A number as it is shortest written in its own precision: 0.8, not 0.800000011920929."""
    (number,) = struct.unpack(form, packed)
    return float(str(np.float32(number))) if form == "<f" else float(number)


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field of a message."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        kind = key & 7
        if kind == VARINT:
            value, place = _varint(data, place)
            yield key >> 3, value
            continue
        if kind == BYTES:
            length, place = _varint(data, place)
        elif kind in {FIXED32, FIXED64}:
            length = 4 if kind == FIXED32 else 8
        else:
            raise ValueError(f"is damaged: a field of unknown kind {kind}")
        yield key >> 3, data[place : place + length]
        place += length


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(data):
        byte = data[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place
    raise ValueError("is damaged: a number is cut off")


def _table() -> list[int]:
    """Lookup table of CRC-32C (Castagnoli), by byte."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = _table()


def _masked(data: bytes) -> int:
    """The checksum as TFRecord stores it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + MASK) & 0xFFFFFFFF
