"""The rules of transfer claims, and their words together with those that every domain shares."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.wording import plural
from claims.language.chart import Grammar, read_grammar
from claims.language.lexicon import Lexicon, made_lexicon, word_list

PLACE = "claims.domains.registry"


@cache
def transfer_grammar() -> Grammar:
    """The rules of transfer claims: a grammar of their own, since its names are typed."""
    return read_grammar((files(PLACE) / "transfer.txt").read_text(encoding="utf-8"))


@cache
def transfer_lexicon() -> Lexicon:
    """The common lexicon with the words of transfer claims."""
    data = tomllib.loads((files(PLACE) / "transfer.toml").read_text(encoding="utf-8"))
    own = [expanded(entry) for entry in data["entry"]]
    common = word_list()
    return made_lexicon({"version": f"{common['version']}+{data['version']}", "entry": [*common["entry"], *own]})


@cache
def spelt_words() -> frozenset[str]:
    """All that the lexicon and the rules spell out, as names are compared: without blanks, hyphens and underscores."""
    lexemes = (lexeme.words for found in transfer_lexicon().by_first.values() for lexeme in found)
    literals = (symbol.strip('"') for symbol in transfer_grammar().symbols() if symbol.startswith('"'))
    spelt = ("".join(w for w in words if w not in ("-", "_")) for words in (*lexemes, *((w,) for w in literals)))
    return frozenset(spelt)


@cache
def counting_words() -> frozenset[str]:
    """The single words that quantify: "all", "each", "most"."""
    lexemes = (lexeme for found in transfer_lexicon().by_first.values() for lexeme in found)
    return frozenset(one.words[0] for one in lexemes if one.symbol in ("quant", "q") and len(one.words) == 1)


def expanded(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with the plurals of its nouns, and with a blank for each hyphen between letters."""
    forms = list(entry["forms"])
    inflect = entry.get("inflect")
    if inflect == "noun":
        forms += [plural(form) for form in forms]
    forms = list(dict.fromkeys(spelling for form in forms for spelling in _hyphens(form)))
    kept = {key: value for key, value in entry.items() if key != "inflect" or value == "verb"}
    return {**kept, "forms": forms}


def _hyphens(form: str) -> Iterator[str]:
    yield form
    if re.search(r"(?<=[a-z])-(?=[a-z])", form):
        yield re.sub(r"(?<=[a-z])-(?=[a-z])", " ", form)
