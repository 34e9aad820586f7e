"""The world's languages: every code of ISO 639-3 that IANA registers, with family, branch and script where known.

A language is met by its code of ISO 639-1 or 639-3 ("de", "deu"), by a tag of BCP 47 or of data sets ("zh-CN",
"arb_Arab") or by its English name. A script or region that is not the language's usual one makes a variety of its own:
"zh-Hant", "pt-PT". Sources and rules of the table: analysis/data/LANGUAGES.md.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.registry.vocabulary import Entry, fold

FILE = "world_languages.csv"
COLUMNS = (
    "code", "iso639_3", "name", "other_names", "other_codes", "instead", "macrolanguage", "family", "branch", "script",
    "region", "elsewhere", "latitude", "longitude",
)  # fmt: skip
"""`instead`: the code that this one was merged into. `region`: where the language is most at home.
`elsewhere`: region:script where another script is usual."""

TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
PAIR = re.compile(r"[a-z]{2,3}[-_][a-z]{2,3}")
"""Pattern of two codes, though folded it may be a name: "en-de" is not Ende."""

PART_OF = {"Hang": "Kore", "Hani": "Kore", "Hrkt": "Jpan", "Hira": "Jpan", "Kana": "Jpan", "Aran": "Arab"}
"""Scripts that are part of another one in ISO 15924, or a hand of it."""

STATISTICS = frozenset({"all", "any", "dev", "max", "std", "sum"})
"""Codes of languages that, bare, head columns of something else: "all" is no Allar."""

ASIDE = re.compile(r"\s*\([^()]*\)$")
SOURCE = "IANA language subtag registry; CLDR likely subtags; Glottolog 4.0 (analysis/data/LANGUAGES.md)"


@dataclass(frozen=True, slots=True)
class WorldLanguages:
    """The table, and where its languages are found.

    Attributes:
        rows: code → row. codes: other code → code. names: folded English name → code.
    """

    rows: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]
    names: Mapping[str, str]


@cache
def world() -> WorldLanguages:
    """The shipped table (read once, when a name outside the vocabulary is met)."""
    text = (files("analysis") / "data" / FILE).read_text(encoding="utf-8")
    rows = {row["code"]: row for row in csv.DictReader(text.splitlines())}
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, row in rows.items():
        codes.setdefault(row["iso639_3"], code)
        codes |= dict.fromkeys(row["other_codes"].split(), code)
        for name in (row["name"], *_strings(row["other_names"])):
            names.setdefault(fold(name), code)
    for code, row in rows.items():
        for name in _strings(row["other_names"]):
            names.setdefault(fold(ASIDE.sub("", name)), code)
    return WorldLanguages(rows, codes, names)


@cache
def entry_of(code: str) -> Entry:
    """The entry of a code of the table; a fact that no source states is absent.

    Raises:
        KeyError: the table has no such code.
    """
    row = world().rows[code]
    facts: dict[str, Any] = {
        name: row[name] for name in ("iso639_3", "name", "family", "branch", "script", "macrolanguage") if row[name]
    }
    facts |= {name: float(row[name]) for name in ("latitude", "longitude") if row[name]}
    if row["instead"]:
        facts["variety_of"] = row["instead"]
    if row["other_codes"]:
        facts["other_codes"] = tuple(row["other_codes"].split())
    return Entry(code, "language", row["name"], tuple(_strings(row["other_names"])), facts, {"": SOURCE})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag taken apart.

    Attributes:
        code: of the table. script, region: where they are not the language's usual ones, else "".
    """

    code: str
    script: str = ""
    region: str = ""

    @property
    def id(self) -> str:
        """The tag in its shortest form."""
        return "-".join(part for part in (self.code, self.script, self.region) if part)


def tag_of(text: str) -> Tag | None:
    """Resolves a code or tag; None where its language is not in the table."""
    match = TAG.fullmatch(text.strip())
    if match is None or text.strip().lower() in STATISTICS:
        return None
    known, code = world(), match[1].lower()
    code = known.codes.get(code, code)
    if code not in known.rows:
        return None
    row = known.rows[code]
    script, region = (match[2] or "").title(), (match[3] or "").upper()
    elsewhere = dict(pair.split(":") for pair in row["elsewhere"].split())
    if match[3] != region and region not in {row["region"], *elsewhere, ""}:
        return None  # "es-en" is a pair of languages
    script = script or elsewhere.get(region, "")
    if script in {row["script"], *(part for part, whole in PART_OF.items() if whole == row["script"])}:
        script = ""
    at_home = (
        next((place for place, written in elsewhere.items() if written == script), "") if script else row["region"]
    )
    return Tag(code, script, "" if region == at_home else region)


def code_named(name: str) -> str | None:
    """The code of a language by its English name, None where the table has no such name."""
    known = world()
    code = None if PAIR.fullmatch(name) else known.names.get(fold(name))
    return None if code is None else known.codes.get(code, code)


def variety(base: Entry, tag: Tag) -> Entry:
    """A language in another script or region: the facts of the language, with its own script."""
    if tag.id == base.id:
        return base
    marks = ", ".join(part for part in (tag.script, tag.region) if part)
    facts = {**base.facts, "variety_of": base.id} | ({"script": tag.script} if tag.script else {})
    facts.pop("other_codes", None)
    return replace(base, id=tag.id, name=f"{base.name} ({marks})", aliases=(), facts=facts)


def _strings(joined: str) -> list[str]:
    return joined.split("|") if joined else []
