"""This program and what it was given, as every output names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgauge import __version__

if TYPE_CHECKING:
    from claims.setup import ReportChecker
    from reports.tool import Tool, UsedConfig


def tool_of(checker: ReportChecker, config: UsedConfig | None = None) -> Tool:
    """The maker of the verdicts of a checker, with the configuration that options came from."""
    from reports.tool import Tool

    verifier = checker.verifier
    versions = (__version__, verifier.definitions.version, verifier.lexicon_version)
    return Tool("claimgauge", *versions, checker.files, checker.setup.built_in, config)
