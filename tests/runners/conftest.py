"""A tokenizer, tiny models and toy tasks that a random encoder learns in a few steps."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from runners.examples import Choice, Classified, Dataset, QAExample, SentenceExample, Tagged
from runners.recipe import ModelSpec, Recipe

COLOURS = ["red", "crimson", "scarlet", "blue", "azure", "navy"]
FILLERS = ["stone", "river", "garden", "window", "bridge", "walking", "quietly", "letters", "evening", "mountain"]
CORPUS = [*COLOURS, *FILLERS, "where is it ?", "walking letters", "a b c d e f"]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


@pytest.fixture(scope="session")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer trained by the tokenizers library, with XLM-R's special pieces and pairs."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.BpeTrainer(vocab_size=90, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "pad": "<pad>", "unk": "<unk>", "mask": "<mask>"}
    roles = ", ".join(f'"{role}_token": "{piece}"' for role, piece in names.items())
    (folder / "tokenizer_config.json").write_text(f'{{"tokenizer_class": "PreTrainedTokenizerFast", {roles}}}')
    return folder


@pytest.fixture
def spec(tokenizer_folder: Path) -> ModelSpec:
    """A random encoder of two layers."""
    config = {"layers": 2, "width": 32, "heads": 2, "mlp_width": 64, "positions": 66, "dropout": 0.0}
    return ModelSpec("tiny", "random", tokenizer=str(tokenizer_folder), config=config)


@pytest.fixture
def recipe() -> Recipe:
    """Enough for the toy tasks."""
    return Recipe(learning_rate=1e-2, batch_size=16, steps=30, max_length=40, doc_stride=8, checkpoint_every=1e9)


@pytest.fixture
def toy() -> Callable[..., Dataset]:
    """`toy(form, n, split)`: a task of that form whose answer is written in the text."""
    return toy_dataset


def toy_dataset(form: str, n: int = 128, split: str = "train") -> Dataset:
    draw = random.Random(f"{form}{split}{n}")
    makers = {"classification": _classified, "tagging": _tagged, "span": _asked, "choice": _choice, "text": _sentence}
    labels = {"classification": ("blue", "red"), "tagging": ("COLOUR", "OTHER")}.get(form, ())
    examples = tuple(makers[form](draw, f"{split}-{i}") for i in range(n))
    return Dataset(f"toy-{form}", form, "en", split, examples, labels, sha256=f"{form}/{split}/{n}")  # type: ignore[arg-type]


def _words(draw: random.Random, least: int = 2, most: int = 6) -> list[str]:
    return draw.choices(FILLERS, k=draw.randint(least, most))


def _classified(draw: random.Random, name: str) -> Classified:
    label = draw.choice(["red", "blue"])
    colours = COLOURS[:3] if label == "red" else COLOURS[3:]
    return Classified(name, " ".join(draw.choices(colours, k=draw.randint(2, 5))), " ".join(_words(draw, 1, 2)), label)


def _tagged(draw: random.Random, name: str) -> Tagged:
    words = [draw.choice([*COLOURS, *FILLERS]) for _ in range(draw.randint(2, 7))]
    return Tagged(name, tuple(words), tuple("COLOUR" if word in COLOURS else "OTHER" for word in words))


def _asked(draw: random.Random, name: str) -> QAExample:
    before, colour = " ".join(_words(draw, 1, 4)), draw.choice(COLOURS)
    context = f"{before} {colour} {' '.join(_words(draw, 1, 4))}"
    return QAExample(name, "where is it ?", context, ((colour, len(before) + 1),))


def _choice(draw: random.Random, name: str) -> Choice:
    options = [" ".join(_words(draw, 1, 3)) for _ in range(3)]
    label = draw.randrange(3)
    options[label] += f" {draw.choice(COLOURS)}"
    return Choice(name, " ".join(_words(draw)), "where is it ?", tuple(options), label)


def _sentence(draw: random.Random, name: str) -> SentenceExample:
    colour = draw.choice(COLOURS)
    return SentenceExample(name, " ".join([colour] * draw.randint(4, 7)))
