"""A map of single characters as the `Precompiled` normaliser of tokenizers reads it: sentencepiece's format.

A trie over the characters' UTF-8 bytes as a double array (Aoe 1989; units as in Darts-clone), before the texts the
characters turn into, each ended by a zero byte. A file begins with the array's size in bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

LEAF = 1 << 8
VALUE = 1 << 31


def precompiled(replacements: Mapping[str, str]) -> bytes:
    """The map in bytes.

    Args:
        replacements: character → what it turns into; "" leaves it out.
    """
    texts, values = bytearray(), {}
    for character, text in sorted(replacements.items()):
        values[character.encode()] = len(texts)
        texts += text.encode() + b"\0"
    units = _double_array(values)
    return np.uint32(4 * len(units)).tobytes() + units.astype("<u4").tobytes() + bytes(texts)


def _double_array(values: Mapping[bytes, int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """Unit p holds the label it was reached by, and the offset o: the unit of its child c is p XOR o XOR c."""
    units = np.zeros(1 << 18, dtype=np.uint32)
    used = np.zeros(len(units), dtype=bool)
    used[0] = True
    taken = np.zeros(len(units), dtype=bool)  # bases: a unit knows its label only, so no two nodes may share one
    waiting, first_free = [(0, b"")], 0
    prefixes: dict[bytes, set[int]] = {}
    for key in values:
        for end in range(len(key)):
            prefixes.setdefault(key[:end], set()).add(key[end])
        prefixes.setdefault(key, set()).add(0)  # the leaf
    while waiting:
        place, prefix = waiting.pop()
        children = np.array(sorted(prefixes[prefix]))
        base = first_free
        while taken[base] or used[base ^ children].any():
            base += 1
        taken[base] = True
        while used[first_free]:
            first_free += 1
        units[place] |= (base ^ place) << 10
        used[base ^ children] = True
        for child in children.tolist():
            if child == 0:
                units[place] |= LEAF
                units[base] = VALUE | values[prefix]
            else:
                units[base ^ child] |= child
                waiting.append((base ^ child, prefix + bytes([child])))
    return units[: (int(np.flatnonzero(used)[-1]) | 0xFF) + 1]
