"""Translation models: the plumbing of the `hub` engine.

The model is trained here on ten words; it shows that batches, limits and names hold, not that
anything translates.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import MissingDataError

WORDS = ("ja", "nein", "haus", "hund", "rot", "blau", "gut", "tag", "wein", "brot")


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny Marian model trained to turn ten words into capitals, in the layout of a hub model."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from tokenizers.processors import TemplateProcessing
    from transformers import MarianConfig, MarianMTModel, PreTrainedTokenizerFast

    pieces = ["<pad>", "</s>", "<unk>", *WORDS, *(word.upper() for word in WORDS)]
    number = {piece: i for i, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordLevel(number, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=16
    )
    config = MarianConfig(
        vocab_size=len(pieces), d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=32, dropout=0.0,
        pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, forced_eos_token_id=1, init_std=0.2,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = MarianMTModel(config)
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
        given = torch.tensor([[number[word], 1] for word in WORDS])
        wanted = torch.tensor([[number[word.upper()], 1] for word in WORDS])
        for _ in range(80):
            model(input_ids=given, labels=wanted).loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    folder = tmp_path_factory.mktemp("model")
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def test_a_model_of_a_folder_translates_sentences_in_batches_and_is_named_by_its_weights(small_model: Path) -> None:
    from runners.translate.seq2seq import load_model

    steps: list[tuple[int, int]] = []
    found = load_model(str(small_model), source="de", target="es", batch=4, progress=lambda *step: steps.append(step))
    assert found.longest == 16
    assert found([*WORDS, "haus\nhund", " "]) == [*(word.upper() for word in WORDS), "HAUS\nHUND", " "]
    assert steps == [(4, 10), (8, 10), (10, 10)]
    assert found.identity.engine == "hub"
    assert found.identity.revision.startswith("sha256:")
    assert found.identity.software.startswith("transformers ")


def test_what_is_too_long_for_a_model_or_comes_to_no_end_has_no_translation(small_model: Path) -> None:
    from runners.translate.seq2seq import load_model

    found = load_model(str(small_model), source="de", target="es")
    assert found(["haus " * 16, "haus"]) == [None, "HAUS"]
    found.model.final_logits_bias[0, 1] = -1e4  # the end of a sentence is never chosen, only forced at the last place
    assert found(["haus"]) == [None]


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    from runners.translate.seq2seq import load_model

    with pytest.raises(MissingDataError, match="no translation model"):
        load_model(str(tmp_path), source="de", target="es")


@pytest.mark.parametrize(
    ("known", "form", "language", "code"),
    [
        ({"eng_Latn", "spa_Latn"}, "{}", "es", "spa_Latn"),
        ({"en_XX", "es_XX"}, "{}", "es", "es_XX"),
        ({"__en__", "__es__"}, "__{}__", "es", "es"),
        ({">>spa<<", ">>por<<"}, ">>{}<<", "es", "spa"),
        ({"eng_Latn", "arb_Arab"}, "{}", "ar", "arb_Arab"),
    ],
)
def test_a_language_is_found_under_the_name_that_a_model_gives_it(
    known: set[str], form: str, language: str, code: str
) -> None:
    from runners.translate.seq2seq import _code

    assert _code(language, None, known, form, "model") == code


def test_a_language_that_a_model_does_not_know_asks_for_its_name() -> None:
    from runners.translate.seq2seq import _code

    with pytest.raises(MissingDataError, match="has no code for es; name its codes with --pair"):
        _code("es", None, {"eng_Latn"}, "{}", "model")
    with pytest.raises(MissingDataError, match="has no code for spa_Cyrl"):
        _code("es", "spa_Cyrl", {"spa_Latn"}, "{}", "model")
