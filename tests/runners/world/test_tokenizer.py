"""The world's tokenizer: shared words share pieces, and the hub's library reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.world import World
from runners.world.languages import all_forms
from runners.world.tokenizer import pieces

WORLD = World(0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tokenizer")
    WORLD.save_tokenizer(path)
    return path


def test_no_word_of_any_language_is_unknown_and_each_is_root_and_suffix(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    roots = {root for forms in all_forms(0).values() for root in forms.written}
    for code in WORLD.languages:
        for text in WORLD.texts(code, 50):
            found = tokenizer.encode(text, add_special_tokens=False).tokens
            assert "<unk>" not in found
            assert {piece for piece in found if not piece.startswith("##")} <= roots


def test_a_cognate_is_one_piece_in_both_languages(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    forms = all_forms(0)
    shared = next(a for a, b in zip(forms["lab-a"].written[1:], forms["lab-b1"].written[1:], strict=True) if a == b)
    ending = forms["lab-b1"].written_suffixes["past"]
    first = tokenizer.encode(shared, add_special_tokens=False).ids
    assert tokenizer.encode(shared + ending, add_special_tokens=False).ids[:1] == first


def test_a_misspelt_word_falls_apart_into_letters_not_into_the_unknown(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert "<unk>" not in tokenizer.encode("pppppp").tokens


def test_special_pieces_stand_where_xlm_r_has_them() -> None:
    assert pieces(0)[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert len(set(pieces(0))) == len(pieces(0))
