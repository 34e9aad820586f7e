"""Lost ligatures and dashes, words broken at line ends."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.ligatures import LIGATURES, damaged_forms
from claims.repair import UNKNOWN, repair, unwrap
from claims.words import Words, word_list

LOST = "\ufffd"


def mended(text: str) -> str:
    return repair(text).text


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("cost-e\ufffdectiveness", "cost-effectiveness"),
        ("bene\ufffdts", "benefits"),
        ("\ufffdne-tuning", "fine-tuning"),
        ("di\ufffderent", "different"),
        ("Con\ufffddence", "Confidence"),
        ("re\ufffdect", "reflect"),
        ("e\ufffdcient", "efficient"),
        ("ba\ufffdes", "baffles"),
        ("\ufffdow", "flow"),
        ("o\ufffd", "off"),
        ("classi\ufffder", "classifier"),
        ("una\ufffdected", "unaffected"),
        ("su\ufffdciently di\ufffdcult", "sufficiently difficult"),
    ],
)
def test_a_lost_ligature_is_told_by_the_word_it_leaves(damaged: str, whole: str) -> None:
    assert mended(f"The {damaged} here.") == f"The {whole} here."


def test_a_dash_is_told_by_the_words_on_both_sides() -> None:
    assert mended("the target task\ufffdoften improves") == "the target task—often improves"
    assert mended("training\ufffd\ufffdne-tuning a model") == "training—fine-tuning a model"
    assert mended("the model \ufffd a small one \ufffd wins") == "the model — a small one — wins"
    assert mended("pages 8\ufffd10") == "pages 8–10"
    assert mended("the task\ufffdXQuAD\ufffdis hard") == "the task—XQuAD—is hard"


def test_the_documents_own_words_come_before_the_word_list() -> None:
    assert mended("a \ufffdat") == "a flat"
    assert mended("a fiat, one more fiat, a \ufffdat") == "a fiat, one more fiat, a fiat"
    assert mended("Zofflin beats the rest, as zo\ufffdin must") == "Zofflin beats the rest, as zofflin must"


def test_an_apostrophe_is_told_by_what_stands_behind_it() -> None:
    assert mended("the model\ufffds score; they don\ufffdt") == "the model’s score; they don’t"


@pytest.mark.parametrize("sign", ["\ufffd", "\0", "\uf001", "\x02", "\ue05f", "\ufb01"])
def test_every_sign_that_stands_for_a_lost_ligature_is_mended(sign: str) -> None:
    assert mended(f"no bene{sign}ts at all") == "no benefits at all"


def test_unicodes_own_ligatures_are_spelled_out() -> None:
    assert (
        mended("e\ufb00ect, o\ufb03ce, ru\ufb04e, \ufb01t, \ufb02y, \ufb06op")
        == "effect, office, ruffle, fit, fly, stop"
    )


def test_a_font_code_is_overruled_by_words_and_decides_where_they_do_not() -> None:
    assert mended("an e\uf001ect") == "an effect"
    assert mended("the Qx\uf001zk test") == "the Qxfizk test"


def test_rarer_ligatures_of_office_fonts_are_mended_too() -> None:
    assert mended("the a\ufffdack a\ufffder extrac\ufffdon") == "the attack after extraction"


def test_what_nothing_decides_stays_visible_and_is_recorded() -> None:
    repaired = repair("first line\nthe x\ufffdqz and ka\ufffdr")
    assert repaired.text == f"first line\nthe x{UNKNOWN}qz and ka{UNKNOWN}r"
    assert [(r.before, r.after, r.line) for r in repaired.repairs] == [
        ("x\ufffdqz", "x[?]qz", 2),
        ("ka\ufffdr", "ka[?]r", 2),
    ]


def test_a_lost_sign_alone_is_a_bullet_a_dash_or_unknown() -> None:
    assert mended("\ufffd first point\n  \ufffd second point") == "• first point\n  • second point"
    assert mended("claim\t\ufffd\t0.18") == f"claim\t{UNKNOWN}\t0.18"


def test_a_check_mark_of_a_symbol_font_is_left_alone() -> None:
    assert repair("claim\t\uf0fc\t0.18").repairs == ()


def test_a_word_broken_at_a_line_end_is_mended_as_one() -> None:
    assert mended("with much con-\n\ufffddence in") == "with much con-\nfidence in"
    assert mended("of the bene\ufffd-\nciaries") == "of the benefi-\nciaries"


def test_half_a_word_at_the_end_of_a_cut_line_is_mended_by_how_it_begins() -> None:
    assert mended("it shows benefits\nno clear bene\ufffd") == "it shows benefits\nno clear benefi"


def test_every_repair_tells_its_line() -> None:
    repairs = repair("a\nb bene\ufffdts\n\nc e\ufffdect\n").repairs
    assert [(r.before, r.after, r.line) for r in repairs] == [
        ("bene\ufffdts", "benefits", 2),
        ("e\ufffdect", "effect", 4),
    ]


def test_a_text_without_damage_is_returned_as_it_is() -> None:
    text = "Nothing is wrong — “here”, naïve as it is. ✓"
    assert repair(text).text is text


UNAMBIGUOUS = sorted(
    word
    for word, n in word_list().items()
    if n > 300 and len(word) > 3 and any(ligature in word for ligature in LIGATURES) and word.isalpha()
)


@given(st.lists(st.sampled_from(UNAMBIGUOUS), min_size=1, max_size=8, unique=True), st.data())
def test_losing_the_ligatures_of_a_text_and_mending_it_restores_it(words: list[str], data: st.DataObject) -> None:
    undamaged = "We also wrote of " + ", ".join(words) + " before.\n"
    broken = [data.draw(st.sampled_from([form for form, _ in damaged_forms(word, LIGATURES)])) for word in words]
    damaged = "Here we write of " + ", ".join(broken).replace("\0", LOST) + "."
    assert mended(undamaged + damaged) == undamaged + "Here we write of " + ", ".join(words) + "."


@example("\uf001\0")
@given(st.text(st.sampled_from(string.ascii_letters + " .,-–’'\n\t0123456789\ufffd\0\ufb01\uf001"), max_size=200))
def test_no_lost_sign_survives(text: str) -> None:
    repaired = repair(text)
    assert not set(repaired.text) & {"\ufffd", "\0", "\ufb01"}
    assert bool(repaired.repairs) >= ("\ufffd" in text)
    assert repaired.text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("it out-\nperforms", "it outperforms"),
        ("an In-\ntermediate step", "an Intermediate step"),
        ("the Zero-\nShot setting", "the Zero-Shot setting"),
        ("the XLM-\nR model", "the XLM-R model"),
        ("the com-\nputational cost", "the computational cost"),
        ("a well-\nknown fact", "a well-known fact"),
        ("a pre-\ntrained model", "a pretrained model"),
        ("state-of-the-\nart results", "state-of-the-art results"),
        ("soft\u00ad\nened", "softened"),
        ("a pause —\nand on", "a pause — and on"),
        ("a pause—\nand on", "a pause—and on"),
        ("10-\n20 points", "10-20 points"),
        ("one\n\n  two  ", "one two"),
    ],
)
def test_lines_are_joined_as_their_words_demand(wrapped: str, whole: str) -> None:
    assert unwrap(wrapped, Words(wrapped)) == whole


def test_the_document_decides_between_hyphen_and_none() -> None:
    hyphenated = "an intermediate-task step; intermediate-\ntask training"
    assert unwrap(hyphenated, Words(hyphenated)) == "an intermediate-task step; intermediate-task training"
    joined = "the finetuning; fine-\ntuning"
    assert unwrap(joined, Words(joined)) == "the finetuning; finetuning"


@given(
    st.lists(
        st.sampled_from(["transfer", "intermediate", "zero-shot", "gains", "of", "models", "—", "8.2"]),
        min_size=1,
    )
)
def test_wrapping_a_text_anywhere_and_unwrapping_it_restores_it(words: list[str]) -> None:
    whole = " ".join(words)
    reference = Words(f"{whole} zero-shot")
    assert unwrap(whole.replace(" ", "\n"), reference) == whole
    assert unwrap(whole.replace("zero-shot", "zero-\nshot"), reference) == whole
