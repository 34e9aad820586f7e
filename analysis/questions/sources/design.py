"""Which languages of intermediate data are compared."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.design import Design
from analysis.questions.design import SettingDesign
from analysis.registry.chosen_names import chosen_language


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesDesign(SettingDesign):
    """Intermediate data in other languages beside data of the same kind and size in one.

    Attributes:
        reference: the language to compare with; None: English, or where there is none the most frequent.
    """

    reference: str | None = None

    def __post_init__(self) -> None:
        Design.__post_init__(self)
        if self.reference is not None:
            object.__setattr__(self, "reference", chosen_language(self.reference, self.registry))
