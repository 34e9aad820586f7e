"""Answers of a causal language model in a local folder; nothing is downloaded and nothing is sampled."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analysis.errors import MissingDataError

if TYPE_CHECKING:
    from torch import Tensor

LONGEST = 4096
"""Tokens where a model states no limit of its own."""
ROOM = 256
"""Tokens that an answer may take."""


class ChatMessage(Protocol):
    """One message of a chat: who speaks ("system", "user" or "assistant"), and the text."""

    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def content(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A loaded model that answers chats.

    Attributes:
        name: the folder's name and the hash of its weights.
        model, tokenizer: of transformers. longest: tokens the model reads.
    """

    name: str
    model: Any
    tokenizer: Any
    longest: int

    def answer(self, messages: Sequence[ChatMessage]) -> str:
        """The likeliest answer to a chat, token by token; cut off where its room ends.

        Raises:
            MissingDataError: the model's context is too short for the chat.
        """
        prompt = self._prompt(messages)
        if len(prompt) + ROOM > self.longest:
            raise MissingDataError(
                f"{self.name} reads {self.longest:,} tokens, but this table and claim take {len(prompt):,} and an "
                f"answer up to {ROOM}; take a model that reads more, or a smaller table"
            )
        return self._written(prompt)

    def _prompt(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The chat in the model's own template; plain text with one line an answer where it has none."""
        if getattr(self.tokenizer, "chat_template", None):
            chat = [{"role": m.role, "content": m.content} for m in messages]
            text = self.tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
            return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])
        parts = [m.content if m.role == "system" else f"{m.role}: {m.content}" for m in messages]
        return list(self.tokenizer("\n\n".join([*parts, "assistant:"]))["input_ids"])

    def _written(self, prompt: list[int]) -> str:
        import torch

        given = torch.tensor([prompt], device=self.model.device)
        plain = not getattr(self.tokenizer, "chat_template", None)

        def line_ends(tokens: Tensor, _: object, **__: object) -> Tensor:
            text = self._text(tokens[0, len(prompt) :])
            return torch.tensor([plain and "\n" in text.lstrip()], device=tokens.device)

        ends = _end_tokens(self.model, self.tokenizer)
        with torch.inference_mode():
            out = self.model.generate(
                given, attention_mask=torch.ones_like(given), max_new_tokens=ROOM, do_sample=False, num_beams=1,
                eos_token_id=ends or None, pad_token_id=ends[0] if ends else 0, stopping_criteria=[line_ends],
            )  # fmt: skip
        written = out[0, len(prompt) :]
        text = self._text(written[:-1] if len(written) and int(written[-1]) in ends else written).strip()
        return text.partition("\n")[0] if plain else text

    def _text(self, tokens: Tensor) -> str:
        return str(self.tokenizer.decode(tokens.tolist(), skip_special_tokens=True))


def _end_tokens(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end an answer; a chat model's may differ from its tokenizer's."""
    stated = getattr(getattr(model, "generation_config", None), "eos_token_id", None)
    many = stated if isinstance(stated, list) else [stated]
    return [token for token in (*many, tokenizer.eos_token_id) if token is not None]


def load_model(folder: Path) -> LocalModel:
    """A causal language model and its tokenizer, out of a folder; nothing is downloaded.

    Raises:
        MissingDataError: the folder is not there, or holds no such model, or torch is not installed.
    """
    if not folder.is_dir():
        raise MissingDataError(
            f"no folder {str(folder)!r}; a reader is a local folder of a causal language model, or a URL"
        )
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingDataError(f"a local reader needs {error.name}; pip install 'claimgauge[run]'") from error

    from runners.model.checkpoints import weights_hash

    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    if not sys.stderr.isatty():
        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model: Any = transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype="auto")
    except (OSError, ValueError, ImportError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MissingDataError(f"no causal language model in {str(folder)!r} ({reason})") from error
    model = model.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    limits = (getattr(model.config, "max_position_embeddings", None), tokenizer.model_max_length)
    longest = min((limit for limit in limits if limit), default=LONGEST)
    return LocalModel(f"{folder.resolve().name} ({weights_hash(folder)[:19]})", model, tokenizer, longest)
