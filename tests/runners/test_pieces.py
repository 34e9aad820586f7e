"""Where special pieces go, read off the tokenizer; what is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as Backend
from tokenizers import models, pre_tokenizers, processors

from analysis.errors import InputError
from runners.model.subwords import load_tokenizer, shares, tokenizer_of

WORDS = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3, "a": 4, "b": 5, "c": 6, "\n": 7, "<end>": 8}


def backend(template: bool = False) -> Backend:
    found = Backend(models.WordLevel(WORDS, unk_token="[UNK]"))
    found.pre_tokenizer = pre_tokenizers.Split(" ", "removed")
    if template:
        found.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    return found


def test_single_texts_and_pairs_are_put_together_as_transformers_does(tokenizer_folder) -> None:
    from transformers import PreTrainedTokenizerFast

    ours = load_tokenizer(str(tokenizer_folder))
    theirs = PreTrainedTokenizerFast.from_pretrained(tokenizer_folder)
    first, second = ours.encode(["red garden", "walking quietly"])
    assert ours.single(first, 64) == theirs("red garden")["input_ids"]
    assert ours.pair(first, second, 64)[0] == theirs("red garden", "walking quietly")["input_ids"]
    assert (ours.pad, ours.mask, ours.unknown) == (theirs.pad_token_id, theirs.mask_token_id, theirs.unk_token_id)


def test_the_second_text_is_marked_where_the_model_tells_texts_apart(tokenizer_folder) -> None:
    assert tokenizer_of(backend(template=True), {"pad_token": "[PAD]"}, "bert").segments
    assert not load_tokenizer(str(tokenizer_folder)).segments


def test_a_decoders_texts_end_with_the_end_of_text_and_a_line_ends_the_first() -> None:
    found = tokenizer_of(backend(), {"eos_token": "<end>"}, "decoder")
    assert found.pair([4], [5, 6], 10) == ([4, 7, 5, 6, 8], 2)
    assert found.single([4], 10) == [4, 8]
    assert found.pad == 8


def test_a_tokenizer_without_anything_to_pad_with_says_so() -> None:
    with pytest.raises(InputError, match="name one to pad with"):
        tokenizer_of(backend(template=True), {}, "somewhere")


def test_a_tokenizer_whose_settings_are_damaged_says_so(tmp_path, tokenizer_folder) -> None:
    (tmp_path / "tokenizer.json").write_bytes((tokenizer_folder / "tokenizer.json").read_bytes())
    (tmp_path / "tokenizer_config.json").write_text("{")
    with pytest.raises(InputError, match=r"tokenizer_config\.json: is not JSON"):
        load_tokenizer(str(tmp_path))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(2, 40))
def test_two_texts_fill_the_room_and_the_longer_one_is_cut_first(first, second, room) -> None:
    kept = shares(first, second, room)
    assert sum(kept) == min(first + second, room)
    cut = [n - k for n, k in zip((first, second), kept, strict=True)]
    assert min(cut) >= 0
    shorter = min(first, second)
    assert min(cut) == 0 or min(kept) >= min(shorter, room // 2)


def test_a_pair_that_is_too_long_keeps_its_special_pieces() -> None:
    found = tokenizer_of(backend(template=True), {"pad_token": "[PAD]"}, "bert")
    assert found.pair([4] * 9, [5] * 2, 8) == ([1, 4, 4, 4, 2, 5, 5, 2], 5)
