"""A group of commands that plugins add to: research questions and figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from analysis.plugins import Plugin, chosen, plugins, usable


class PluggedGroup(click.Group):
    """A group of built-in commands; where none has the name, or all are listed, plugins are asked.

    Attributes:
        kind: of plugins. command_of: the command of one. Raises `PluginError`.
    """

    def __init__(self, *args: Any, kind: str, command_of: Callable[[Plugin], click.Command], **given: Any) -> None:
        super().__init__(*args, **given)
        self.kind, self.command_of = kind, command_of

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The built-in commands, then those of plugins."""
        return [*super().list_commands(ctx), *plugins(self.kind, self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; None where it is of a plugin that cannot be used, which is said."""
        if cmd_name in self.commands:
            return super().get_command(ctx, cmd_name)
        plugin = plugins(self.kind, self.commands).get(cmd_name)
        return None if plugin is None else usable(plugin, self.command_of)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was called; one of a plugin that cannot be used is an error."""
        if args and args[0] not in self.commands and (plugin := chosen(self.kind, args[0], self.commands)):
            return args[0], self.command_of(plugin), args[1:]
        return super().resolve_command(ctx, args)


def help_of(plugin: Plugin, text: str) -> str:
    """A plugin's help, with its origin."""
    return f"{text.rstrip()}\n\nFrom a plugin, {plugin.origin}."
