"""Real leaderboards and matrices are imported without a list of names, with one option at most."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from shared_files import shared

from analysis.errors import InputError
from analysis.importers import Given, Imported, import_results
from analysis.importers.opening import open_results
from analysis.importers.own_tables import is_results_table
from analysis.registry.vocabulary import vocabulary

WORDS = vocabulary()
TEST = Given(split="test")


def languages(done: Imported) -> dict[str, tuple[bool, bool]]:
    """Language → whether family and script are known."""
    found = {}
    for code in done.table["language"].unique():
        entry = WORDS.any_language(str(code))
        facts = entry.facts if entry else {}
        found[str(code)] = ("family" in facts, "script" in facts)
    return found


def test_a_leaderboard_of_eleven_models_needs_nothing_and_its_languages_have_family_and_script() -> None:
    done = import_results([shared("results", "mteb", "mteb_trim.csv")])
    assert len(done.table) == 7331
    assert done.table["model"].nunique() == 11
    found = {code: known for code, known in languages(done).items() if not re.fullmatch("[a-z]{2}-[a-z]{2}", code)}
    assert len(found) == 230
    assert {code for code, (family, _) in found.items() if not family} == {
        "ber-Tfng", "eo", "ia", "ie-Latn", "io", "lfn-Latn", "nov-Latn", "nqo", "tzl-Latn",
    }  # fmt: skip
    assert {code for code, (_, script) in found.items() if not script} == {"ber-Tfng"}
    unknown = {name.name for name in done.unknown if name.category == "language"}
    assert unknown == {"ber-Tfng"} | {code for code in languages(done) if code not in found}


def test_euroeval_names_its_languages_in_english_and_needs_the_split_alone() -> None:
    done = import_results([shared("results", "euroeval", "euroeval_encoders.csv")], given=TEST)
    assert len(done.table) == 1528
    assert all(family and script for family, script in languages(done).values())
    assert {"no", "sl", "sq", "fo"} <= set(done.table["language"])
    assert any("columns left out: 'task', 'score2', 'half_width2'" in note for note in done.notes)
    assert done.table["plus_minus"].notna().all()


def test_prompt_transfer_is_read_as_sources_and_targets_in_both_layouts() -> None:
    long = import_results([shared("results", "prompt_transfer", "prompt_transfer_su2022.csv")], given=TEST).table
    wide = import_results(
        [shared("results", "prompt_transfer", "prompt_transfer_roberta_matrix.csv")], given=TEST
    ).table
    assert len(long) == 1046
    assert long["score"].max() > 90
    assert len(wide) == 196
    ours = long[(long["model"] == "Roberta") & (long["method"] == "Roberta · transfer")]
    cells = {(row.intermediate, row.target): row.score for row in ours.itertuples()}
    for row in wide.itertuples():
        assert cells[row.intermediate, row.target] == pytest.approx(row.score, abs=0.051)


def lm_eval_files() -> list[Path]:
    results = shared("results")
    return sorted([*results.glob("samples/lm_eval*.json"), *results.glob("samples2026/lmeval*.json")])


def test_every_lm_eval_sample_needs_the_split_at_most() -> None:
    files = lm_eval_files()
    assert len(files) > 12
    for path in files:
        try:
            import_results([path])
        except InputError:
            assert len(import_results([path], given=TEST).table)


def test_seventy_lm_eval_files_of_a_campaign_are_one_table() -> None:
    folder = shared("results", "samples", "lm_eval_history")
    done = import_results(sorted(folder.glob("*.json")), given=TEST)
    assert (len(done.table), done.table["model"].nunique()) == (700, 14)
    assert all(family and script for code, (family, script) in languages(done).items() if code != "mean")


def test_languages_and_splits_of_lm_eval_tasks() -> None:
    done = import_results([shared("results", "samples2026", "lmeval_belebele.json")])
    assert set(done.table["target"]) == {"belebele"}
    assert set(done.table["language"]) == {"en", "sw", "da", "am", "zh", "zh-Hant", "ar", "ary"}
    group = import_results([shared("results", "samples2026", "lmeval_known_unknown.json")]).table
    assert {(row.language, row.split) for row in group.itertuples()} == {
        ("mean", "dev"), ("en", "dev"), ("sw", "dev"), ("ca", "dev"),
    }  # fmt: skip


def test_runs_with_another_revision_or_number_of_shots_are_not_the_same_cell() -> None:
    folder = shared("results", "samples2026")
    steps = import_results([folder / "lmeval_step1000.json", folder / "lmeval_step143000.json"]).table
    assert set(steps["model"]) == {"EleutherAI/pythia-160m@step1000", "EleutherAI/pythia-160m@step143000"}
    shots = import_results([folder / "lmeval_0shot.json", folder / "lmeval_5shot.json"]).table
    assert set(shots["study"]) == {"lm-eval", "lm-eval, 5-shot"}


def test_a_column_no_is_norwegian() -> None:
    done = import_results([shared("results", "cases", "column_no.csv")], given=Given(split="test", target="XNLI"))
    assert [(r.model, r.language, r.score) for r in done.table.itertuples()] == [
        ("Alpha", "de", 79.2), ("Alpha", "no", 70.1), ("Beta", "de", 80.1), ("Beta", "no", 71.0),
    ]  # fmt: skip


def test_decimal_commas_between_semicolons_are_read() -> None:
    done = import_results([shared("results", "cases", "semicolon_comma.csv")], given=Given(split="test", target="XNLI"))
    assert [(r.model, r.language, r.score) for r in done.table.itertuples()] == [
        ("Alpha", "de", 79.2), ("Alpha", "fr", 70.1), ("Beta", "de", 80.1), ("Beta", "fr", 71.0),
    ]  # fmt: skip


def test_a_results_table_goes_through_as_it_is(tmp_path: Path) -> None:
    done = import_results([shared("results", "cases", "import_intermediate_language.csv")])
    assert [(r.intermediate, r.intermediate_language, r.score) for r in done.table.itertuples()] == [
        ("mnli", "zh", 77.1), ("none", "en", 75.1),
    ]  # fmt: skip
    assert done.notes == ("import_intermediate_language.csv: read as points, 0 to 100",)
    done.table.to_parquet(tmp_path / "again.parquet")
    again = import_results([tmp_path / "again.parquet"]).table
    assert again.astype(str).equals(done.table.astype(str))


def test_a_parquet_file_that_pandas_wrote_with_its_index_is_a_results_table(tmp_path):
    rows = {
        "model": "xlm-r-large",
        "intermediate": ["none", "mnli"],
        "target": "xnli",
        "split": "test",
        "score": [79.0, 80.0],
    }
    pd.DataFrame(rows).iloc[1:].to_parquet(tmp_path / "results.parquet")
    assert is_results_table(tmp_path / "results.parquet")
    assert open_results(tmp_path / "results.parquet").table["score"].tolist() == [80.0]
