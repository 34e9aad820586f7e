"""Which languages of intermediate data are compared."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.design import SettingDesign


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesDesign(SettingDesign):
    """Intermediate data in other languages beside data of the same kind and size in one.

    Attributes:
        reference: the language to compare with; None: English, or where there is none the most frequent.
    """

    reference: str | None = None
