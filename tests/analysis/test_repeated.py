"""One setting twice: what contradicts is refused in one message, a mean beside its seeds is set aside and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.importers import import_results
from analysis.importers.opening import open_results
from analysis.results.repeated import across_files
from claims.gathering import gather_evidence

HEAD = "study,model,intermediate,target,split,metric,score,seed,n_seeds,sd,provenance\n"


def table(folder: Path, *rows: str, name: str = "r.csv") -> Path:
    """Rows of "run,score,seed,n_seeds,sd,provenance"."""
    lines = []
    for row in rows:
        run, *rest = (row + ",,,,").split(",")[:6]
        lines.append(",".join(["mine", "m", run, "xnli", "dev", "accuracy", *rest]))
    path = folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


SEEDS = ("mnli,81.0,1", "mnli,83.0,2")


@pytest.mark.parametrize("mean", ["mnli,82.0", "mnli,82,,2", "mnli,82.0,,2,1.4", "mnli,82.0,,2,1.0"])
def test_a_mean_beside_its_own_seeds_is_set_aside_and_named(mean: str, tmp_path: Path) -> None:
    path = table(tmp_path, "none,80.0", *SEEDS, mean)
    opened = open_results(path)
    assert sorted(opened.table["score"]) == [80.0, 81.0, 83.0]
    (note,) = opened.notes
    assert "set aside, so that nothing counts twice (mine, m, mnli, xnli, mean, dev, accuracy: 82)" in note
    done = import_results([path])
    assert (len(done.table), note in done.notes) == (3, True)


@pytest.mark.parametrize(
    ("mean", "fault"),
    [
        ("mnli,84.0", "whose mean is 82, not 84"),
        ("mnli,82.0,,5", "stands beside 2 seeds of its setting and is a mean over 5"),
        ("mnli,82.0,,2,3.5", "whose standard deviation is 1.41, not 3.5"),
    ],
)
def test_a_mean_that_the_seeds_beside_it_contradict_is_refused(mean: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        open_results(table(tmp_path, "none,80.0", *SEEDS, mean))
    (said,) = error.value.faults
    assert said.startswith("row 4 (mine, m, mnli, xnli, mean, dev, accuracy)")
    assert fault in said
    assert said.endswith("leave out the mean or the seeds")


def test_all_contradictions_of_a_table_are_named_in_one_message(tmp_path: Path) -> None:
    rows = ("none,80.0,,,,measured", "none,79.0,,,,imported", *SEEDS, "mnli,84.0", "mnli,81.5,1")
    with pytest.raises(InputError) as error:
        open_results(table(tmp_path, *rows))
    said = "\n".join(error.value.faults)
    for part in ("row 2 repeats row 1", "80 and 79", "row 6 repeats row 3", "81 and 81.5", "row 5 (mine"):
        assert part in said
    assert len(error.value.faults) == 3


def test_seeds_without_a_mean_and_a_mean_without_seeds_pass(tmp_path: Path) -> None:
    opened = open_results(table(tmp_path, "none,80.0,,3,0.5", *SEEDS))
    assert (len(opened.table), opened.notes) == (3, ())


def test_two_files_that_score_one_cell_differently_are_refused_and_named(tmp_path: Path) -> None:
    first, second = table(tmp_path, "none,80.0", *SEEDS), table(tmp_path, "none,79.0", "mnli,82.0", name="s.csv")
    with pytest.raises(InputError) as error:
        gather_evidence([first, second], built_in=False)
    said = "\n".join(error.value.faults)
    assert f"80 ({first}) and 79 ({second})" in said
    assert f"{second} has a mean and {first} seeds of one setting" in said
    assert not across_files({"a": open_results(first).table, "b": open_results(first).table})


# ------------------------------------------------------------------------------ files of studies


def studies(folder: Path, text: str) -> str:
    path = table(folder, "none,80.0", "OwnWarmup,81.0")
    path.with_suffix(".studies.toml").write_text(text, encoding="utf-8")
    _, (file,) = gather_evidence([path], built_in=False)
    return "\n".join(remark for remark in file.remarks if remark.startswith("r.studies.toml"))


def test_a_slip_in_a_file_of_studies_is_told_with_the_name_it_may_be(tmp_path: Path) -> None:
    said = studies(tmp_path, '[mine]\nintermediates = ["MNLI", "OwnWarmpu"]\ntargets = ["xnlii"]\n')
    for part in (
        "intermediates holds 'OwnWarmpu', known neither here nor in the table; did you mean 'OwnWarmup'?",
        "targets holds 'xnlii', known neither here nor in the table; did you mean 'xnli'?",
    ):
        assert part in said
    assert "MNLI" not in said
    assert "[mien] is no study of the table; did you mean 'mine'?" in studies(tmp_path, '[mien]\ntitle = "x"\n')
    assert studies(tmp_path, '[mine]\nintermediates = ["Multi NLI", "OwnWarmup"]\n') == ""


def test_a_key_that_means_nothing_in_a_file_of_studies_is_refused_with_the_one_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\[mine\] states 'intermediate' \(did you mean 'intermediates'\?\)"):
        studies(tmp_path, '[mine]\nintermediate = ["mnli"]\n')


def test_tasks_in_a_file_of_studies_may_be_spelled_as_anywhere(tmp_path: Path) -> None:
    path = table(tmp_path, "none,80.0", "mnli,81.0")
    path.with_suffix(".studies.toml").write_text('[mine]\nintermediates = ["MNLI"]\n', encoding="utf-8")
    evidence, _ = gather_evidence([path], built_in=False)
    edition = evidence.studies.edition("mine", "")
    assert edition is not None
    assert edition.intermediates == ("mnli",)
