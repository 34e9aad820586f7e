"""Which orders of intermediate tasks are compared."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.design import SettingDesign


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDesign(SettingDesign):
    """Sequences of the same intermediate tasks in two orders, of one model in one study."""
