"""Options that moved: they work for one more release, say on stderr what takes their place, and are not in --help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

Act = TypeVar("Act", bound=Callable[..., Any])

CONFIG = "moved to claimgauge.toml, [{command}] {name} = …"
"""Replacement of an option that stands in the configuration only."""


class MovedOption(click.Option):
    """An option that is no longer shown.

    Args:
        now: what takes its place, a predicate; by default the same key of claimgauge.toml.
    """

    def __init__(self, *args: Any, now: str = CONFIG, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hidden = True
        self.now = now

    def consume_value(self, ctx: click.Context, opts: Any) -> tuple[Any, ParameterSource]:
        """The value and where it is from; a notice where it was written on the command line."""
        value, source = super().consume_value(ctx, opts)
        if source is ParameterSource.COMMANDLINE:
            written = max(self.opts, key=len)
            table = ".".join(ctx.command_path.split()[1:])
            now = self.now.format(command=table, name=written.lstrip("-"))
            click.echo(f"note: {written} {now}; it works here until the next release", err=True)
        return value, source


def moved(*names: str, now: str = CONFIG, **kwargs: Any) -> Callable[[Act], Act]:
    """A decorator for a command that still takes a `MovedOption`."""
    return click.option(*names, cls=MovedOption, now=now, **kwargs)
