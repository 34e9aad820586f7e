"""Names in a results table: known ones are aliases, others stand for themselves and are listed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.gains import gains
from analysis.importers.opening import open_results
from analysis.importers.record import Given
from analysis.registry.own_names import in_one_line
from analysis.registry.vocabulary import vocabulary
from analysis.results.result_names import id_of, unknown_names
from analysis.results.table import load_results, validate

WORDS = vocabulary()


def table(**columns: list[str]) -> pd.DataFrame:
    rows = {"model": ["m"], "intermediate": ["none"], "target": ["xnli"], "split": ["dev"], "score": ["80"]} | columns
    size = max(map(len, rows.values()))
    return validate(
        pd.DataFrame({name: cells * size if len(cells) == 1 else cells for name, cells in rows.items()}), "t"
    )


def test_unknown_names_are_taken_as_they_are_and_known_ones_as_aliases() -> None:
    frame = table(
        intermediate=["FrobNLI", "SQuAD v2.0", "None", "Baseline"],
        target=["SIB200", "XNLI", "XNLI", "PAWS-X"],
        language=["amh_Ethi", "German", "deu", "Average"],
        metric=["macro_f1", "acc", "acc", "acc"],
        method=["prompt tuning", "plain", "plain", "plain"],
    )
    assert list(frame["intermediate"]) == ["FrobNLI", "squad2", "none", "none"]
    assert list(frame["target"]) == ["SIB200", "xnli", "xnli", "pawsx"]
    assert list(frame["language"]) == ["am", "de", "de", "mean"]
    assert list(frame["metric"]) == ["macro_f1", "accuracy", "accuracy", "accuracy"]
    assert list(frame["method"]) == ["prompt tuning", "plain", "plain", "plain"]


def test_names_nobody_knows_are_listed_in_one_line_those_that_may_be_slips_first() -> None:
    frame = table(target=["SIB200", "xnly", "Tatoebaa", "mine", "other", "more"], metric=["acc"])
    found = unknown_names(frame, WORDS)
    assert {(u.category, u.name): u.near for u in found if u.near} == {
        ("target", "xnly"): ("xnli",), ("target", "Tatoebaa"): ("tatoeba",),
    }  # fmt: skip
    assert in_one_line(found) == (
        "names outside the vocabulary stand for themselves: model 'm'; "
        "target 'xnly' (near 'xnli'), 'Tatoebaa' (near 'tatoeba'), 'SIB200', 'mine' and 2 more"
    )
    assert in_one_line(()) == ""


def test_a_name_with_facts_in_the_file_beside_the_table_is_no_longer_unknown(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "model,intermediate,target,language,split,metric,score\nm,none,mine,xx,dev,acc,80\n", encoding="utf-8"
    )
    (tmp_path / "r.names.toml").write_text(
        '[target.mine]\nname = "Mine"\n[language.xx]\nfamily = "Foo"\n', encoding="utf-8"
    )
    from analysis.registry.own_names import with_own_names

    words = with_own_names(path, WORDS)
    assert [u.name for u in unknown_names(load_results(path), words)] == ["m"]
    assert words.family("xx") == "Foo"


@pytest.mark.parametrize(
    ("category", "name", "found"),
    [
        ("intermediate", "no intermediate task", "none"),
        ("intermediate", "MNLI>SQuAD 2.0", "mnli>squad2"),
        ("intermediate", "MNLI>mine", None),
        ("target", "XTREME", "xtreme"),
        ("model", "XLM-R Large", "xlm-r-large"),
        ("metric", "EM", "exact_match"),
        ("language", "avg.", "mean"),
    ],
)
def test_the_id_of_a_name(category: str, name: str, found: str | None) -> None:
    assert id_of(WORDS, category, name) == found


def test_gains_in_a_metric_of_unknown_direction_are_left_out_by_name() -> None:
    frame = table(intermediate=["none", "mnli"], target=["mine"], metric=["my_metric"])
    found = gains(frame)
    assert found.frame.empty
    assert "2 scores of the metric 'my_metric': whether more or less of it is better is not known" in found.left_out[0]


def test_a_name_that_says_no_version_stands_for_none_and_the_reader_is_told(tmp_path: Path) -> None:
    own, wide = tmp_path / "own.csv", tmp_path / "wide.csv"
    own.write_text("model,intermediate,target,split,score\nm,none,xnli,test,79\nm,MNLI>SQuAD,xnli,test,80\n", "utf-8")
    wide.write_text("intermediate,XNLI acc,PAWS-X acc\nnone,79.2,86.4\nSQuAD,80.1,86.0\n", "utf-8")
    for path in (own, wide):
        opened = open_results(path, given=Given(model="m", split="test"))
        assert any("'SQuAD' names no version" in note for note in opened.notes)
        assert not opened.table.attrs
        assert not set(opened.table["intermediate"].astype(str)) & {"squad1", "squad2"}
    own.write_text("model,intermediate,target,split,score\nm,none,xnli,test,79\nm,SQuAD 1.1,xnli,test,80\n", "utf-8")
    assert not open_results(own).notes
