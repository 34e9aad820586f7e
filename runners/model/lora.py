"""Low-rank adapters in place of all weights (Hu et al. 2022, arXiv:2106.09685), through peft.

Adapters sit on every linear layer of the encoder; its own weights stay as they are, heads are trained in full.
After training they are merged into the weights, so that what is handed on is an encoder like any other.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from analysis.errors import MissingDataError
from runners.recipe import Recipe


def add_adapters(body: nn.Module, recipe: Recipe, seed: int) -> int:
    """Puts adapters on an encoder, if the recipe wants any.

    Args:
        body: the encoder; changed.
        recipe: rank and scale.
        seed: of the adapters' weights.

    Returns:
        Weights that the adapters have; 0 where there are none.

    Raises:
        MissingDataError: peft is not installed.
    """
    if not recipe.lora_rank:
        return 0
    try:
        from peft import LoraConfig, inject_adapter_in_model
    except ImportError as error:
        raise MissingDataError("lora_rank needs peft: pip install 'claimgauge[lora]'") from error
    targets = [name for name, module in body.named_modules() if isinstance(module, nn.Linear)]
    config = LoraConfig(r=recipe.lora_rank, lora_alpha=recipe.lora_alpha, target_modules=targets)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        inject_adapter_in_model(config, body)
    return sum(weights.numel() for name, weights in body.named_parameters() if "lora_" in name)


def merge_adapters(body: nn.Module) -> None:
    """Adds adapters to the weights they stand beside and takes them away; without adapters nothing happens."""
    adapted: dict[str, Any] = {name: module for name, module in body.named_modules() if hasattr(module, "base_layer")}
    for name, module in adapted.items():
        module.merge()
        parent, _, last = name.rpartition(".")
        place = body.get_submodule(parent)
        if isinstance(place, nn.ModuleDict):
            place[last] = module.get_base_layer()
        else:
            setattr(place, last, module.get_base_layer())
    for weights in body.parameters() if adapted else ():
        weights.requires_grad_(True)
