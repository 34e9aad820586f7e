"""From a plan to nodes: what is shared, what a key depends on."""

from collections import Counter
from dataclasses import replace

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from runners.plan.check import check
from runners.plan.grid import GridNode, expand
from runners.plan.plan import Plan, read_plan

TEXT = """
name = "grid"
seeds = [1, 2]
[model]
name = "xlm-r-base"
[data]
source = "hub"
[[intermediates]]
runs = ["none", "mnli", "mnli>squad2", "qqp+mnli"]
[[targets]]
tasks = ["xnli", "tatoeba"]
languages = ["de", "sw"]
examples = [0, 100]
"""


def grid(plan: Plan, **changed: str) -> tuple[GridNode, ...]:
    return expand(plan, vocabulary(), lambda task, language, split: changed.get(task, "as it is"))


def test_a_grid_has_one_node_per_stage_seed_and_target_and_parents_come_first() -> None:
    nodes = grid(read_plan(TEXT, "grid"))
    assert Counter(node.kind for node in nodes) == {"intermediate": 2 * 3, "target": 2 * 4 * 2, "retrieval": 2 * 4}
    seen: set[str] = set()
    for node in nodes:
        assert set(node.parents) <= seen
        seen.add(node.key)


def test_answers_and_entities_are_looked_for_by_the_checkpoint_as_it_stands() -> None:
    text = TEXT.replace('"xnli", "tatoeba"]', '"lareqa", "mewsli-x"]').replace('"sw"', '"en"')
    found = [n for n in grid(read_plan(text, "grid")) if n.kind != "intermediate"]
    assert {(n.kind, n.labels["target"]) for n in found} == {("retrieval", "lareqa"), ("retrieval", "mewsli-x")}
    assert len(found) == 2 * 4 * 2


def test_languages_without_a_development_set_are_left_out_where_that_is_evaluated() -> None:
    text = TEXT.replace('"xnli", "tatoeba"]', '"udpos"]').replace('languages = ["de", "sw"]\n', "")
    for split, languages in (("dev", 29), ("test", 33)):
        found = grid(read_plan(text.replace('"udpos"]', f'"udpos"]\nsplit = "{split}"'), "grid"))
        assert {len(n.config["languages"]) for n in found if n.kind == "target"} == {languages}


def test_a_target_whose_languages_nobody_states_is_a_fault() -> None:
    text = TEXT.replace('"xnli", "tatoeba"]', '"lareqa"]').replace('languages = ["de", "sw"]\n', "")
    with pytest.raises(InputError, match="lareqa states no languages of its own"):
        check(read_plan(text, "grid"), "grid", vocabulary(), None, gpu=False)


def test_fewer_items_are_another_node_and_none_of_a_search_over_a_pool() -> None:
    whole, text = TEXT.replace(', "tatoeba"]', "]"), TEXT.replace('languages = ["de", "sw"]', "items = 50")
    some = grid(read_plan(whole.replace('languages = ["de", "sw"]', 'languages = ["de", "sw"]\nitems = 50'), "grid"))
    targets = {node.key for node in some if node.kind == "target"}
    assert targets
    assert not targets & {node.key for node in grid(read_plan(whole, "grid"))}
    with pytest.raises(InputError, match="items = 50: tatoeba looks for answers in its whole pool"):
        check(read_plan(text, "grid"), "grid", vocabulary(), None, gpu=False)


def test_a_stage_is_trained_once_for_all_sequences_that_begin_with_it() -> None:
    nodes = grid(read_plan(TEXT, "grid"))
    titles = Counter(node.title for node in nodes if node.kind == "intermediate")
    assert titles["mnli, seed 1"] == 1
    second = next(n for n in nodes if n.kind == "intermediate" and n.title == "mnli>squad2, seed 1")
    first = next(n for n in nodes if n.title == "mnli, seed 1" and n.kind == "intermediate")
    assert second.parents == (first.key,)


def test_changed_data_changes_the_keys_of_what_rests_on_it_and_no_others() -> None:
    plan = read_plan(TEXT, "grid")
    before, after = grid(plan), grid(plan, squad2="edited")
    changed = {a.title for a, b in zip(before, after, strict=True) if a.key != b.key}
    assert changed == {a.title for a in before if "squad2" in a.title}


def test_names_that_only_label_results_do_not_change_a_key() -> None:
    plan = read_plan(TEXT, "grid")
    assert [n.key for n in grid(plan)] == [n.key for n in grid(replace(plan, study="another", question="why?"))]


def test_where_the_folder_lies_does_not_change_a_key() -> None:
    plan = read_plan(TEXT, "grid")
    moved = replace(plan, data=replace(plan.data, source="folder", folder="/elsewhere"))
    assert [n.key for n in grid(plan)] == [n.key for n in grid(moved)]


def test_recipe_threads_seed_and_size_are_part_of_a_key() -> None:
    plan = read_plan(TEXT, "grid")
    for other in (
        replace(plan, recipes={"default": {"epochs": 1}}),
        replace(plan, threads=2),
        replace(plan, seeds=(3, 4)),
    ):
        assert not {n.key for n in grid(plan)} & {n.key for n in grid(other)}


def test_continued_mlm_without_a_task_is_a_stage_of_its_own() -> None:
    text = TEXT.replace(
        'runs = ["none", "mnli", "mnli>squad2", "qqp+mnli"]', 'runs = ["none"]\nmethods = ["plain", "mlm"]'
    )
    nodes = grid(read_plan(text + "[recipes.intermediate]\nmlm_share = 0.5\n", "grid"))
    stages = [n for n in nodes if n.kind == "intermediate"]
    assert [n.config["recipe"]["mlm_share"] for n in stages] == [1.0, 1.0]
    assert {n.labels["method"] for n in nodes if n.kind == "target"} == {"plain", "mlm"}


def keys(text: str) -> dict[str, str]:
    return {n.title: n.key for n in grid(read_plan(text, "grid")) if n.kind in {"target", "retrieval"}}


def test_a_convention_is_part_of_the_key_of_the_tasks_it_decides_something_about_and_of_no_other() -> None:
    text = TEXT.replace('"xnli", "tatoeba"]', '"xnli", "tatoeba", "xquad", "panx", "bucc"]').replace('"sw"', '"de"')
    text = text.replace('"de", "de"', '"de"').replace("seeds = [1, 2]", "seeds = [1]").replace("mnli>squad2", "qqp")
    plain = keys(text)
    for convention, target in (
        ('stride = "overlap"', "xquad"),
        ("question_length = 32", "xquad"),
        ('long_sentences = "cut"', "panx"),
        ('repeats = "keep"', "bucc"),
    ):
        changed = keys(f"{text}[recipes.default]\n{convention}\n")
        assert {title for title in plain if plain[title] != changed[title]} == {t for t in plain if f"→ {target}" in t}


def test_targets_that_train_the_same_are_trained_once() -> None:
    text = TEXT.replace('"xnli", "tatoeba"]', '"xquad", "mlqa"]\nselect_on = "none"')
    targets = [n for n in grid(read_plan(text, "grid")) if n.kind == "target"]
    by_key = {n.key: n for n in targets}
    for node in targets:
        lender = node.config.get("trained_by")
        assert (lender is None) == (node.config["task"] == "xquad")
        if lender:
            (parent,) = (by_key[key] for key in node.parents)
            assert parent.config["task"] == lender == "xquad"
            assert parent.config["keep_model"]
            assert parent.config["examples"] == node.config["examples"]
            assert {k: parent.labels[k] for k in ("intermediate", "seed")} == {
                k: node.labels[k] for k in ("intermediate", "seed")
            }
    chosen = [n for n in grid(read_plan(text.replace('"none"\n', '"dev"\n'), "grid")) if n.kind == "target"]
    assert not any("trained_by" in n.config for n in chosen), "each chooses its weights on data of its own"
    apart = [n for n in grid(read_plan(text + "[recipes.mlqa]\nepochs = 1\n", "grid")) if n.kind == "target"]
    assert not any("trained_by" in n.config for n in apart), "recipes differ"
