"""Local folders: layouts found, faults told all at once, labels and spans as they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.registry.vocabulary import vocabulary
from runners.data import load, missing
from runners.data.folds import fold
from runners.data.sources import FolderSource
from runners.data.specification import specification
from runners.examples import Bitext, Choice, Classified, Ranking, SentenceExample, Tagged


def written(root: Path, name: str, text: str) -> FolderSource:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return FolderSource(root)


@pytest.mark.parametrize("name", ["xtreme-xnli/dev-de.tsv", "xnli/dev-de.tsv"])
def test_both_stated_layouts_are_found(tmp_path: Path, name: str) -> None:
    source = written(tmp_path, name, "Ein Hund.\tEin Tier.\tentailment\n")
    dataset = load("xnli", "de", "dev", source)
    assert dataset.examples == (Classified("0", "Ein Hund.", "Ein Tier.", "entailment"),)
    assert dataset.labels == ("entailment", "neutral", "contradiction")
    assert dataset.origin == name


def test_quoted_fields_are_read_as_pythons_csv_module_writes_them(tmp_path: Path) -> None:
    source = written(tmp_path, "pawsx/dev-fr.tsv", '"Le ""cimetière"" est là."\tAutre.\t0\n')
    assert load("pawsx", "fr", "dev", source).examples[0].first == 'Le "cimetière" est là.'


def test_what_is_not_there_is_named_with_the_places_looked_at(tmp_path: Path) -> None:
    fault = missing("xnli", "de", "dev", FolderSource(tmp_path))
    assert "xtreme-xnli/dev-de.tsv" in fault
    assert "xnli/dev-de.tsv" in fault
    with pytest.raises(MissingDataError, match="is not here"):
        load("xnli", "de", "dev", FolderSource(tmp_path))


def test_a_split_without_a_stated_layout_is_told_from_a_file_that_is_absent(tmp_path: Path) -> None:
    assert "no local layout is stated for ocnli, zh, test" in missing("ocnli", "zh", "test", FolderSource(tmp_path))
    assert "no local layout is stated for xnli, de, train" in missing("xnli", "de", "train", FolderSource(tmp_path))


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    rows = "a\tb\tentailment\nc\td\tyes\ne\tf\tmaybe\n"
    with pytest.raises(InputError) as caught:
        load("xnli", "en", "dev", written(tmp_path, "xnli/dev-en.tsv", rows))
    assert len(caught.value.faults) == 2
    assert "unknown label 'yes' of example 2 (known: entailment, neutral, contradiction)" in str(caught.value)


def test_files_whose_labels_were_removed_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 1 has 2 columns, not 3 .* removes the labels of its test files"):
        load("xnli", "en", "test", written(tmp_path, "xnli/test-en.tsv", "a\tb\n"))
    with pytest.raises(InputError, match="a word without a tag"):
        load("panx", "en", "test", written(tmp_path, "panx/test-en.tsv", "Berlin\n"))


def test_questions_whose_answers_were_removed_are_told_in_one_sentence(tmp_path: Path) -> None:
    squad = {"data": [{"paragraphs": [{"context": "Es war 1920.", "qas": [
        {"id": str(i), "question": "Wann?", "answers": [{"text": "", "answer_start": 0}]} for i in range(3)]}]}]}  # fmt: skip
    with pytest.raises(InputError, match="3 of 3 questions hold no gold answer"):
        load("xquad", "de", "test", written(tmp_path, "xquad/xquad.de.json", json.dumps(squad)))


def test_a_moved_answer_is_found_again_and_a_lost_one_is_scored_by_its_text_but_not_learnt(tmp_path: Path) -> None:
    qas = [{"id": str(i), "question": "When?", "answers": [{"text": text, "answer_start": start}]}
           for i, (text, start) in enumerate([("1920", 7), ("1920", 9), ("1921", 7)])]  # fmt: skip
    text = json.dumps({"data": [{"paragraphs": [{"context": "It was 1920.", "qas": qas}]}]})
    dataset = load("xquad", "en", "test", written(tmp_path, "xquad/xquad.en.json", text))
    assert [e.answers for e in dataset.examples] == [(("1920", 7),), (("1920", 7),), (("1921", -1),)]
    assert [count for _, count in dataset.corrected] == [1, 1]
    training = load("squad1", "en", "train", written(tmp_path, "squad/train-v1.1.json", text))
    assert [e.answers for e in training.examples] == [(("1920", 7),), (("1920", 7),)]
    assert training.dropped == (("the answer is not where it should be", 1),)


def test_questions_without_an_answer_are_kept_where_the_task_has_them(tmp_path: Path) -> None:
    qas = [{"id": "1", "question": "Why?", "is_impossible": True, "answers": []}]
    text = json.dumps({"data": [{"paragraphs": [{"context": "It was 1920.", "qas": qas}]}]})
    assert load("squad2", "en", "train", written(tmp_path, "squad2/train-v2.0.json", text)).examples[0].answers == ()


def test_conllu_gives_syntactic_words_with_their_tags(tmp_path: Path) -> None:
    rows = [("1-2", "du", "_"), ("1", "de", "ADP"), ("2", "le", "DET"), ("2.1", "x", "_"), ("3", "Rhin", "PROPN")]
    lines = "\n".join("\t".join((i, word, "_", tag, *"______")) for i, word, tag in rows)
    name = "ud-pud/French/fr_pud-ud-test.conllu"
    dataset = load("udpos", "fr", "test", written(tmp_path, name, f"# sent_id = n1\n{lines}\n\n"))
    assert dataset.examples == (Tagged("0:n1", ("de", "le", "Rhin"), ("ADP", "DET", "PROPN")),)


def test_examples_that_annotators_disagreed_on_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [{"sentence1": "a", "sentence2": "b", "label": label, "id": 7} for label in ("-", "neutral")]
    text = "\n".join(map(json.dumps, rows)) + "\n"
    dataset = load("ocnli", "zh", "dev", written(tmp_path, "ocnli/dev.json", text))
    assert (len(dataset), dataset.dropped) == (1, (("label '-'", 1),))


def test_choices_name_one_of_their_options(tmp_path: Path) -> None:
    row = {"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "idx": 0, "label": 1}
    dataset = load("xcopa", "en", "train", written(tmp_path, "xcopa/train.en.jsonl", json.dumps(row) + "\n"))
    assert dataset.examples == (Choice("0", "p", "cause", ("a", "b"), 1),)
    wrong = written(tmp_path, "xcopa/train.en.jsonl", json.dumps(row | {"label": 2}) + "\n")
    with pytest.raises(InputError, match="label '2' of example 1 names none of 2 options"):
        load("xcopa", "en", "train", wrong)


def test_parallel_files_of_unequal_length_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "tatoeba/tatoeba.deu-eng.deu", "eins\nzwei\n")
    source = written(tmp_path, "tatoeba/tatoeba.deu-eng.eng", "one\n")
    with pytest.raises(InputError, match=r"has 2 lines, .* has 1"):
        load("tatoeba", "de", "test", source)


def test_mined_pairs_must_name_sentences_that_are_there(tmp_path: Path) -> None:
    written(tmp_path, "bucc2018/de-en.dev.de", "de-1\teins\nde-2\tzwei\n")
    written(tmp_path, "bucc2018/de-en.dev.en", "en-1\tone\n")
    source = written(tmp_path, "bucc2018/de-en.dev.gold", "de-1\ten-1\n")
    dataset = load("bucc", "de", "dev", source)
    assert isinstance(dataset.pool, Bitext)
    assert dataset.pool.gold == {("de-1", "en-1")}
    assert len(dataset) == 2
    with pytest.raises(InputError, match="unknown sentence 'en-9'"):
        load("bucc", "de", "dev", written(tmp_path, "bucc2018/de-en.dev.gold", "de-1\ten-9\n"))


def test_answers_are_ranked_among_the_sentences_of_all_languages(tmp_path: Path) -> None:
    for code in ("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"):
        paragraph = {"context": f"{code} eins. zwei 1920.", "sentence_breaks": [[0, 8], [9, 19]], "qas": [
            {"id": "q", "question": f"{code}?", "answers": [{"text": "1920", "answer_start": 14}]}]}  # fmt: skip
        source = written(tmp_path, f"lareqa/xquad-r/{code}.json", json.dumps({"data": [{"paragraphs": [paragraph]}]}))
    dataset = load("lareqa", "de", "test", source)
    assert isinstance(dataset.pool, Ranking)
    assert dataset.pool.queries == (SentenceExample("q", "de?"),)
    assert len(dataset.pool.candidates) == 22
    assert {candidate for _, candidate in dataset.pool.gold} == {
        c.id for c in dataset.pool.candidates if c.text == "zwei 1920."
    }
    (tmp_path / "lareqa/xquad-r/zh.json").unlink()
    assert "is not here" in missing("lareqa", "de", "test", source)


def test_running_text_is_one_text_per_line(tmp_path: Path) -> None:
    source = written(tmp_path, "text/fi.txt", "Eka lause.\n\nToka lause.\n")
    assert load("running-text", "fi", "train", source).examples == (
        SentenceExample("0", "Eka lause."),
        SentenceExample("1", "Toka lause."),
    )


def test_folds_split_a_file_by_premise(tmp_path: Path) -> None:
    rows = [
        {"sentence1": f"p{i // 3}", "sentence2": f"h{i}", "label": "neutral", "sentence_pair_id": i} for i in range(300)
    ]
    source = written(tmp_path, "jglue/jnli-v1.3/valid-v1.3.json", "\n".join(map(json.dumps, rows)) + "\n")
    train, dev = (load("jnli", "ja", split, source) for split in ("train", "dev"))
    assert len(train) + len(dev) == 300
    assert {fold(e) for e in train.examples} == set(range(8))
    assert not {e.first for e in train.examples} & {e.first for e in dev.examples}
    assert train.origin.endswith("(folds 0, 1, 2, 3, 4, 5, 6, 7 of 10)")


def test_a_smaller_subsample_is_part_of_a_larger_one(tmp_path: Path) -> None:
    rows = "".join(f"p{i}\th{i}\tneutral\n" for i in range(100))
    source = written(tmp_path, "xnli/dev-en.tsv", rows)
    small, large = (load("xnli", "en", "dev", source, examples=n, seed=4) for n in (10, 50))
    assert small.examples == large.examples[:10]
    assert small.examples != load("xnli", "en", "dev", source, examples=10, seed=5).examples
    with pytest.raises(UsageError, match="there are 100"):
        load("xnli", "en", "dev", source, examples=101)


def test_the_hash_is_of_the_content_not_of_the_place(tmp_path: Path) -> None:
    text = "a\tb\tneutral\n"
    here = load("xnli", "en", "dev", written(tmp_path / "x", "xnli/dev-en.tsv", text))
    there = load("xnli", "en", "dev", written(tmp_path / "y", "xtreme-xnli/dev-en.tsv", text))
    other = load("xnli", "en", "dev", written(tmp_path / "z", "xnli/dev-en.tsv", "a\tb\tentailment\n"))
    assert here.sha256 == there.sha256 != other.sha256


def test_an_unknown_task_or_language_is_answered_with_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'xnli'"):
        load("xnly", "en", "dev", FolderSource(tmp_path))
    with pytest.raises(InputError, match="unknown language"):
        missing("xnli", "xx", "dev", FolderSource(tmp_path))


def test_every_data_table_of_the_vocabulary_is_well_formed_and_states_a_licence() -> None:
    for category in ("target", "intermediate", "further_intermediate", "corpus"):
        for task, entry in vocabulary()[category].items():
            spec = specification(task)
            if spec is None or entry.facts.get("synthetic"):
                continue
            assert spec.licence, task
            assert spec.files or spec.hub or spec.parts, task
            if spec.form in {"classification", "tagging"}:
                assert len(spec.labels) >= 2 or spec.label_file, task
            for place in spec.files:
                assert len(place.against) in {0, len(place.paths)}, task


def test_a_quote_that_swallows_lines_is_told_with_the_format_that_does_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a quote that is not closed swallows lines; .* the format is tsv_plain"):
        load("xnli", "en", "dev", written(tmp_path, "xnli/dev-en.tsv", 'a\t"b\tneutral\nc\td\tneutral\n'))
