"""A language model as a reader: the plumbing only.

The models are random, so what they write means nothing; shown is that whatever a model wants, its
text stays within the grammar, with tokenizers of several kinds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from analysis.errors import MissingDataError
from runners.constrained import END, Recogniser, token_tree, writable
from runners.proposing import ModelReader, load_reader, prompt_of
from runners.token_bytes import token_bytes

NAMES = ("BERT", "AME w/o psg", "Ünïcode", "模型")
GRAMMAR = {
    "<start>": (("(nothing)",), ("<best>",), ("(not ", "<best>", ")"), ("(not (not ", "<best>", "))")),
    "<best>": (("(best ", "<list>", "<share>", ")"),),
    "<list>": (('"', "<names>"),),
    "<names>": tuple((f'{name}"',) for name in NAMES),
    "<share>": ((), (" :share ", "<number>"), (" :mean",)),
    "<number>": (("<digit>",), ("<digit>", "<digit>"), ("<digit>", "", ".5")),
    "<digit>": tuple((digit,) for digit in "0123456789"),
}
TEXTS = [*(f'(best "{name}" :share 4)' for name in NAMES), '(not (not (best "BERT")))', "(nothing)", "the best of all"]


@dataclass(frozen=True)
class Words:
    """A vocabulary over NAMES."""

    caption: str = "Scores"
    rows: tuple[str, ...] = NAMES
    columns: tuple[str, ...] = ()
    guide: str = "Say it."
    grammar: Any = None
    start: str = "<start>"


VOCABULARY = Words(grammar=GRAMMAR)
RECOGNISER = Recogniser(GRAMMAR, "<start>")


# ------------------------------------------------------------------------------- recogniser


def sampled(draw: random.Random, symbol: str = "<start>") -> str:
    alternatives = GRAMMAR.get(symbol)
    return symbol if alternatives is None else "".join(sampled(draw, s) for s in draw.choice(alternatives))


def test_every_sentence_of_a_grammar_is_followed_to_its_end_and_nothing_else_is() -> None:
    draw = random.Random(1)
    for _ in range(200):
        text = sampled(draw)
        assert RECOGNISER.after(RECOGNISER.begin(), text) == {END}
        at = draw.randrange(len(text))
        assert RECOGNISER.after(RECOGNISER.begin(), text[:at]) not in (frozenset(), frozenset({END}))
        assert not RECOGNISER.after(RECOGNISER.begin(), text[:at] + "§" + text[at + 1 :])
        assert not RECOGNISER.after(RECOGNISER.begin(), text + " ")


def test_wherever_a_letter_is_offered_a_text_goes_on() -> None:
    draw, state = random.Random(2), RECOGNISER.begin()
    for _ in range(300):
        letters = RECOGNISER.letters(state)
        state = RECOGNISER.after(state, draw.choice(sorted(letters))) if letters else RECOGNISER.begin()
        assert state


def test_a_token_is_allowed_exactly_where_its_text_keeps_to_the_grammar() -> None:
    draw = random.Random(3)
    pieces = {sampled(draw)[(start := draw.randrange(8)) : start + draw.randint(1, 9)] for _ in range(300)} | {"§", "x"}
    tree = token_tree(dict(enumerate(sorted(pieces))))
    for prefix in ("", "(", "(best ", '(best "BERT"', "(not (no", "(nothing"):
        state = RECOGNISER.after(RECOGNISER.begin(), prefix)
        fitting = {token for token, text in tree.texts.items() if RECOGNISER.after(state, text)}
        assert tree.allowed(RECOGNISER, state).keys() == fitting
        assert fitting or prefix == "(nothing"


def test_what_a_tokenizer_cannot_write_is_left_out_of_the_grammar() -> None:
    kept = writable(GRAMMAR, lambda letter: letter != "模")
    assert kept["<names>"] == [(f'{name}"',) for name in NAMES[:3]]
    assert kept["<start>"] == list(GRAMMAR["<start>"])
    assert writable(GRAMMAR, lambda letter: letter != '"')["<start>"] == [("(nothing)",)]
    assert writable(GRAMMAR, lambda letter: letter != "(")["<start>"] == []
    whole = token_tree({0: "型".encode().decode("latin-1"), 1: "a"})
    assert [whole.writes(letter) for letter in "型模ab"] == [True, False, True, False]
    assert token_tree({byte: chr(byte) for byte in range(256)}).writes("模")


# ----------------------------------------------------------------------------------- models


def byte_level() -> Any:
    """As GPT-2's: a letter beyond ASCII is several tokens unless it is common."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=340, initial_alphabet=alphabet, special_tokens=["<|end|>"], show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS * 3, trainer)
    return tokenizer


def blank_marked() -> Any:
    """As Llama's: ▁ for a blank, and the first one is put before every text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="<|end|>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=150,
        initial_alphabet=[*"0123456789.\n:"],
        special_tokens=["<|end|>"],
        show_progress=False,
    )
    tokenizer.train_from_iterator([*TEXTS, " ".join("".join(TEXTS))], trainer)
    return tokenizer


TOKENIZERS = {"byte-level": byte_level, "blank-marked": blank_marked}


@pytest.fixture(scope="module", params=sorted(TOKENIZERS))
def tokenizer(request: pytest.FixtureRequest) -> Any:
    return _plain(TOKENIZERS[request.param]())


def _plain(tokenizer: Any) -> Any:
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|end|>", unk_token="<|end|>", model_max_length=4096
    )


def saved(folder: Path, tokenizer: Any, family: str, seed: int, positions: int = 2048) -> Path:
    """A random causal model in the layout of a hub model."""
    from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

    size = len(tokenizer)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if family == "gpt2":
            model: Any = GPT2LMHeadModel(
                GPT2Config(
                    vocab_size=size, n_positions=positions, n_embd=32, n_layer=2, n_head=2, initializer_range=0.5
                )
            )
        else:
            model = LlamaForCausalLM(
                LlamaConfig(
                    vocab_size=size, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2,
                    max_position_embeddings=positions, initializer_range=0.5,
                )
            )  # fmt: skip
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("family", ["gpt2", "llama"])
def test_what_a_random_model_proposes_is_a_sentence_of_the_grammar_and_always_the_same(
    tmp_path: Path, tokenizer: Any, family: str
) -> None:
    for seed in range(3):
        reader = load_reader(saved(tmp_path / f"tiny-{seed}", tokenizer, family, seed))
        assert reader.name.startswith(f"tiny-{seed} (sha256:")
        (text,) = reader.propose("BERT is the best.", VOCABULARY)
        assert RECOGNISER.after(RECOGNISER.begin(), text) == {END}
        assert reader.propose("BERT is the best.", VOCABULARY) == (text,)


class Wishing:
    """A model that wants one text, whatever the prompt is."""

    device = "cpu"

    def __init__(self, wanted: list[int], size: int) -> None:
        self.wanted, self.size = iter(wanted), size

    def __call__(self, input_ids: torch.Tensor, past_key_values: object, use_cache: bool) -> SimpleNamespace:
        logits = torch.zeros(1, input_ids.shape[1], self.size)
        logits[0, -1, next(self.wanted, 0)] = 9.0
        return SimpleNamespace(logits=logits, past_key_values=())


def wishing(tokenizer: Any, text: str) -> ModelReader:
    wanted = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ModelReader("a wish", Wishing(wanted, len(tokenizer)), tokenizer, token_tree(token_bytes(tokenizer)), 4096)


@pytest.mark.parametrize("text", TEXTS[:6])
def test_a_model_that_wants_a_sentence_of_the_grammar_writes_it(tokenizer: Any, text: str) -> None:
    assert wishing(tokenizer, " " + text).propose("Any.", VOCABULARY) == (text,)


def test_a_model_that_wants_something_else_is_held_to_the_grammar(tokenizer: Any) -> None:
    for wish in (" the best of all", " (best BERT)", ' (best "GPT")', "<|end|>", " (nothing) the best"):
        (text,) = wishing(tokenizer, wish).propose("Any.", VOCABULARY)
        assert RECOGNISER.after(RECOGNISER.begin(), text) == {END}
    assert (text,) == ("(nothing)",)


def test_the_bytes_of_tokens_are_those_of_the_text_they_are_cut_from(tokenizer: Any) -> None:
    added = token_bytes(tokenizer)
    assert tokenizer.eos_token_id not in added
    for text in TEXTS:
        tokens = tokenizer("(" + text, add_special_tokens=False)["input_ids"]
        written = "".join(added[token] for token in tokens).encode("latin-1").decode()
        assert written.strip() == "(" + text


def test_a_letter_that_is_several_tokens_is_put_together() -> None:
    reader = wishing(_plain(byte_level()), ' (best "模型")')
    assert len(reader.tokenizer("模", add_special_tokens=False)["input_ids"]) == 3
    assert reader.propose("Any.", VOCABULARY) == ('(best "模型")',)


# ----------------------------------------------------------------------------------- faults


def test_the_prompt_holds_guide_caption_names_and_sentence() -> None:
    prompt = prompt_of("BERT  is\nbest.", VOCABULARY)
    assert prompt.startswith('Say it.\n\nTable: Scores\nRows: "BERT", "AME w/o psg"')
    assert prompt.endswith("Sentence: BERT is best.\nAssertion:")


def test_a_folder_that_is_missing_or_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"no folder .*absent"):
        load_reader(tmp_path / "absent")
    (tmp_path / "config.json").write_text('{"model_type": "bert-of-nobody"}')
    with pytest.raises(MissingDataError, match="no causal language model in"):
        load_reader(tmp_path)


def test_a_table_that_the_model_cannot_read_whole_is_an_error_with_both_numbers(tmp_path: Path) -> None:
    tokenizer = _plain(byte_level())
    reader = load_reader(saved(tmp_path, tokenizer, "gpt2", 0, positions=300))
    with pytest.raises(MissingDataError, match=r"reads 300 tokens, but this table and sentence take \d+"):
        reader.propose("BERT is the best. " * 20, VOCABULARY)


def test_a_tokenizer_without_parentheses_is_an_error() -> None:
    reader = wishing(_plain(byte_level()), "x")
    bare = ModelReader(reader.name, reader.model, reader.tokenizer, token_tree({0: " ", 1: "a"}), reader.longest)
    with pytest.raises(MissingDataError, match="cannot write assertions"):
        bare.propose("Any.", VOCABULARY)
