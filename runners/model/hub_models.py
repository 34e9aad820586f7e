"""Models that transformers computes: found by hub id or folder, encoders without their decoders, called like ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from analysis.errors import MissingDataError, UsageError
from runners.model import transformer


class FromHub(nn.Module):
    """A model of transformers, called like ours."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor | None = None, layer: int = -1) -> Tensor:
        """Hidden states; see `runners.model.transformer.Transformer.forward`."""
        more: dict[str, Any] = {} if segments is None else {"token_type_ids": segments}
        if layer != -1:
            more["output_hidden_states"] = True
        found = self.inner(input_ids=ids, attention_mask=mask, **more)
        states: Tensor = found.last_hidden_state if layer == -1 else found.hidden_states[layer]
        return states


def hub_model(name: str, revision: str, attention: str) -> tuple[Any, Mapping[str, Any]]:
    """A model of transformers without head, in float32, and its `config.json`.

    Of a model of two halves (T5, mT5, UMT5, T5Gemma) it is the encoder. A checkpoint of the XLM-R shape keeps
    the head of its masked language model.

    Args:
        name: hub id or folder.
        revision: commit; "": the newest.
        attention: transformers' `attn_implementation`; "": its default.

    Raises:
        MissingDataError: neither here nor on the hub, or only by running code from there.
        UsageError: a model of two halves whose encoder transformers does not load alone; no such attention.
    """
    from transformers import AutoModel, AutoModelForMaskedLM, AutoModelForTextEncoding
    from transformers.models.auto.modeling_auto import MODEL_FOR_TEXT_ENCODING_MAPPING_NAMES
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # it lists the head's weights as unexpected, which they are
    config = _config(name, revision)
    values = config.to_dict()
    loader: Any = AutoModel
    if transformer.is_built_in(values) and "XLMRobertaForMaskedLM" in (values.get("architectures") or ()):
        loader = AutoModelForMaskedLM
    if values.get("is_encoder_decoder"):
        if values["model_type"] not in MODEL_FOR_TEXT_ENCODING_MAPPING_NAMES:
            raise UsageError(
                f"{name} ({values['model_type']}) has an encoder and a decoder, and transformers does not load its "
                "encoder alone; T5, mT5, UMT5 and T5Gemma can be taken"
            )
        loader, config.is_encoder_decoder = AutoModelForTextEncoding, False
    more = {"attn_implementation": attention} if attention else {}
    try:
        inner = loader.from_pretrained(name, revision=revision or None, config=config, dtype=torch.float32, **more)
    except ImportError as error:
        raise UsageError(f"attn_implementation {attention!r} cannot be used here: {_first_line(error)}") from error
    except (OSError, ValueError) as error:
        if attention and "attn" in str(error).lower():
            raise UsageError(f"{name} knows no attn_implementation {attention!r}: {_first_line(error)}") from error
        raise _absent(name, error) from error
    return inner, values


def _config(name: str, revision: str) -> Any:
    from transformers import AutoConfig

    try:
        return AutoConfig.from_pretrained(name, revision=revision or None)
    except (OSError, ValueError) as error:
        if "trust_remote_code" in str(error):
            raise MissingDataError(
                f"{name} is computed by code that its repository brings along, which is never run here; take a model "
                "that transformers knows by itself"
            ) from error
        raise _absent(name, error) from error


def _absent(name: str, error: Exception) -> MissingDataError:
    return MissingDataError(f"no model {name!r} here or on the hub ({_first_line(error)}); give a folder or a hub id")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
