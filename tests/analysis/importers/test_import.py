"""Names, repetitions, bad input: what all formats share; and every real file beside the project."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from shared_files import shared

from analysis.errors import InputError, UnknownNameError
from analysis.importers import Given, Names, UnknownNamesError, import_results, read_names
from analysis.registry.own_names import names_beside, read_own_names, write_own_names
from analysis.results.table import load_results, write_results

Write = Callable[[str, object], Path]

GIVEN = Given(split="test", language="en")


def lm_eval(model: str = "m/one", **tasks: dict[str, float]) -> dict[str, object]:
    return {"results": tasks, "versions": dict.fromkeys(tasks, 0), "config": {"model_args": f"pretrained={model}"}}


def test_unknown_names_are_all_listed_at_once_with_near_ones(write: Write) -> None:
    path = write("r.json", lm_eval(xnly={"acc": 0.5, "acurracy": 0.5}, xnli_xx={"acc": 0.4}))
    with pytest.raises(UnknownNamesError) as raised:
        import_results([path], given=Given(split="test", language="en", scale=100.0), keep_unknown=False)
    text = str(raised.value)
    for part in (
        "unknown model 'm/one' (3 scores)",
        "'xnly' (2 scores); did you mean 'xnli'",
        "'xnli_xx'",
        "'acurracy'",
    ):
        assert part in text
    assert "--strict" in text
    assert raised.value.exit_code == 3


def test_more_unknown_names_than_usual_faults_are_shown(write: Write) -> None:
    tasks = {f"task{i}": {"acc": 0.5} for i in range(60)}
    with pytest.raises(UnknownNamesError) as raised:
        import_results([write("r.json", lm_eval(**tasks))], given=GIVEN, keep_unknown=False)
    assert all(f"'task{i}'" in str(raised.value) for i in range(60))


def test_a_list_of_names_maps_adds_and_says_what_files_do_not(write: Write) -> None:
    path = write("r.json", lm_eval(xnly={"acc": 0.5}, mine={"acc": 0.4}))
    names = write(
        "names.toml",
        '[model]\n"m/one" = "XLM-R Base"\n[target]\nxnly = "XNLI"\n[target.mine]\nname = "Mine"\n'
        '[file."r*.json"]\nsplit = "dev"\nlanguage = "de"\n',
    )
    done = import_results([path], names=read_names(names))
    assert list(done.table["model"].unique()) == ["xlm-r-base"]
    assert list(done.table["target"]) == ["xnli", "mine"]
    assert set(done.table["split"]) == {"dev"}
    assert done.unknown == ()
    assert {c: list(e) for c, e in done.own.items()} == {"target": ["mine"]}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('[model]\na = "xlm-r-huge"\n', "unknown"),
        ("[models]\n", "models"),
        ("[model]\na = 3\n", "write an id"),
        ('[file."x"]\nseeds = 1\n', "seeds"),
        ("a = 1\n", "stands outside"),
        ("[model\n", "TOML"),
    ],
)
def test_a_wrong_list_of_names_is_an_error(write: Write, text: str, part: str) -> None:
    path = write("names.toml", text)
    with pytest.raises((InputError, UnknownNameError), match=part):
        import_results([write("r.json", lm_eval(xnli_de={"acc": 0.5}))], names=read_names(path), given=GIVEN)


def test_kept_names_stand_beside_the_table_and_open_with_it(write: Write, tmp_path: Path) -> None:
    data = lm_eval('odd "name"\\', sciq={"acc": 0.5, "acc_norm": 0.6})
    done = import_results([write("r.json", data)], given=GIVEN, keep_unknown=True)
    assert [(u.category, u.name, u.rows) for u in done.unknown] == [
        ("metric", "acc_norm", 1), ("model", 'odd "name"\\', 2), ("target", "sciq", 2),
    ]  # fmt: skip
    out = tmp_path / "out.parquet"
    write_results(done.table, out)
    assert list(load_results(out)["score"]) == [50.0, 60.0]
    write_own_names(names_beside(out), done.own)
    again = load_results(out)
    assert list(again["score"]) == [50.0, 60.0]
    assert set(again["model"]) == {'odd "name"\\'}
    assert set(read_own_names(names_beside(out))["metric"]) == {"acc_norm"}


def test_a_names_file_may_be_given_as_names_again(write: Write, tmp_path: Path) -> None:
    path = write("r.json", lm_eval(sciq={"acc": 0.5}))
    kept = import_results([path], given=GIVEN, keep_unknown=True)
    names = tmp_path / "out.names.toml"
    write_own_names(names, kept.own)
    assert import_results([path], given=GIVEN, names=read_names(names)).unknown == ()


def test_facts_of_own_metrics_are_checked(write: Write) -> None:
    names = Names()
    path = write("names.toml", '[metric.rouge]\nname = "ROUGE"\nlow = 0\nhigh = 100\n')
    names = read_names(path)
    data = lm_eval("XLM-R", xnli_de={"rouge": 170.0})
    with pytest.raises(InputError, match="outside 0 to 100"):
        import_results([write("r.json", data)], given=GIVEN.over(Given(scale=1.0)), names=names)


def test_what_file_and_user_say_must_agree(write: Write) -> None:
    path = write("r.json", lm_eval("XLM-R", xnli_de={"acc": 0.5}))
    with pytest.raises(InputError, match="says model 'XLM-R', and --assume model=mBERT"):
        import_results([path], given=Given(model="mBERT", split="test"))
    same = import_results([path], given=Given(model="xlm-r-large", split="test"))
    assert len(same.table) == 1


def test_the_same_cell_twice_is_kept_once_or_a_fault(write: Write) -> None:
    one = write("a.json", lm_eval("XLM-R", xnli_de={"acc": 0.5}))
    two = write("b.json", lm_eval("XLM-R", xnli_de={"acc": 0.5}))
    other = write("c.json", lm_eval("XLM-R", xnli_de={"acc": 0.6}))
    done = import_results([one, two], given=Given(split="test"))
    assert len(done.table) == 1
    assert any("twice with the same score" in note for note in done.notes)
    with pytest.raises(InputError, match=r"a\.json#.* and c\.json#.* give 50 and 60 for the same cell"):
        import_results([one, other], given=Given(split="test"))


def test_nan_is_left_out_and_said_and_infinity_is_refused(write: Write) -> None:
    path = write("r.json", lm_eval("XLM-R", xnli_de={"acc": math.nan}, xnli_en={"acc": 0.5}))
    done = import_results([path], given=Given(split="test"))
    assert list(done.table["language"]) == ["en"]
    assert any("NaN" in note for note in done.notes)
    with pytest.raises(InputError, match="outside 0 to 100"):
        import_results([write("i.json", lm_eval("XLM-R", xnli_de={"acc": math.inf}))], given=Given(split="test"))


def test_a_percentage_where_the_format_has_fractions_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match=r"score 5000 of r\.json#/results/xnli_de/acc"):
        import_results([write("r.json", lm_eval("XLM-R", xnli_de={"acc": 50.0}))], given=Given(split="test"))


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\xff", "not text"),
        (b"abc\x00def", "not text"),
        (b'{"results": {"xnli"', "not complete JSON"),
        (b"[" * 100_000, "not complete JSON"),
        (b'{"a": 1}', "none of the known layouts"),
        (b"[]", "none of the known layouts"),
        (b"just words\n", "none of the known layouts"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "no delimited text"),
        (b'{"results": {}, "versions": {}}', "holds no score"),
    ],
)
def test_bad_files_are_refused_with_a_reason(tmp_path: Path, content: bytes, part: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=part):
        import_results([path], given=GIVEN)


def test_a_missing_file_and_a_split_nobody_knows_are_refused(write: Write, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        import_results([tmp_path / "none.json"])
    with pytest.raises(InputError, match="unknown split 'tset'"):
        import_results([write("r.json", lm_eval("XLM-R", xnli_de={"acc": 0.5}))], given=Given(split="tset"))


def test_a_file_of_a_tool_whose_split_nobody_knows_is_read_when_the_split_is_said(write: Write) -> None:
    configs = {"xnli_de": {"dataset_path": "xnli", "validation_split": "eval"}}
    file = write("r.json", lm_eval("XLM-R", xnli_de={"acc": 0.5}) | {"configs": configs})
    with pytest.raises(InputError) as caught:
        import_results([file])
    assert caught.value.faults == ("unknown split 'eval'; give --assume split=… (train, dev, test)",)
    done = import_results([file], given=Given(split="test"))
    assert done.table["split"].tolist() == ["test"]
    assert any("unknown split 'eval': taken as 'test'" in note for note in done.notes)


SAMPLES = {
    "lm_eval_v03_pythia.json": ("lm-eval", 56), "lm_eval_v03_xnli_multilingual.json": ("lm-eval", 15),
    "mteb_LaBSE_BUCC.v2.json": ("mteb", 20), "mteb_LaBSE_Tatoeba.json": ("mteb", 560),
    "mteb_external_BUCC.json": ("mteb", 8), "mteb_xlmr_large_PawsX.json": ("mteb", 23),
    "pwc_record.json": ("papers-with-code", 24), "pwc_example.json": ("papers-with-code", 3),
    "wandb_export_example.csv": ("tracker", 1), "mlflow_search_runs_example.csv": ("tracker", 1),
    "results_table_example.tex": ("table", 7), "mteb_trim.csv": ("mteb", 7331),
    "acc_mean.csv": ("table", 270), "accuracies.txt": ("repetitions", 27_000),
}  # fmt: skip
WITHOUT_SCORES = {
    "hf_trainer_all_results.json": "no evaluation score",
    "mteb_FacebookAI__xlm-roberta-large_model_meta.json": "describes a model",
    "mteb_LaBSE_model_meta.json": "describes a model",
    "precomputed_features.min.json": "features of languages",
}
FOLDERS = ("baycomp", "litmus", "mteb", "samples")
PROSE = {".md", ".MD", ""}
SAID = {
    "lm_eval_v03_pythia.json": Given(model="Pythia 1.3B", language="en", split="test"),
    "pwc_record.json": Given(language="en", split="test", scale=1.0),
    "pwc_example.json": Given(language="en", split="test", scale=1.0),
    "wandb_export_example.csv": Given(model="XLM-R", target="xnli", language="mean", scale=100.0),
    "mlflow_search_runs_example.csv": Given(model="XLM-R", target="xnli", language="mean", scale=100.0),
    "results_table_example.tex": Given(model="XLM-R", language="mean", split="dev", metric="f1"),
    "acc_mean.csv": Given(rows="target", columns="model", language="en", split="test", metric="accuracy"),
    "accuracies.txt": Given(language="en", split="test", metric="accuracy", scale=1.0),
}


def said_of(path: Path) -> Given:
    """What the real files leave open."""
    if path.name in SAID:
        return SAID[path.name]
    if path.suffix == ".json" and path.name.startswith("mteb"):
        return Given(model="LaBSE")
    metric = "f1" if "TyDiQA" in path.name else None
    return Given(split="test", metric=metric) if path.suffix == ".json" else Given()


def test_every_real_result_file_is_read_or_named_as_one_without_scores() -> None:
    folder = shared("results")
    seen: dict[str, int] = {}
    for path in sorted(p for name in FOLDERS for p in (folder / name).rglob("*") if p.is_file()):
        if path.suffix in PROSE or path.name == "SOURCES.txt":
            continue
        if path.name in WITHOUT_SCORES:
            with pytest.raises(InputError, match=WITHOUT_SCORES[path.name]):
                import_results([path], given=GIVEN)
            continue
        done = import_results([path], given=said_of(path), keep_unknown=True)
        (name,) = done.formats.values()
        if path.name in SAMPLES:
            assert (name, len(done.table)) == SAMPLES[path.name], path.name
        assert name == ("litmus" if "litmus" in path.parts else "lm-eval" if "history" in str(path) else name)
        assert done.table["source"].str.contains(r"^[^#]+#.* sha256:[0-9a-f]{12}", regex=True).all()
        seen[name] = seen.get(name, 0) + 1
    assert seen == {
        "litmus": 24,
        "lm-eval": 72,
        "mteb": 5,
        "papers-with-code": 2,
        "tracker": 2,
        "table": 2,
        "repetitions": 1,
    }


def test_mteb_of_labse_on_tatoeba_has_the_known_mean() -> None:
    done = import_results([shared("results", "mteb", "mteb_trim.csv")], keep_unknown=True)
    rows = done.table[(done.table["model"] == "sentence-transformers/LaBSE") & (done.table["target"] == "mteb/Tatoeba")]
    assert rows["score"].mean() / 100 == pytest.approx(0.8114, abs=5e-5)


def test_litmus_has_the_known_error_of_the_language_mean() -> None:
    folder = shared("results", "litmus", "SumEval", "data")
    for name, cells, error in (
        ("XNLI_XLMR", 150, 0.00346),
        ("WikiANN_XLMR", 3900, 0.02540),
        ("UDPOS_XLMR", 3000, 0.03823),
    ):
        known = import_results([folder / "train" / f"{name}.json"], given=Given(split="test"), keep_unknown=True).table
        gold = import_results(
            [folder / "test_gold" / f"{name}.json"], given=Given(split="test"), keep_unknown=True
        ).table
        means = known.groupby(known["language"].astype(str))["score"].mean()
        off = (gold["score"] - gold["language"].astype(str).map(means)).abs() / 100
        assert len(off) == cells
        assert off.mean() == pytest.approx(error, abs=5e-6)


def test_litmus_keeps_what_the_question_of_cost_needs() -> None:
    """More data goes with higher scores in TyDiQA, not in XNLI (Spearman over configurations)."""
    folder = shared("results", "litmus", "SumEval", "data", "train")
    for name, metric, configurations, rank in (("TyDiQA_XLMR_ID", "f1", 26, 0.92), ("XNLI_XLMR", None, 40, -0.35)):
        table = import_results([folder / f"{name}.json"], given=Given(split="test", metric=metric)).table
        runs = table.groupby(table["study"].astype(str))[["score", "target_examples"]].mean()
        assert len(runs) == configurations
        assert runs["score"].corr(runs["target_examples"], method="spearman") == pytest.approx(rank, abs=0.03)


def test_a_cell_that_two_files_of_a_folder_score_differently_is_named_and_left_out(tmp_path: Path) -> None:
    head = "study,model,intermediate,target,language,split,metric,score\n"
    for name, rows in {
        "old": "s,m1,none,xnli,de,test,accuracy,70.0\ns,m1,none,xnli,fr,test,accuracy,71.0\n",
        "new": "s,m1,none,xnli,de,test,accuracy,75.0\ns,m1,none,xnli,sw,test,accuracy,61.0\n",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "scores.csv").write_text(head + rows, encoding="utf-8")
    done = import_results([tmp_path])
    assert sorted(done.table["language"]) == ["fr", "sw"]
    (left_out,) = [note for note in done.notes if note.startswith("cell left out")]
    assert "new/scores.csv#row 2" in left_out
    assert "old/scores.csv#row 2" in left_out
    assert "75 and 70" in left_out
    with pytest.raises(InputError, match="give 75 and 70 for the same cell"):
        import_results([tmp_path], whole=True)
