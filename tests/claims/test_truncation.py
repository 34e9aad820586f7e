"""Claims that are cut off, found and completed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from claims.cuts import cut_prose, find_cuts
from claims.report import Claim
from claims.sentences import ends_sentence, sentence_end
from claims.truncation import complete, load_sources

SENTENCES = (
    "Training on a related task first raises the accuracy of the larger model on every language that was tested here.",
    "Retrieval gains more than any other kind of task, because its sentences are compared by their vectors alone.",
    "The smaller model loses two points on paraphrases when the order of the tasks is turned around before tuning.",
    "Languages far from English gain less than close ones, with the exception of those written in the same script.",
    "Nobody has measured whether more data for the middle step would help as much as more data for the last one.",
)
SHORT = ("Parsing does not gain.", "Tagging stays as it was before.", "Both runs used the same seeds.")


def cut(text: str, limit: int) -> str:
    return text[:limit].rstrip()


@pytest.mark.parametrize("limit", [60, 75, 80, 90, 100])
def test_claims_cut_at_one_length_are_found(limit: int) -> None:
    texts = [cut(text, limit) for text in SENTENCES] + list(SHORT)
    expected = ["in word" if len(text) == limit else "after word" for text in texts[:5]] + ["no"] * 3
    assert list(find_cuts(texts)) == expected


def test_a_claim_as_long_as_the_limit_may_end_in_half_a_word_and_a_shorter_one_does_not() -> None:
    texts = [SENTENCES[0][:70], SENTENCES[1][:70], cut(SENTENCES[2], 69), *SHORT]
    assert len(texts[2]) == 69
    assert find_cuts(texts)[:3] == ("in word", "in word", "after word")


def test_fragments_without_full_stops_are_not_cut() -> None:
    cells = (
        "40+ files",
        "5-line boilerplate",
        "Hundreds of engineers",
        "Directory creation",
        "Coverage for pattern",
    )
    assert set(find_cuts(cells)) == {"no"}


def test_bare_claims_of_all_lengths_are_not_cut() -> None:
    texts = [
        "Taxes are too high",
        "A longer claim that nobody ended with a full stop",
        "We all breathe",
        *SENTENCES,
    ]
    assert set(find_cuts(texts)) == {"no"}


def test_half_a_word_betrays_a_cut_where_the_others_end_in_full_stops() -> None:
    assert find_cuts([*SHORT, "The model was train"[:-1]])[-1] == "in word"
    assert find_cuts([*SHORT, "The gains vary with the"])[-1] == "after word"
    assert find_cuts([*SHORT, "The gains vary a lot"])[-1] == "no"


def test_an_ellipsis_betrays_a_cut() -> None:
    assert find_cuts(["The gains vary with …"]) == ("after word",)
    assert find_cuts(["The gains vary with the langua..."]) == ("in word",)
    assert find_cuts(["The gains vary with the [...]"]) == ("after word",)


def test_an_address_or_a_trade_word_at_the_end_is_no_half_word() -> None:
    assert set(find_cuts([*SHORT, "See http://example.org/chess-flash.html"])) == {"no"}
    assert set(find_cuts([*SHORT, "The last layer is a softmax"])) == {"no"}


def test_a_report_without_claims_has_no_cuts() -> None:
    assert find_cuts([]) == ()
    assert find_cuts([""]) == ("no",)


@given(st.lists(st.text(max_size=300), max_size=20))
def test_any_texts_can_be_asked(texts: list[str]) -> None:
    assert len(find_cuts(texts)) == len(texts)


@pytest.mark.parametrize(
    ("text", "cut_off"),
    [
        ("", False),
        ("It works. It does.", False),
        ("It works. It doe", True),
        ("It works (as said.)", False),
        ("e.g.", True),
    ],
)
def test_prose_that_does_not_end_in_a_full_stop_breaks_off(text: str, cut_off: bool) -> None:
    assert cut_prose(text) is cut_off


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It gains (e.g. on XNLI) a lot. Then", "It gains (e.g. on XNLI) a lot."),
        ("As Doe et al. show, SQuAD v2.0 helps. Next", "As Doe et al. show, SQuAD v2.0 helps."),
        ("See Fig. 3 and Sec. 4. Then", "See Fig. 3 and Sec. 4."),
        ("By J. Smith in 8.2 points! Then", "By J. Smith in 8.2 points!"),
        ('He said "it works." Then', 'He said "it works."'),
        ("One sentence only.", "One sentence only."),
        ("Is the answer no. 7 or no? Then", "Is the answer no. 7 or no?"),
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(text: str, first: str) -> None:
    end = sentence_end(text, 0)
    assert end is not None
    assert text[:end] == first


def test_a_text_that_breaks_off_has_no_end() -> None:
    assert sentence_end("It goes on and on", 0) is None
    assert sentence_end("It stops here\n\nA new one begins.", 0) is None
    assert not ends_sentence("It goes on …")


# ------------------------------------------------------------------------------------ completing


def claim(text: str, how: str = "in word") -> Claim:
    return replace(Claim("C01", text), cut=how)  # type: ignore[arg-type]


WHOLE = "Training on SQuAD v2.0 yields gains of 8.2, 7.5, and 7.0 points (see e.g. Doe et al. 2019) on the dev set."
PAPER = f"We start here. {WHOLE} And so on."


@pytest.mark.parametrize("length", range(30, 100))
def test_a_cut_claim_is_completed_wherever_it_was_cut(length: int) -> None:
    text = WHOLE[:length].rstrip()
    how = "in word" if len(text) == length else "after word"
    done = complete([claim(text, how)], {"paper.txt": PAPER})[0]
    assert done.text == text
    assert done.completed == WHOLE
    assert done.completed_from == "paper.txt"


def test_wrapping_hyphens_and_quotes_of_the_source_do_not_matter() -> None:
    source = (
        "It is “said” that zero-shot transfer, in-\ntermediate training and fine-\ntuning all fine-tuning help\na lot."
    )
    done = complete([claim('It is "said" that zero-shot transfer, intermediate train')], {"a": source})[0]
    assert (
        done.completed
        == 'It is "said" that zero-shot transfer, intermediate training and fine-tuning all fine-tuning help a lot.'
    )


def test_the_same_continuation_in_two_sources_is_one() -> None:
    done = complete([claim(WHOLE[:50])], {"b.txt": PAPER, "a.txt": PAPER.replace(" ", "\n")})[0]
    assert (done.completed, done.completed_from) == (WHOLE, "b.txt")


def test_two_different_continuations_complete_nothing() -> None:
    sources = {"a": "The large model gains two points.", "b": "The large model gains three points."}
    assert complete([claim("The large model gains t")], sources)[0].completed is None


def test_letters_and_capitals_must_agree() -> None:
    sources = {"a": "the large model gains two points."}
    assert complete([claim("The large model gains t")], sources)[0].completed is None


def test_a_claim_cut_behind_a_word_is_not_continued_inside_one() -> None:
    sources = {"a": "We see how the tasks change in intermediates over time."}
    assert complete([claim("We see how the tasks change in intermediate", "after word")], sources)[0].completed is None


def test_a_match_inside_a_word_is_no_match() -> None:
    assert complete([claim("form of training hel")], {"a": "This reform of training helps."})[0].completed is None


def test_a_source_that_breaks_off_itself_completes_nothing() -> None:
    assert complete([claim(WHOLE[:50])], {"a": WHOLE[:80]})[0].completed is None


def test_whole_claims_are_left_alone() -> None:
    whole = Claim("C01", WHOLE[:50])
    assert complete([whole], {"a": PAPER}) == (whole,)


def test_the_dots_of_an_ellipsis_are_replaced_by_the_rest() -> None:
    assert complete([claim(WHOLE[:50].rstrip() + "…")], {"a": PAPER})[0].completed == WHOLE


def test_sources_are_read_from_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("bene\ufffdts", encoding="utf-8")
    (tmp_path / "b.md").write_text("text", encoding="utf-8")
    (tmp_path / "c.csv").write_text("no,source", encoding="utf-8")
    sources = load_sources([tmp_path])
    assert sources == {
        (tmp_path / "b.md").as_posix(): "text",
        (tmp_path / "deep" / "a.txt").as_posix(): "benefits",
    }
    assert load_sources([tmp_path / "b.md"]) == {(tmp_path / "b.md").as_posix(): "text"}


def test_a_folder_without_sources_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no source text"):
        load_sources([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        load_sources([tmp_path / "gone.txt"])
