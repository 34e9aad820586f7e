"""The text in bytes: UTF-8 and what byte order marks say; else a guess that is said, with its confidence."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "cp1252"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
LEAST_FOREIGN = 8
"""Letters outside of ASCII that a guess of an encoding of another script needs."""
LEAST_ZEROS = 0.3
"""Share of zero bytes in a text of two bytes a letter."""
LEAST_COHERENT = 0.2
MOST_UNUSUAL = 0.4
"""Share of letters outside of ASCII beyond which a text is in no western language."""
EASTERN = frozenset(("cp932", "shift_jis", "euc_jp", "gb18030", "gbk", "gb2312", "big5", "cp949", "euc_kr"))
"""Encodings of several bytes a letter that are still met."""
SAMPLE = 200_000
"""Bytes that a guess looks at."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how its bytes were read.

    Attributes:
        text: the characters. encoding: of the bytes.
        confidence: 0 to 1, that the encoding is the right one; 1 where the bytes say it themselves.
    """

    text: str
    encoding: str
    confidence: float = 1.0

    @property
    def note(self) -> str:
        """The guess in a sentence; "" where nothing was guessed."""
        if self.confidence == 1.0:
            return ""
        return f"is not UTF-8; read as {self.encoding} (a guess, confidence {self.confidence:.0%}); save it as UTF-8"


def decoded(data: bytes) -> Decoded | None:
    """The text of some bytes; None where no encoding fits."""
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return _guessed(data) if encoding == "utf-8" else None
    return Decoded(text, encoding) if "\0" not in text else _guessed(data)


def _guessed(data: bytes) -> Decoded | None:
    """Another script's encoding where its letters bear it out, else the western one where it leaves no controls.

    Encodings of one script differ in few letters, so that a short western text fits a dozen: then the commonest counts.
    """
    from charset_normalizer import from_bytes

    for match in islice(from_bytes(data[:SAMPLE]), 3):
        try:
            text = data.decode(match.encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        wide = match.encoding.startswith("utf_16") and data.count(0) > len(data) * LEAST_ZEROS
        if "\0" not in text and (wide or (match.coherence >= LEAST_COHERENT and _is_foreign(text))):
            return Decoded(text, match.encoding, min(1 - match.chaos, 0.99))
        if match.encoding in EASTERN and "\0" not in text and _is_foreign(text):
            return Decoded(text, match.encoding, min(1 - match.chaos, 0.99) / 2)
    try:
        western = data.decode(WESTERN)
    except UnicodeDecodeError:
        return None
    if CONTROL.search(western):
        return None
    letters = [sign for sign in western if sign.isalpha()]
    share = sum(not sign.isascii() for sign in letters) / max(len(letters), 1)
    return Decoded(western, WESTERN, 0.9 * (1 - share)) if share < MOST_UNUSUAL else None


def _is_foreign(text: str) -> bool:
    """True if most letters outside of ASCII are of a script other than Latin."""
    letters = [sign for sign in text if sign.isalpha() and not sign.isascii()]
    latin = sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
    return len(letters) >= LEAST_FOREIGN and latin < len(letters) / 2
