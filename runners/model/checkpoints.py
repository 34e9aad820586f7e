"""Files of a stage in training: written whole or not at all, and one clear error where they cannot be."""

from __future__ import annotations

import hashlib
import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from analysis.errors import ClaimgaugeError, InputError
from analysis.files.atomic import replacing

CHECKPOINT = "checkpoint.pt"


def best_weights(folder: Path, step: int) -> Path:
    """Path of the weights of the best step so far."""
    return folder / f"best-{step}.pt"


def forget_weights(folder: Path, *, but: int = -1) -> None:
    """Deletes kept weights, except those of one step."""
    for path in folder.glob("best-*.pt"):
        if path != best_weights(folder, but):
            path.unlink()


UNWRITTEN = ("file", "write", "iostream", "inline_container")
"""Words by which torch's error tells that something could not be written."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns a full disk or a folder that is closed to us into one sentence.

    Raises:
        ClaimgaugeError: something within the block could not be written.
    """
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, SafetensorError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ClaimgaugeError(
            f"{folder} cannot be written: {reason}; free space there or choose another folder. What was finished "
            "before stays, and the stage goes on from its last checkpoint"
        ) from error
    except RuntimeError as error:  # torch.save says it so
        if not any(word in str(error).lower() for word in UNWRITTEN):
            raise
        raise ClaimgaugeError(
            f"{folder} cannot be written: {error}; free space there or choose another folder"
        ) from error


def keep(path: Path, state: dict[str, Any]) -> None:
    """Writes a state of tensors and plain values."""
    with writing(path.parent), replacing(path) as temporary:
        torch.save(state, temporary)


def kept(path: Path, device: torch.device) -> dict[str, Any] | None:
    """The state that was written, None where there is none.

    Raises:
        InputError: the file is damaged.
    """
    if not path.is_file():
        return None
    if not zipfile.is_zipfile(path):  # what a file cut short is not
        raise InputError(str(path), "is damaged; delete it to begin the stage anew")
    try:
        found: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except (RuntimeError, pickle.UnpicklingError, ValueError) as error:
        raise InputError(str(path), f"cannot be read ({error}); delete it to begin the stage anew") from error
    return found


def weights_hash(folder: Path) -> str:
    """SHA-256 of the weights of a folder, in the order of their names: "sha256:" and 64 digits."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.safetensors"), *folder.glob("*.bin")]):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return f"sha256:{digest.hexdigest()}"
