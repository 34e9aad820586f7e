"""Heads of a stage: fresh for every task unless a plan says otherwise, and stored beside the encoder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from analysis.errors import InputError, MissingDataError
from analysis.files.atomic import replacing, write_text
from runners.examples import Dataset, Form
from runners.kinds import kind_of
from runners.kinds.kind import Labels, refresh
from runners.model.checkpoints import writing
from runners.model.encoders import Encoder

WEIGHTS = "heads.safetensors"
FACTS = "heads.json"
MLM_NAME = "mlm"


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """Task and labels of a stored head; labels are in the order of its outputs."""

    task: str
    form: Form
    labels: Labels

    def fits(self, other: HeadFacts) -> bool:
        """True if one's outputs mean the same as the other's."""
        return (self.form, self.labels) == (other.form, other.labels)


def facts_of(dataset: Dataset) -> HeadFacts:
    """The head a data set needs."""
    return HeadFacts(MLM_NAME if dataset.form == "text" else dataset.task, dataset.form, dataset.labels)


def fresh_head(facts: HeadFacts, encoder: Encoder, seed: int) -> nn.Module:
    """A head whose weights follow from the seed and nothing else."""
    head = kind_of(facts.form).head(encoder, len(facts.labels))
    refresh(head, torch.Generator().manual_seed(seed))
    return head


def save_heads(folder: Path, heads: Mapping[str, nn.Module], facts: Sequence[HeadFacts]) -> None:
    """Writes heads.safetensors and heads.json.

    Raises:
        ClaimgaugeError: the folder cannot be written.
    """
    from safetensors.torch import save_file

    weights = {
        f"{task}.{name}": value.detach().cpu().contiguous()
        for task, head in heads.items()
        for name, value in head.state_dict().items()
    }
    tables = {one.task: {"form": one.form, "labels": list(one.labels)} for one in facts}
    with writing(folder):
        with replacing(folder / WEIGHTS) as path:
            save_file(weights, path)
        write_text(folder / FACTS, json.dumps(tables, indent=2, ensure_ascii=False) + "\n")


def stored_facts(folder: Path) -> dict[str, HeadFacts]:
    """The heads in a stage's folder; none where it has none."""
    path = folder / FACTS
    if not path.is_file():
        return {}
    tables = json.loads(path.read_text(encoding="utf-8"))
    return {task: HeadFacts(task, one["form"], tuple(one["labels"])) for task, one in tables.items()}


def stored_weights(folder: Path, task: str) -> dict[str, Tensor]:
    """The weights of one head."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        found = load_file(folder / WEIGHTS)
    except (SafetensorError, OSError) as error:
        raise InputError(str(folder / WEIGHTS), f"cannot be read ({error}); run the stage again") from error
    return {name.removeprefix(f"{task}."): value for name, value in found.items() if name.startswith(f"{task}.")}


def stored_head(folder: Path, dataset: Dataset, encoder: Encoder, of: str = "") -> tuple[nn.Module, HeadFacts]:
    """The head that a stage trained for a data set's task, or for the task `of` on the same data.

    Raises:
        MissingDataError: it trained none.
    """
    wanted, have = facts_of(dataset), stored_facts(folder)
    wanted = replace(wanted, task=of or wanted.task)
    if wanted.task not in have or have[wanted.task].form != wanted.form:
        raise MissingDataError(
            f"{folder} has no head for {wanted.task!r}; it was trained on {', '.join(have) or 'no task'}: "
            f"train on {wanted.task!r} first"
        )
    facts = have[wanted.task]
    head = kind_of(facts.form).head(encoder, len(facts.labels))
    head.load_state_dict(stored_weights(folder, facts.task))
    return head, facts


def carried_on(folder: Path | None, facts: HeadFacts, head: nn.Module, encoder: Encoder, *, asked: bool) -> bool:
    """Gives a head the weights it had before this stage, if there are any.

    Masked language modelling is one task from the checkpoint's pretraining on, so that its head always
    goes on: that of the stage before, else the checkpoint's own. Other heads are kept where that is asked for.
    """
    if facts.form != "text":
        return asked and reused(folder, facts, head)
    if reused(folder, facts, head):
        return True
    own, wanted = encoder.mlm_head, head.state_dict()
    if own.keys() != wanted.keys() or any(own[name].shape != value.shape for name, value in wanted.items()):
        return False
    head.load_state_dict(dict(own))
    return True


def reused(folder: Path | None, facts: HeadFacts, head: nn.Module) -> bool:
    """Gives a head the weights of the stage before, if that has one whose outputs mean the same."""
    have = {} if folder is None else stored_facts(folder)
    fitting = sorted((one for one in have.values() if one.fits(facts)), key=lambda one: one.task != facts.task)
    if folder is None or not fitting:
        return False
    weights = stored_weights(folder, fitting[0].task)
    if any(weights[name].shape != value.shape for name, value in head.state_dict().items()):
        return False
    head.load_state_dict(weights)
    return True
