"""Assertions proposed by a causal language model of a local folder, held to a grammar while it writes.

At every step only tokens that keep the text the beginning of a well-formed assertion can be chosen, the
likeliest of them. The grammar comes with the vocabulary and is finite, so the model need not know
the notation, and comes to an end.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analysis.errors import MissingDataError
from runners.constrained import END, Grammar, Recogniser, TokenTree, in_bytes, token_tree, writable
from runners.token_bytes import token_bytes

if TYPE_CHECKING:
    from torch import Tensor

LEADING = "<a blank, then the start>"
LONGEST = 4096
"""Tokens where a model states no limit of its own."""
ROOM = 256
"""Tokens that an assertion may take."""


class Vocabulary(Protocol):
    """What may be said: the names of a table on either axis, and a grammar over them.

    Attributes:
        guide: the notation in words. grammar, start: see `runners.constrained`.
    """

    @property
    def caption(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def columns(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def guide(self) -> str: ...  # noqa: D102
    @property
    def grammar(self) -> Grammar: ...  # noqa: D102
    @property
    def start(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ModelReader:
    """A loaded model as a reader.

    Attributes:
        name: the folder's name and the hash of its weights.
        model, tokenizer: of transformers. tree: the tokens by their bytes.
        longest: tokens the model reads.
    """

    name: str
    model: Any
    tokenizer: Any
    tree: TokenTree
    longest: int

    def propose(self, sentence: str, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The assertion the model finds likeliest, token by token; cut off where its room ends.

        Raises:
            MissingDataError: the model's context is too short for the table, or its tokenizer cannot write assertions.
        """
        # A blank first: tokenizers mostly begin a word with the blank before it.
        rules = {**vocabulary.grammar, LEADING: ((" ", vocabulary.start),)}
        recogniser = Recogniser(in_bytes(writable(rules, self.tree.writes)), LEADING)
        if not recogniser.begin():
            raise MissingDataError(f'{self.name} cannot write assertions: its tokenizer lacks signs such as ( and "')
        prompt = self.tokenizer(prompt_of(sentence, vocabulary))["input_ids"]
        if len(prompt) + ROOM > self.longest:
            raise MissingDataError(
                f"{self.name} reads {self.longest:,} tokens, but this table and sentence take {len(prompt):,} and "
                f"an assertion up to {ROOM}; take a model that reads more, or a smaller table"
            )
        return (self._written(prompt, recogniser).encode("latin-1").decode("utf-8", errors="replace").strip(),)

    def _written(self, prompt: list[int], recogniser: Recogniser) -> str:
        import torch

        state, text, past = recogniser.begin(), "", None
        given = torch.tensor([prompt], device=self.model.device)
        with torch.inference_mode():
            for _ in range(ROOM):
                out = self.model(input_ids=given, past_key_values=past, use_cache=True)
                allowed = self.tree.allowed(recogniser, state)
                if not allowed:  # a tokenizer that cuts letters and lacks the rest: a cut-off text counts for nothing
                    break
                token = _likeliest(out.logits[0, -1], sorted(allowed))
                state, text, past = allowed[token], text + self.tree.texts[token], out.past_key_values
                if state == frozenset({END}):
                    break
                given = torch.tensor([[token]], device=self.model.device)
        return text


def _likeliest(logits: Tensor, tokens: list[int]) -> int:
    import torch

    chosen = torch.tensor(tokens, device=logits.device)
    return tokens[int(logits[chosen].argmax())]


def prompt_of(sentence: str, vocabulary: Vocabulary) -> str:
    """What the model reads before it writes."""
    caption = [f"Table: {vocabulary.caption}"] if vocabulary.caption else []
    lines = [
        vocabulary.guide.rstrip(),
        "",
        *caption,
        f"Rows: {_quoted(vocabulary.rows)}",
        f"Columns: {_quoted(vocabulary.columns)}",
        f"Sentence: {' '.join(sentence.split())}",
        "Assertion:",
    ]
    return "\n".join(lines)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def load_reader(folder: Path) -> ModelReader:
    """A causal language model and its tokenizer, out of a folder; nothing is downloaded.

    Raises:
        MissingDataError: the folder is not there, or holds no such model.
    """
    if not folder.is_dir():
        raise MissingDataError(f"no folder {str(folder)!r}; a reader is a local folder of a causal language model")
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    if not sys.stderr.isatty():
        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model: Any = transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype="auto")
    except (OSError, ValueError, ImportError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MissingDataError(f"no causal language model in {str(folder)!r} ({said})") from error
    model = model.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    limits = (getattr(model.config, "max_position_embeddings", None), tokenizer.model_max_length)
    longest = min((limit for limit in limits if limit), default=LONGEST)
    name = f"{folder.resolve().name} ({_weights_hash(folder)})"
    return ModelReader(name, model, tokenizer, token_tree(token_bytes(tokenizer)), longest)


def _weights_hash(folder: Path) -> str:
    """The first letters of the SHA-256 of the weights, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.safetensors"), *folder.glob("*.bin")]):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return f"sha256:{digest.hexdigest()[:12]}"
