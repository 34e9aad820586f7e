"""Machine translation of training data: engines, and what of an example survives them."""

from runners.translation.making import Made, check, translate

__all__ = ["Made", "check", "translate"]
