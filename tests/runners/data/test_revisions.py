"""Revisions that a plan gives for hub data sets."""

from __future__ import annotations

import pytest

from analysis.errors import InputError
from analysis.vocabulary import vocabulary
from runners.check import check
from runners.data import missing
from runners.data.hub import hub_revisions
from runners.data.sources import HubSource
from runners.inventory import source_from, source_of
from runners.plan import DataPlan, read_plan

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
