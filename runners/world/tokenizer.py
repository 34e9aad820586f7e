"""The world's tokenizer: one piece for a root, one for a suffix; words shared by languages share pieces.

Words that a perturbation has changed fall apart into letters, which are pieces too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from runners.world.concepts import COUNTS, SIGNS
from runners.world.languages import all_forms

UNKNOWN = "<unk>"
SPECIAL = ("<s>", "<pad>", "</s>", UNKNOWN, "<mask>")
"""In the order of XLM-R's: the padding piece is number 1."""


def pieces(seed: int) -> list[str]:
    """Every piece of the vocabulary, special ones first."""
    forms = all_forms(seed).values()
    shared = (*map(str, COUNTS), *SIGNS)
    roots = dict.fromkeys((*shared, *(root for f in forms for root in f.written if root)))
    suffixes = dict.fromkeys(f"##{suffix}" for f in forms for suffix in f.written_suffixes.values() if suffix)
    letters = sorted({letter for f in forms for root in f.written for letter in root})
    return list(dict.fromkeys((*SPECIAL, *roots, *suffixes, *letters, *(f"##{letter}" for letter in letters))))


def save_tokenizer(seed: int, folder: Path) -> None:
    """Writes tokenizer.json and its settings as transformers reads them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    numbers = {piece: number for number, piece in enumerate(pieces(seed))}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token=UNKNOWN, max_input_chars_per_word=40))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=ends
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    _write(folder / "tokenizer_config.json", _settings())


def _settings() -> dict[str, Any]:
    names = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "pad": "<pad>", "unk": "<unk>", "mask": "<mask>"}
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 512,
        "model_input_names": ["input_ids", "attention_mask"],
        **{f"{role}_token": piece for role, piece in names.items()},
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
