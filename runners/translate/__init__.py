"""Machine translation of training data: engines, and what of an example survives them."""

from runners.translate.making import TranslatedFile, check, translate

__all__ = ["TranslatedFile", "check", "translate"]
