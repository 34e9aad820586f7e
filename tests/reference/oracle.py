"""What every kind of task predicts, in plain transformers, one row at a time; nothing of `runners` is imported.

Written after the scripts of google-research/xtreme: run_classify, run_tag with its preparation of long sentences,
run_squad with the rule of the widest context, run_retrieve and utils_retrieve (BUCC). Rows hold at most `longest`
pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from transformers import AutoModel, PreTrainedTokenizerFast


class Oracle:
    """A stage's encoder and one of its heads.

    Args:
        folder: of the encoder. head: file of heads. task: whose head.
    """

    def __init__(self, folder: Path, head: Path | None = None, task: str = "", longest: int = 40) -> None:
        self.model = AutoModel.from_pretrained(folder).eval()
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
        self.longest = longest
        whole = {} if head is None else load_file(head)
        self.head = {k.removeprefix(f"{task}."): v for k, v in whole.items() if k.startswith(f"{task}.")}

    def pieces(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    @torch.no_grad()
    def states(self, row: list[int]) -> torch.Tensor:
        assert len(row) <= self.longest
        return self.model(input_ids=torch.tensor([row]), attention_mask=torch.ones(1, len(row))).last_hidden_state[0]

    def sentence_logits(self, first: str, second: str | None) -> torch.Tensor:
        a, b = self.pieces(first), [] if second is None else self.pieces(second)
        while len(a) + len(b) > self.longest - (2 if second is None else 4):
            (a if len(a) > len(b) else b).pop()
        row = [0, *a, 2] if second is None else [0, *a, 2, 2, *b, 2]
        state = self.states(row)[0]
        dense = torch.tanh(torch.nn.functional.linear(state, self.head["dense.weight"], self.head["dense.bias"]))
        return self.token_logits(dense)

    def token_logits(self, states: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.linear(states, self.head["labels.weight"], self.head["labels.bias"])

    def label(self, first: str, second: str | None) -> int:
        return int(self.sentence_logits(first, second).argmax())

    def chosen(self, pairs: Sequence[tuple[str, str]]) -> int:
        return int(torch.cat([self.sentence_logits(*pair) for pair in pairs]).argmax())

    def tags(self, words: Sequence[str]) -> list[int]:
        """Parts of at most `longest` pieces less three; a word longer than that is the unknown piece."""
        room, parts = self.longest - 3, [[]]
        for word in words:
            split = self.pieces(word) or [3]
            split = split if len(split) <= room else [3]
            if parts[-1] and sum(map(len, parts[-1])) + len(split) > room:
                parts.append([])
            parts[-1].append(split)
        found = []
        for part in parts:
            states = self.states([0, *(piece for word in part for piece in word), 2])
            at = 1
            for word in part:
                found.append(int(self.token_logits(states[at]).argmax()))
                at += len(word)
        return found

    def answer(self, question: str, context: str, *, stride: int, most: int, answer_pieces: int = 30) -> str:
        asked = self.pieces(question)[:most]
        whole = self.tokenizer(context, add_special_tokens=False, return_offsets_mapping=True)
        ids, offsets = whole["input_ids"], whole["offset_mapping"]
        room = self.longest - len(asked) - 4
        begins = [0]
        while begins[-1] + room < len(ids):
            begins.append(begins[-1] + min(stride, room))
        spans = [(b, min(b + room, len(ids))) for b in begins]

        def widest(at: int) -> int:
            scores = [min(at - b, e - 1 - at) + 0.01 * (e - b) if b <= at < e else -np.inf for b, e in spans]
            return int(np.argmax(scores))

        best, text = -np.inf, ""
        for number, (begin, end) in enumerate(spans):
            states = self.states([0, *asked, 2, 2, *ids[begin:end], 2])
            logits = self.token_logits(states)[len(asked) + 3 :]
            for start in range(begin, end):
                if widest(start) != number:
                    continue
                for last in range(start, min(start + answer_pieces, end)):
                    value = float(logits[start - begin, 0] + logits[last - begin, 1])
                    if value > best:
                        best, text = value, context[offsets[start][0] : offsets[last][1]]
        return text.strip()

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Mean over all states of a text, special ones too, of unit length."""
        rows = [[0, *self.pieces(text)[: self.longest - 2], 2] for text in texts]
        found = np.stack([self.states(row).mean(dim=0).numpy() for row in rows])
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def nearest(self, sources: Sequence[str], targets: Sequence[str]) -> list[int]:
        """For each target its source."""
        return list((self.vectors(targets) @ self.vectors(sources).T).argmax(axis=1))

    def ranked(self, queries: Sequence[str], candidates: Sequence[str]) -> list[list[int]]:
        return [list(row) for row in np.argsort(-(self.vectors(queries) @ self.vectors(candidates).T), axis=1)]

    def mined(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[float, str, str]]:
        """Pairs of texts that occur once on their side, by ratio margin with k = 4, each text in one at most."""
        ones, others = (list(dict.fromkeys(side)) for side in (sources, targets))
        cosines = self.vectors(ones) @ self.vectors(others).T
        forward = np.sort(cosines, axis=1)[:, -4:].mean(axis=1)
        backward = np.sort(cosines, axis=0)[-4:].mean(axis=0)
        margins = cosines / ((forward[:, None] + backward[None]) / 2)
        near = {(i, int(j)) for i in range(len(ones)) for j in np.argsort(-cosines[i])[:4]}
        turned = {(int(i), j) for j in range(len(others)) for i in np.argsort(-cosines[:, j])[:4]}
        best = {max((p for p in near if p[0] == i), key=lambda p: margins[p]) for i in range(len(ones))}
        best |= {max((p for p in turned if p[1] == j), key=lambda p: margins[p]) for j in range(len(others))}
        left, right, found = set(), set(), []
        for i, j in sorted(best, key=lambda p: -margins[p]):
            if i not in left and j not in right:
                left.add(i), right.add(j)
                if sources.count(ones[i]) == targets.count(others[j]) == 1:
                    found.append((float(margins[i, j]), ones[i], others[j]))
        return found
