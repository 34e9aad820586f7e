"""`check --reader`: a language model joined to the reader's door.

The model is random: shown is that what it writes is well-formed, and that it is judged or refused and
said to be a model's. Nothing is shown about how well a model reads.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.errors import MissingDataError
from claimgauge.commands.check import command
from claims.tables.files import load_tables
from claims.tables.notation import parse_notation
from claims.tables.proposals import Reader, accepted
from claims.tables.vocabulary import NOTHING_READ, vocabulary_of

CLAIMS = ("The crown of MNLI goes to AME, not to BERT.", "AME leaves BERT behind on MNLI.", "The weather was fine.")
READ, UNREAD = "AME outperforms BERT on MNLI.", "Between AME and BERT, the crown of MNLI goes to the former."


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "t.csv"
    path.write_text("Model,MNLI,RTE\nBERT,80.1,70.2\nAME,82.0,69.0\nAME w/o psg,81.0,60.0\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two random models with GPT-2's kind of tokenizer."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    signs = sorted(pre_tokenizers.ByteLevel.alphabet())
    inner = Tokenizer(models.BPE({sign: number for number, sign in enumerate([*signs, "<|end|>"])}, []))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="<|end|>", model_max_length=4096)
    made = []
    for seed in range(2):
        folder = tmp_path_factory.mktemp(f"model-{seed}")
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            config = GPT2Config(vocab_size=257, n_positions=4096, n_embd=16, n_layer=1, n_head=1, initializer_range=0.5)
            GPT2LMHeadModel(config).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        made.append(folder)
    return made


def test_whatever_a_random_model_proposes_is_well_formed_and_is_judged_or_refused(
    folders: list[Path], table: Path
) -> None:
    from runners.proposing import load_reader

    (loaded,) = load_tables(table)
    written = set()
    for folder in folders:
        reader: Reader = load_reader(folder)
        for claim in CLAIMS:
            (text,) = reader.propose(claim, vocabulary_of(loaded))
            written.add(text)
            if text != NOTHING_READ:
                parse_notation(text)
            (proposal,) = accepted([text], claim, loaded)
            assert (proposal.formula is None) == bool(proposal.why)
    assert written - {NOTHING_READ}


def test_a_verdict_over_a_table_shows_what_the_model_proposed(folders: list[Path], table: Path) -> None:
    for claim in (READ, UNREAD):
        run = CliRunner().invoke(
            command, [claim, "--table", str(table), "--reader", str(folders[0]), "--json"], catch_exceptions=False
        )
        found = json.loads(run.stdout)
        assert (
            f"proposed by {folders[0].name} (sha256:" in " ".join(found["alternatives"]) or "proposed" in found["flags"]
        )


def test_without_the_option_no_model_is_loaded_and_nothing_is_said_of_one(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runners.proposing.load_reader", lambda folder: pytest.fail("a model was loaded"))
    run = CliRunner().invoke(command, [READ, "--table", str(table), "--json"], catch_exceptions=False)
    assert json.loads(run.output)["verdict"] == "supported"
    assert "proposed" not in run.output


def test_a_model_that_reads_what_we_do_not_gives_the_verdict_and_is_named(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Knows:
        name = "a model that knows"

        def propose(self, sentence: str, vocabulary: object) -> tuple[str, ...]:
            return ('(better "AME" "BERT" :on "MNLI")',)

    monkeypatch.setattr("runners.proposing.load_reader", lambda folder: Knows())
    run = CliRunner().invoke(
        command, [UNREAD, "--table", str(table), "--reader", str(table.parent)], catch_exceptions=False
    )
    assert "supported" in run.output
    assert "proposed" in run.output
    assert "a model that knows proposed this reading" in run.output


def test_a_reader_that_is_not_there_is_an_error_for_a_missing_model(table: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="a reader is a local folder"):
        CliRunner().invoke(
            command, [READ, "--table", str(table), "--reader", str(tmp_path / "no")], catch_exceptions=False
        )
