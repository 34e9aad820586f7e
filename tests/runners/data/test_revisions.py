"""Revisions that a plan gives for hub data sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from claimgauge.experiments import prepare
from runners.data import load, missing
from runners.data.hub import hub_revisions, stated
from runners.data.sources import HubSource
from runners.data.specification import specification
from runners.plan.check import check
from runners.plan.inventory import Inventory, source_from, source_of
from runners.plan.plan import DataPlan, load_plan, read_plan

PLAN = """
name = "mine"
seeds = [1]
model = { name = "xlm-r-base" }
intermediates = [{ runs = ["none"] }]
targets = [{ tasks = ["xnli"] }]
[data]
source = "hub"
[data.revisions]
cosmosqa = "refs/convert/parquet"
"clue/clue" = "abc"
"""


def test_a_plan_gives_revisions_by_task_or_by_data_set() -> None:
    data = read_plan(PLAN, "plan").data
    source = source_of(data)
    assert isinstance(source, HubSource)
    assert source.revisions == (("allenai/cosmos_qa", "refs/convert/parquet"), ("clue/clue", "abc"))
    assert missing("cosmosqa", "en", "train", source) == ""
    assert missing("ocnli", "zh", "train", source) == ""


def test_what_the_hub_has_not_comes_from_the_folder_beside_it_and_the_data_set_says_so(tmp_path: Path) -> None:
    (tmp_path / "ccg").mkdir()
    (tmp_path / "ccg" / "tags.txt").write_text("N\n")
    (tmp_path / "ccg" / "dev.tsv").write_text("Dogs\tN\n\n")
    (tmp_path / "xnli").mkdir()
    (tmp_path / "xnli" / "dev-de.tsv").write_text("a\tb\tneutral\n")
    source = source_of(DataPlan("hub", folder=str(tmp_path)))
    assert load("ccg", "en", "dev", source).origin == "ccg/dev.tsv"
    assert "ccg train in en is not here" in missing("ccg", "en", "train", source)
    assert "bucc dev in de is not here" in missing("bucc", "de", "dev", source)
    assert missing("xnli", "de", "dev", source) == "", "it is on the hub, and so not taken from the folder"
    assert isinstance(source, HubSource)
    assert stated(specification("xnli"), "de", "dev", source)
    assert "name a folder that holds it" in missing("ccg", "en", "dev", HubSource())


@pytest.mark.parametrize("name", ["cost", "distance", "english", "hierarchy", "order", "sources", "xstilts"])
def test_ready_plans_lack_nothing_but_what_they_say(name: str) -> None:
    plan = load_plan(name)
    try:
        check(plan, name, vocabulary(), Inventory(plan.data).missing, gpu=True)
        faults: tuple[str, ...] = ()
    except InputError as error:
        faults = error.faults
    known = ("translated ", "no hub data set is stated for ccg", "mteb/bucc-bitext-mining has no dev split")
    assert [fault for fault in faults if not fault.startswith(known)] == []


def test_a_node_written_before_there_were_revisions_is_still_read() -> None:
    written = {"source": "hub", "folder": "", "translated": "", "cache": "", "offline": False, "world": {}}
    assert source_from(written) == source_of(DataPlan("hub"))


def test_a_wrong_revision_is_a_fault_of_the_plan_before_any_data_is_looked_at() -> None:
    plan = read_plan(PLAN.replace("clue/clue", "clu/clue"), "plan")
    with pytest.raises(InputError, match=r"data\.revisions: 'clu/clue' is neither a task nor a hub data set"):
        check(plan, "plan", vocabulary(), None, gpu=False)


def test_all_faults_of_revisions_are_told_at_once() -> None:
    given = {
        "cosmosqu": "a",
        "xcopa": "b",
        "mnli": 5,
        "allenai/cosmos_qa": "c",
        "cosmosqa": "d",
    }
    with pytest.raises(InputError) as caught:
        hub_revisions(given)  # type: ignore[arg-type]
    said = str(caught.value)
    assert "'cosmosqu' is neither a task nor a hub data set; did you mean 'cosmosqa'?" in said
    assert "xcopa has several data sets: give the revision of cambridgeltl/xcopa or aps/super_glue" in said
    assert "mnli = 5 is no revision" in said
    assert "allenai/cosmos_qa has two revisions: c and d" in said


def test_the_plan_of_the_hub_needs_nothing_else_and_says_what_it_leaves_out() -> None:
    plan = load_plan("hub")
    check(plan, "hub", vocabulary(), Inventory(plan.data).missing, gpu=True)
    assert set(plan.left_out) == {"ccg", "bucc dev", "translated"}
    said = prepare("hub", dry_run=True).as_text()
    assert "left out    ccg: CCGbank is sold by the Linguistic Data Consortium" in said
