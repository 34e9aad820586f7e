"""Any sequence-to-sequence translation model of the hub or of a local folder, by transformers.

A text is translated sentence by sentence, since most models were trained on single sentences;
greedily, so that the same model gives the same text. A sentence that is longer than the model
reads, or whose translation does not come to an end, has no translation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import MissingDataError
from analysis.registry.vocabulary import vocabulary
from runners.translate.engines import Identity

SENTENCE_END = re.compile(r"((?<=[.!?])\s+(?=[^\s\W\d_])(?![a-zß-ÿа-я])|(?<=[。！？])|\n+)")
"""Between sentences: a full stop and space before anything but a small letter, or a line break."""
LONGEST = 512
"""Tokens where a model states no limit of its own."""
ROOM = 24
"""Tokens that a translation may be longer than twice its source."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HubModel:
    """A loaded model.

    Attributes:
        identity: its name and commit, or the hash of its weights where it is a folder.
        model, tokenizer: of transformers.
        prefix: stands before every sentence ("translate English to German: ", ">>deu<< ").
        first_token: id of the language's token, which many-language models want first; None: none.
        longest: tokens the model reads. batch: sentences at once. progress: (done, all sentences).
    """

    identity: Identity
    model: Any
    tokenizer: Any
    prefix: str = ""
    first_token: int | None = None
    longest: int = LONGEST
    batch: int = 16
    progress: Progress | None = None

    def __call__(self, texts: Sequence[str]) -> list[str | None]:
        """Translations; None where a sentence is too long or comes to no end."""
        split = [SENTENCE_END.split(text) for text in texts]  # sentences, with what is between them at odd places
        wanted = dict.fromkeys(s for pieces in split for s in pieces[::2] if s.strip())
        known = self._sentences(sorted(wanted, key=lambda s: (-len(s), s)))
        return [_joined(pieces, known) for pieces in split]

    def _sentences(self, sentences: Sequence[str]) -> dict[str, str | None]:
        """Longest first: a batch that does not fit shows at once."""
        found: dict[str, str | None] = {}
        for start in range(0, len(sentences), self.batch):
            chunk = sentences[start : start + self.batch]
            tokens = [self.tokenizer(self.prefix + s)["input_ids"] for s in chunk]
            fit = [i for i, ids in enumerate(tokens) if len(ids) <= self.longest]
            found |= dict.fromkeys(chunk)
            if fit:
                found |= zip(
                    [chunk[i] for i in fit], self._generated([self.prefix + chunk[i] for i in fit]), strict=True
                )
            if self.progress is not None:
                self.progress(len(found), len(sentences))
        return found

    def _generated(self, sentences: list[str]) -> list[str | None]:
        import torch

        given = self.tokenizer(sentences, return_tensors="pt", padding=True)
        given = {name: given[name].to(self.model.device) for name in ("input_ids", "attention_mask")}
        room = min(self.longest - 2, 2 * given["input_ids"].shape[1] + ROOM)
        first = {} if self.first_token is None else {"forced_bos_token_id": self.first_token}
        with torch.inference_mode():
            rows = self.model.generate(**given, max_new_tokens=room, num_beams=1, do_sample=False, **first)
        return [self._text(row.tolist()[1:], room) for row in rows]

    def _text(self, row: list[int], room: int) -> str | None:
        """The text of a row that ends before the last place, where some models force an end."""
        stops = self.model.generation_config.eos_token_id
        stops = set(stops) if isinstance(stops, list) else {stops}
        ended = any(token in stops for token in row[: room - 1])
        return self.tokenizer.decode(row, skip_special_tokens=True).strip() if ended else None


def load_model(
    name: str,
    *,
    source: str,
    target: str,
    revision: str = "",
    prefix: str = "",
    pair: tuple[str, str] | None = None,
    batch: int = 16,
    offline: bool = False,
    progress: Progress | None = None,
) -> HubModel:
    """A translation model by hub id or folder.

    Args:
        name: hub id or folder.
        source: code of the language of the texts.
        target: code of the language wanted.
        revision: commit of the hub; "": the newest, and the header says which that was.
        prefix: see `HubModel`.
        pair: the languages as the model's tokenizer names them, where they are not found by themselves.
        batch: sentences at once.
        offline: never ask the hub.
        progress: told after every batch.

    Raises:
        MissingDataError: model or tokenizer is not here, or knows no such language.
    """
    if offline:  # read when the library is imported
        os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    import transformers

    from runners.model.checkpoints import weights_hash

    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, revision=revision or None)
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(name, revision=revision or None, dtype=torch.float32)
    except (OSError, ValueError, ImportError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MissingDataError(f"no translation model {name!r} here or on the hub ({reason})") from error
    model = model.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    first, tag = _languages(tokenizer, name, source, target, pair)
    commit = revision or getattr(model.config, "_commit_hash", None) or weights_hash(Path(name))
    identity = Identity("hub", name, commit, f"transformers {transformers.__version__}, torch {torch.__version__}")
    limits = (tokenizer.model_max_length, getattr(model.config, "max_position_embeddings", None))
    longest = min(limit for limit in (*limits, LONGEST) if limit)
    return HubModel(identity, model, tokenizer, tag + prefix, first, longest, batch, progress)


def _languages(
    tokenizer: Any, name: str, source: str, target: str, pair: tuple[str, str] | None
) -> tuple[int | None, str]:
    """Tells a many-language tokenizer its languages: (token that must come first, prefix of the text)."""
    known = set(tokenizer.get_vocab())
    if any(re.fullmatch(r">>\w+<<", token) for token in known):  # Marian models with several targets
        return None, f">>{_code(target, pair and pair[1], known, '>>{}<<', name)}<< "
    if not hasattr(tokenizer, "src_lang"):
        return None, ""
    form = "__{}__" if any(re.fullmatch(r"__\w+__", token) for token in known) else "{}"
    tokenizer.src_lang = _code(source, pair and pair[0], known, form, name)
    return int(tokenizer.convert_tokens_to_ids(form.format(_code(target, pair and pair[1], known, form, name)))), ""


def _code(language: str, given: str | None, known: set[str], form: str, name: str) -> str:
    """The model's code of a language: as given, else by its ISO codes, with script or country."""
    facts = vocabulary()["language"][language].facts
    codes = [str(facts["iso639_3"]), *map(str, facts.get("other_codes", ()))]
    candidates = [given] if given else [language, *codes, *(f"{code}_{facts['script']}" for code in codes)]
    found = [code for code in candidates if form.format(code) in known]
    if not found and not given:
        found = sorted(token for token in known if re.fullmatch(rf"{re.escape(language)}_[A-Z]{{2}}", token))
    if len(found) != 1 and not (found and form != "{}"):
        reason = f"several codes for {language} ({', '.join(found)})" if found else f"no code for {given or language}"
        raise MissingDataError(f"the model {name!r} has {reason}; name its codes with --pair FROM:TO")
    return found[0]


def _joined(pieces: Sequence[str], known: dict[str, str | None]) -> str | None:
    """Sentences and what stood between them; None where one of them has no translation."""
    translated = [known[p] if i % 2 == 0 and p.strip() else p for i, p in enumerate(pieces)]
    return None if any(s is None for s in translated) else "".join(s for s in translated if s is not None)
