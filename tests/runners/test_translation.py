"""Translation: what survives it, form by form, how it is kept, and the engines.

The programs of the `command` engine are fakes that do one thing wrong each.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.registry.vocabulary import vocabulary
from claimgauge.commands.translate import command
from runners.data import load, missing
from runners.data.sources import FolderSource, WorldSource
from runners.examples import Choice, Classified, Example, QAExample, SentenceExample, Tagged
from runners.plan.check import check
from runners.plan.grid import expand
from runners.plan.inventory import Inventory
from runners.plan.plan import Plan, read_plan
from runners.translate import forms, translate
from runners.translate.engines import Apertium, Command
from runners.translate.forms import Translator, survivors
from runners.translate.spans import found_once, recovered
from runners.world import World

FAKE = """
import sys
mode = sys.argv[1]
lines = sys.stdin.read().split("\\n")[:-1]
def said(line):
    words = line.upper().split()
    match mode:
        case "merge": return "".join(words[:2]) + " ".join(["", *words[2:]])
        case "swap": return " ".join([*words[1::-1], *words[2:]])
        case "inflect": return line.upper() if len(words) > 1 else line.upper() + "US"
        case "unmark": return said_by("inflect", line).translate(str.maketrans("", "", "[]{}«»<>"))
        case "mute": return ""
        case "same": return "SAME"
        case _: return line.upper()
def said_by(other, line):
    global mode
    mode, before = other, mode
    try: return said(line)
    finally: mode = before
print(*([said(line) for line in lines] if mode != "short" else lines[1:]), sep="\\n")
"""

PLAN = """
name = "small"
source_language = "lab-a"
seeds = [1]

[model]
name = "lab-xlmr"
kind = "random"
tokenizer = "world"
config = { layers = 1, width = 16, heads = 2, mlp_width = 32, positions = 130 }

[data]
source = "world"
translated = "FOLDER"

[pretraining]
sentences = 40

[[intermediates]]
runs = ["lab-inference", "lab-asking"]
methods = ["translated"]
languages = ["lab-b1"]

[[targets]]
tasks = ["lab-nli"]
languages = ["lab-a1"]
"""


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fake") / "fake.py"
    path.write_text(FAKE, encoding="utf-8")
    return path


def engine(fake: Path, mode: str = "upper") -> Command:
    return Command(f"{sys.executable} {fake} {mode}", "en", "es", "v1")


def through(fake: Path, mode: str, *examples: Example) -> tuple[tuple[Example, ...], dict[str, int]]:
    kept, dropped = survivors(examples, Translator(engine(fake, mode), "es"))
    return kept, dict(dropped)


def plan(folder: Path) -> Plan:
    return read_plan(PLAN.replace("FOLDER", str(folder)), "small.toml")


def test_texts_of_every_form_are_translated_and_labels_stay(fake: Path) -> None:
    given = (
        Classified("1", "a b", "c d", "entailment"),
        Classified("2", "a b", None, "1"),
        Tagged("3", ("the", "house"), ("DET", "NOUN")),
        QAExample("4", "who ?", "it was ann", (("ann", 7),)),
        QAExample("5", "who ?", "it was ann", ()),
        Choice("6", "so", "", ("x", "y"), 1),
        SentenceExample("7", "one\n\ntwo"),
    )
    kept, dropped = through(fake, "upper", *given)
    assert kept == (
        Classified("1", "A B", "C D", "entailment"),
        Classified("2", "A B", None, "1"),
        Tagged("3", ("THE", "HOUSE"), ("DET", "NOUN")),
        QAExample("4", "WHO ?", "IT WAS ANN", (("ANN", 7),)),
        QAExample("5", "WHO ?", "IT WAS ANN", ()),
        Choice("6", "SO", "", ("X", "Y"), 1),
        SentenceExample("7", "ONE\n\nTWO"),
    )
    assert dropped == {}


@pytest.mark.parametrize(
    ("mode", "given", "reason"),
    [
        ("mute", Classified("1", "a", "b", "1"), forms.EMPTY),
        ("same", Classified("1", "a", "b", "1"), forms.PAIR),
        ("same", Choice("1", "a", "", ("x", "y"), 0), forms.OPTIONS),
        ("merge", Tagged("1", ("a", "b", "c"), ("X", "Y", "X")), forms.COUNT),
        ("swap", Tagged("1", ("red", "house"), ("ADJ", "NOUN")), forms.ORDER),
        ("unmark", QAExample("1", "who ?", "it was ann", (("ann", 7),)), forms.ANSWER),
    ],
)
def test_what_does_not_survive_is_dropped_with_its_reason(fake: Path, mode: str, given: Example, reason: str) -> None:
    kept, dropped = through(fake, mode, given, SentenceExample("2", "stays here") if mode != "mute" else given)
    assert dropped[reason] == (2 if mode == "mute" else 1)
    assert given.id not in {example.id for example in kept}


def test_an_answer_that_reads_differently_alone_is_placed_by_its_marks(fake: Path) -> None:
    kept, dropped = through(fake, "inflect", QAExample("1", "who ?", "[1] it was ann", (("ann", 11),)))
    assert kept == (QAExample("1", "WHO ?", "[1] IT WAS ANN", (("ANN", 11),)),)
    assert dropped == {}


def test_an_answer_that_stands_twice_is_placed_by_its_marks_not_at_the_first_place(fake: Path) -> None:
    kept, _ = through(fake, "upper", QAExample("1", "who ?", "ann saw ann", (("ann", 8),)))
    assert kept == (QAExample("1", "WHO ?", "ANN SAW ANN", (("ANN", 8),)),)


@pytest.mark.parametrize(
    ("answer", "context", "spaced", "place"),
    [
        ("in", "he is in", True, ("in", 6)),
        ("in", "the inn", True, None),
        ("Paris.", "to paris", True, ("paris", 3)),
        ("巴黎", "在巴黎住", False, ("巴黎", 1)),
        ("巴黎", "在巴黎住", True, None),
        ("a", "a b a", True, None),
        (" . ", "a . b", True, None),
    ],
)
def test_an_answer_is_found_only_where_it_stands_once_and_alone(
    answer: str, context: str, spaced: bool, place: tuple[str, int] | None
) -> None:
    assert found_once(answer, context, spaced=spaced) == place


def test_marks_are_taken_out_again_and_spaces_stay_as_they_should() -> None:
    assert recovered("la [ Torre ] es", ("[", "]")) == ("la Torre es", "Torre", 3)
    assert recovered("la[ Torre ]es", ("[", "]")) == ("la Torre es", "Torre", 3)
    for broken in ("la Torre es", "la [] es", "la ] Torre [ es", "[la] [Torre]", "la [Torre es"):
        assert recovered(broken, ("[", "]")) is None


def test_translated_data_is_loaded_as_it_was_written_with_what_was_dropped(fake: Path, tmp_path: Path) -> None:
    world = WorldSource(World())
    made = translate(
        "lab-asking", world, engine(fake, "inflect"), into="lab-b1", out=tmp_path, from_language="lab-a", examples=40
    )
    header = made[0].header
    original = load("lab-asking", "lab-a", "train", world, examples=40)
    found = load("lab-asking", "lab-b1", "train", FolderSource(tmp_path, translated=True))
    assert made[0].path == tmp_path / "lab-asking" / "lab-b1" / "train.jsonl"
    assert (header.read, header.kept, header.source_sha256) == (40, len(found), original.sha256)
    assert found.dropped == tuple(header.dropped.items())
    by_id = {example.id: example for example in original.examples}
    for example in found.examples:
        before = by_id[example.id]
        assert isinstance(example, QAExample)
        assert isinstance(before, QAExample)
        assert [text for text, _ in example.answers] == [text.upper() for text, _ in before.answers[:1]]
    assert "translated from lab-a by command" in found.origin
    assert "at v1" in found.origin


def test_original_and_translated_data_of_one_folder_are_never_mixed_up(fake: Path, tmp_path: Path) -> None:
    world = WorldSource(World())
    translate("lab-inference", world, engine(fake), into="lab-b1", out=tmp_path, from_language="lab-a", examples=5)
    assert not missing("lab-inference", "lab-b1", "train", FolderSource(tmp_path, translated=True))
    assert "no local layout" in missing("lab-inference", "lab-b1", "train", FolderSource(tmp_path))


def test_every_fault_of_a_translated_file_is_told_at_once(fake: Path, tmp_path: Path) -> None:
    world = WorldSource(World())
    made = translate("lab-asking", world, engine(fake), into="lab-b1", out=tmp_path, from_language="lab-a", examples=5)[
        0
    ]
    lines = made.path.read_text(encoding="utf-8").splitlines()
    header, moved, cut = json.loads(lines[0]), json.loads(lines[1]), json.loads(lines[2])
    header["language"] = "lab-c1"
    moved["answers"][0][1] += 1
    del cut["question"]
    made.path.write_text("\n".join(map(json.dumps, (header, moved, cut, *map(json.loads, lines[4:])))) + "\n")
    with pytest.raises(InputError) as caught:
        load("lab-asking", "lab-b1", "train", FolderSource(tmp_path, translated=True))
    said = str(caught.value)
    assert len(caught.value.faults) == 4
    for words in ("header.language = 'lab-c1'", "its header says", "line 2 has the answer", "line 3 has the fields"):
        assert words in said


def test_a_split_of_which_nothing_survives_is_not_written(fake: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none of 5 examples survives \(the translation is empty: 5\)"):
        translate(
            "lab-inference", WorldSource(World()), engine(fake, "mute"), into="lab-b1", out=tmp_path,
            from_language="lab-a", examples=5,
        )  # fmt: skip
    assert not list(tmp_path.rglob("*.*"))


def test_retrieval_tasks_and_a_language_into_itself_are_refused(fake: Path, tmp_path: Path) -> None:
    world = WorldSource(World())
    with pytest.raises(UsageError, match="retrieval task"):
        translate("lab-retrieval", world, engine(fake), into="lab-b1", out=tmp_path, from_language="lab-a")
    with pytest.raises(UsageError, match="the same language"):
        translate("lab-inference", world, engine(fake), into="lab-a", out=tmp_path, from_language="lab-a")


def test_a_program_must_be_there_succeed_and_write_a_line_for_each(fake: Path) -> None:
    with pytest.raises(InputError, match="wrote 1 lines for 2"):
        engine(fake, "short")(["a", "b"])
    with pytest.raises(MissingDataError, match="'no-such-program' cannot be run"):
        Command("no-such-program", "en", "es")(["a"])
    with pytest.raises(MissingDataError, match="exit code 3"):
        Command(f"{sys.executable} -c 'raise SystemExit(3)'", "en", "es")(["a"])


def test_codes_reach_the_program_and_the_header() -> None:
    line = f"{sys.executable} -c 'import sys; print(*sys.argv[1:])' {{source}} {{target}}"
    found = Command(line, "eng", "spa")
    assert found(["a"]) == ["eng spa"]
    assert found.identity.model.endswith("eng spa")


def test_a_plan_names_the_translated_files_that_are_missing_and_passes_when_they_are_made(
    fake: Path, tmp_path: Path
) -> None:
    (tmp_path / "small.toml").write_text(PLAN.replace("FOLDER", str(tmp_path / "out")))
    words, small = vocabulary(), plan(tmp_path / "out")
    with pytest.raises(InputError) as caught:
        check(small, "small.toml", words, Inventory(small.data).missing, gpu=False)
    assert len(caught.value.faults) == 2
    assert "translated lab-inference train in lab-b1 is not here" in caught.value.faults[0]
    assert "claimgauge translate lab-inference --to lab-b1" in caught.value.faults[0]
    for task in ("lab-inference", "lab-asking"):
        arguments = [task, "--to", "lab-b1", "--out", str(tmp_path / "out"), "--plan", str(tmp_path / "small.toml")]
        program = ["--engine", "command", "--command", f"{sys.executable} {fake} upper", "--json"]
        done = CliRunner().invoke(command, [*arguments, *program], catch_exceptions=False, standalone_mode=False)
        assert json.loads(done.stdout)["files"][0]["source_language"] == "lab-a"
    check(small, "small.toml", words, Inventory(small.data).missing, gpu=False)


def test_another_translation_makes_another_node_and_where_it_lies_does_not(fake: Path, tmp_path: Path) -> None:
    keys = []
    for name, mode in (("one", "upper"), ("two", "upper"), ("three", "swap")):
        for task in ("lab-inference", "lab-asking"):
            out = tmp_path / name
            chosen = engine(fake, mode if task == "lab-inference" else "upper")
            translate(task, WorldSource(World()), chosen, into="lab-b1", out=out, from_language="lab-a", examples=9)
        inventory = Inventory(plan(tmp_path / name).data)
        nodes = expand(plan(tmp_path / name), vocabulary(), inventory.fingerprint)
        keys.append({n.labels["intermediate"]: n.key for n in nodes if n.kind == "intermediate"})
        kept = inventory.dataset("lab-asking", "lab-b1", "train", translated=True)
        assert kept is not None
        assert len(kept) == 9
    assert keys[0] == keys[1]
    assert keys[0]["lab-asking"] == keys[2]["lab-asking"]
    assert keys[0]["lab-inference"] != keys[2]["lab-inference"]


def test_apertium_says_which_package_to_install_when_it_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingDataError, match="apt install apertium apertium-eng-spa"):
        Apertium("eng", "spa")(["a"])


def test_apertium_translates_lines_one_by_one() -> None:
    if shutil.which("apertium") is None:
        pytest.skip("needs the program apertium (Debian: apt install apertium apertium-eng-spa)")
    if "eng-spa" not in subprocess.run(["apertium", "-l"], capture_output=True, text=True, check=True).stdout.split():
        pytest.skip("needs Apertium's pair eng-spa (Debian: apt install apertium-eng-spa)")
    found = Apertium("eng", "spa")
    # In Apertium's own line format "The White", "House is big" becomes "La Casa", "Blanca es grande".
    assert found(["The White", "House is big", "The dog eats bread."]) == [
        "El Blanco", "La casa es grande", "El perro come pan.",
    ]  # fmt: skip
    assert found.identity.model == "eng-spa"
    kept, dropped = survivors((Tagged("1", ("red", "house"), ("ADJ", "NOUN")),), Translator(found, "es"))
    assert kept == ()
    assert dropped == {forms.ORDER: 1}
    with pytest.raises(MissingDataError, match="no direction eng-xyz here"):
        Apertium("eng", "xyz")(["a"])
