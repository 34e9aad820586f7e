from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("analysis", "runners", "claims", "reports", "claimgauge")
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FORBIDDEN_COLUMN = 3
MOST_LINES = 400


def section(title: str, text: str = MAP, depth: int = 2) -> str:
    mark = "#" * depth
    found = re.search(rf"^{mark} {re.escape(title)}\n(.*?)(?=^#{{1,{depth}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {title!r}"
    return found[1]


def module_file(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


@cache
def sources() -> dict[Path, ast.Module]:
    files = (file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")))
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


def imported_by(module: str) -> set[str]:
    file = module_file(module)
    assert file is not None, f"{module} is on the map and not in the house"
    found: set[str] = set()
    for node in ast.walk(sources()[file]):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def walks() -> dict[str, list[str]]:
    text = section("Walks")
    titles = re.findall(r"^### (.+)$", text, re.MULTILINE)
    return {title: re.findall(r"^\d+\. `([\w.]+)`", section(title, text, 3), re.MULTILINE) for title in titles}


def test_the_map_shows_every_room_and_no_other() -> None:
    shown = set(re.findall(r"^\| `([\w.]+)` \|", section("Rooms"), re.MULTILINE))
    rooms = {
        f"{package}.{folder.name}"
        for package in PACKAGES
        for folder in (ROOT / package).iterdir()
        if (folder / "__init__.py").is_file()
    }
    assert shown == rooms


def test_the_directions_on_the_map_are_the_contracts() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [c["layers"] for c in settings["tool"]["importlinter"]["contracts"] if c["id"].endswith("-rooms")]
    lines = re.findall(r"^- (.+)$", section("Directions"), re.MULTILINE)
    drawn = [[floor.replace("`", "").replace(" | ", " : ") for floor in line.split(" → ")] for line in lines]
    assert sorted(drawn) == sorted(contracts)


@pytest.mark.parametrize("title", walks())
def test_a_walk_has_at_most_fifteen_stops_each_imported_by_one_before(title: str) -> None:
    stops = walks()[title]
    assert 2 <= len(stops) <= 15
    reached = imported_by(stops[0])
    for stop in stops[1:]:
        assert stop in reached, f"{stop} is imported by no stop before it"
        reached |= imported_by(stop)


def test_the_map_has_the_six_walks() -> None:
    across = {"The FLOPs of a run", "A withheld verdict over a table"}
    assert set(walks()) == {"A claim", "A score", "A plan", "A table", *across}


def test_no_class_name_has_two_meanings() -> None:
    bearers = defaultdict(list)
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bearers[node.name].append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in bearers.items() if len(files) > 1} == {}


def test_nothing_is_defined_under_a_word_that_the_glossary_forbids() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in section("Words", text).splitlines() if line.startswith("| ")]
    terms = [row[0].strip() for row in rows[1:]]
    assert len(terms) == len(set(terms)) >= 35
    forbidden = {word for row in rows for word in re.findall(r"`(\w+)`", row[FORBIDDEN_COLUMN])}
    assert len(forbidden) >= 30
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in forbidden
    ]
    assert found == []
    outside = [file for file in sources() if not file.is_relative_to(ROOT / "claims")]
    fields = [
        f"{file.relative_to(ROOT)}:{node.lineno} {name}"
        for file in outside
        for node in ast.walk(sources()[file])
        if isinstance(node, ast.AnnAssign | ast.arg)
        if (name := node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)) in forbidden
    ]
    assert fields == []


def test_a_file_is_read_in_one_sitting() -> None:
    lines = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8").count("\n") for file in sources()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_no_module_is_named_by_a_verb_of_speech() -> None:
    spoken = {"asking", "answering", "saying", "telling", "hearing"}
    found = [file for file in sources() if file.stem in spoken and file.is_relative_to(ROOT / "analysis")]
    assert found == []


def test_no_docstring_begins_with_a_relative_clause_in_place_of_a_noun() -> None:
    begins = re.compile(r"(?:What|Who|Those|Where|How|Whether)\b(?![^.]*\?)")
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {text.splitlines()[0]}"
        for file, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(text := node.value.value, str) and begins.match(text)
    ]
    assert found == []
