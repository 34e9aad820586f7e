"""What each token of a tokenizer adds to a text, in bytes.

A token may be a part of a letter: bytes of it in the alphabet of GPT-2's tokenizer, or one byte as
"<0xE6>" beside SentencePiece. Bytes are written as the letters U+0000 to U+00FF, so that they are a `str`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

ANCHOR = "("
"""A token's text is what it adds behind this, so that blanks before words are kept."""
ONE_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def token_bytes(tokenizer: Any) -> dict[int, str]:
    """Token → the bytes it adds behind other text; special tokens, and what adds nothing, left out."""
    special = set(tokenizer.all_special_ids)
    tokens = [(token, spelled) for spelled, token in tokenizer.get_vocab().items() if token not in special]
    return {token: added for token, added in _added(tokenizer, sorted(tokens)) if added}


def _added(tokenizer: Any, tokens: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    anchor = tokenizer(ANCHOR, add_special_tokens=False)["input_ids"]
    rows = [anchor, *([*anchor, token] for token, _ in tokens)]
    before, *texts = tokenizer.batch_decode(rows, clean_up_tokenization_spaces=False)
    for (token, spelled), text in zip(tokens, texts, strict=True):
        if "\ufffd" in text or not text.startswith(before):
            yield token, _part_of_a_letter(spelled)
        else:
            yield token, text.removeprefix(before).encode().decode("latin-1")


def _part_of_a_letter(spelled: str) -> str:
    """The bytes of a token that is no text of its own; none where its spelling does not tell them."""
    if (one := ONE_BYTE.fullmatch(spelled)) is not None:
        return chr(int(one[1], 16))
    alphabet = _alphabet()
    return "".join(alphabet[sign] for sign in spelled) if alphabet.keys() >= set(spelled) else ""


@cache
def _alphabet() -> dict[str, str]:
    """The signs that stand for bytes in byte-level tokenizers: printable ones for themselves, others from U+0100."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(0x100) if byte not in set(printable)]
    signs = {chr(byte): chr(byte) for byte in printable}
    return signs | {chr(0x100 + place): chr(byte) for place, byte in enumerate(others)}
