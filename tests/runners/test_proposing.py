"""A language model in a local folder as one that answers: the plumbing only.

The models are random, so what they write means nothing; shown is that the likeliest tokens are written, that
answers end where they should, and that faults are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch

from analysis.errors import MissingDataError
from runners.propose.local_model import ROOM, LocalModel, load_model

TEMPLATE = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}"


@dataclass(frozen=True)
class Said:
    """A message."""

    role: str
    content: str


CHAT: Sequence[Said] = (Said("system", "Reword."), Said("user", "Claim: BERT is best."))


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    """One token a byte, as GPT-2 writes them, and an end."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    signs = sorted(pre_tokenizers.ByteLevel.alphabet())
    inner = Tokenizer(models.BPE({sign: number for number, sign in enumerate([*signs, "<|end|>"])}, []))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="<|end|>", model_max_length=4096)


def saved(folder: Path, tokenizer: Any, positions: int = 2048) -> Path:
    """A random causal model in the layout of a hub model."""
    from transformers import GPT2Config, GPT2LMHeadModel

    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(
            vocab_size=len(tokenizer),
            n_positions=positions,
            n_embd=16,
            n_layer=1,
            n_head=1,
            initializer_range=0.5,
            bos_token_id=len(tokenizer) - 1,
            eos_token_id=len(tokenizer) - 1,
        )
        GPT2LMHeadModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def wishing(tokenizer: Any, text: str, ends: int | None = None) -> LocalModel:
    """A model that wants one text, whatever it is asked."""
    from transformers import GPT2Config, GPT2LMHeadModel
    from transformers.modeling_outputs import CausalLMOutputWithCrossAttentions

    wanted = iter(tokenizer(text, add_special_tokens=False)["input_ids"])

    class Wishing(GPT2LMHeadModel):
        def forward(self, input_ids: torch.Tensor, **_: object) -> CausalLMOutputWithCrossAttentions:
            logits = torch.zeros(1, input_ids.shape[1], len(tokenizer))
            logits[0, -1, next(wanted, 0)] = 9.0
            return CausalLMOutputWithCrossAttentions(logits=logits)

    size = len(tokenizer)
    config = GPT2Config(vocab_size=size, n_embd=4, n_layer=1, n_head=1, bos_token_id=size - 1, eos_token_id=size - 1)
    model = Wishing(config)
    model.generation_config.eos_token_id = ends
    return LocalModel("a wish", model, tokenizer, 4096)


def test_a_random_model_of_a_folder_answers_always_the_same_and_is_named_by_its_weights(
    tmp_path: Path, tokenizer: Any
) -> None:
    model = load_model(saved(tmp_path / "tiny", tokenizer))
    assert model.name.startswith("tiny (sha256:")
    assert model.answer(CHAT) == model.answer(CHAT)
    same = load_model(tmp_path / "tiny")
    assert (same.name, same.answer(CHAT)) == (model.name, model.answer(CHAT))


def test_the_likeliest_text_is_written_up_to_the_token_that_ends_it(tokenizer: Any) -> None:
    assert wishing(tokenizer, "模型 beats BERT.<|end|>and more").answer(CHAT) == "模型 beats BERT."
    stop = tokenizer("!", add_special_tokens=False)["input_ids"][0]
    assert wishing(tokenizer, "A beats B! and more", ends=stop).answer(CHAT) == "A beats B"


def test_a_model_without_a_template_answers_in_one_line_after_the_plain_chat(tokenizer: Any) -> None:
    model = wishing(tokenizer, " A beats B.\nuser: more")
    assert model.answer(CHAT) == "A beats B."
    assert tokenizer.decode(model._prompt(CHAT)) == "Reword.\n\nuser: Claim: BERT is best.\n\nassistant:"


def test_a_model_with_a_template_is_asked_in_it_and_may_answer_in_lines(tokenizer: Any) -> None:
    tokenizer.chat_template = TEMPLATE
    try:
        model = wishing(tokenizer, "A beats B.\nB is worst.<|end|>")
        assert model.answer(CHAT) == "A beats B.\nB is worst."
        assert tokenizer.decode(model._prompt(CHAT)) == "<system>Reword.<user>Claim: BERT is best.<assistant>"
    finally:
        tokenizer.chat_template = None


def test_an_answer_without_an_end_is_cut_off(tokenizer: Any) -> None:
    assert wishing(tokenizer, "a" * (ROOM + 5)).answer(CHAT) == "a" * ROOM


def test_a_folder_that_is_missing_or_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"no folder .*absent.*or a URL"):
        load_model(tmp_path / "absent")
    (tmp_path / "config.json").write_text('{"model_type": "bert-of-nobody"}')
    with pytest.raises(MissingDataError, match="no causal language model in"):
        load_model(tmp_path)


def test_a_table_that_the_model_cannot_read_whole_is_an_error_with_both_numbers(tmp_path: Path, tokenizer: Any) -> None:
    model = load_model(saved(tmp_path, tokenizer, positions=300))
    with pytest.raises(MissingDataError, match=r"reads 300 tokens, but this table and claim take \d+"):
        model.answer([Said("user", "BERT is the best. " * 20)])
