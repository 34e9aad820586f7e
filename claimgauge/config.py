"""Defaults from a file in the working folder, and the words by which every output names them.

`claimgauge.toml`, or `[tool.claimgauge]` of `pyproject.toml`: one table per command, one key per option.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from reports.tool import UsedConfig

FILES = (("claimgauge.toml", ()), ("pyproject.toml", ("tool", "claimgauge")))
"""File of the working folder → where its table of commands stands; the first that exists counts."""
FILES_BY_NAME = dict(FILES)
EVIDENCE = frozenset(
    {
        "results", "tables", "sources", "assertions", "definitions", "assume", "built_in", "no_built_in",
        "published", "across_studies", "threshold", "columns", "reader", "reader_model", "accept",
    }
)  # fmt: skip
"""Parameters that can turn a verdict around."""
FILE = "claimgauge.config_file"
"""Key of a context's `meta` under which the file stands that options were taken from."""
NOTED = "claimgauge.configured"
"""Key of a context's `meta` under which the options that were taken from the file stand."""


def configured() -> UsedConfig | None:
    """Options that the running command took from a file; None where nothing, and outside of the command line."""
    context = click.get_current_context(silent=True)
    found: UsedConfig | None = context.meta.get(NOTED) if context is not None else None
    return found


def config_record() -> dict[str, Any]:
    """The same for a JSON record: one key, or none where nothing was taken."""
    found = configured()
    if found is None:
        return {}
    return {"config": {"file": found.file, "options": dict(found.options), "evidence": list(found.evidence)}}


def defaults(file: Path | None, commands: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The file's name ("" for none) and its table of defaults.

    Args:
        file: the file that was named, None for the first of `FILES` in the working folder.
        commands: the commands there are.

    Raises:
        click.UsageError: the file cannot be read, or names no command.
    """
    named = [(file, FILES_BY_NAME.get(file.name, ()))] if file is not None else []
    for path, place in named or [(Path.cwd() / name, place) for name, place in FILES]:
        if not path.is_file():
            continue
        name = path.name if file is None else str(file)
        try:
            data: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            raise click.UsageError(f"{name} cannot be read: {error} ({REMEDY})") from None
        for key in place:
            data = data.get(key, {}) if isinstance(data, dict) else {}
        for command, table in data.items():
            _known(name, "", command, commands)
            if not isinstance(table, dict):
                raise click.UsageError(f"{name}: {command} = {table!r} is no table; write [{command}] ({REMEDY})")
        return (name, data) if data else ("", {})
    return "", {}


REMEDY = "leave the file out with --no-config"


def applied(command: click.Command, table: Mapping[str, Any], file: str, where: str) -> click.Command:
    """The command, which says on stderr what it took from a file.

    Args:
        command: may be a group.
        table: its defaults.
        file: where they stand.
        where: the command's name, with its group's.

    Raises:
        click.UsageError: the file names no option of the command, or an option's value is of the wrong kind.
    """
    told = copy.copy(command)
    if isinstance(told, click.Group) and isinstance(command, click.Group):
        options = {option.name or "" for option in command.params}
        for key in table:
            if key.replace("-", "_") not in options and key not in command.commands:
                _known(file, where, key, dict.fromkeys(_inner(command), ""))
        told.commands = {
            name: applied(inner, table.get(name, {}), file, f"{where} {name}") for name, inner in told.commands.items()
        }
        command_of = getattr(command, "command_of", None)
        if command_of is not None:

            def configured_plugin(plugin: Any) -> click.Command:
                inner, name, context = command_of(plugin), plugin.name, click.get_current_context(silent=True)
                given = map_of(inner, table.get(name, {}), file, f"{where} {name}")
                if context is not None:
                    context.default_map = {**(context.default_map or {}), name: given}
                return applied(inner, table.get(name, {}), file, f"{where} {name}")

            told.__dict__["command_of"] = configured_plugin
        return told
    if told.callback is not None:
        told.callback = _telling(told.callback, file)
    return told


def map_of(command: click.Command, table: Mapping[str, Any], file: str, where: str) -> dict[str, Any]:
    """A table of defaults as click takes it: by parameter, lists for options that may be repeated."""
    found: dict[str, Any] = {}
    inner = command.commands if isinstance(command, click.Group) else {}
    by_name = {_written(parameter): parameter for parameter in command.params}
    for key, value in table.items():
        if key in inner and isinstance(value, dict):
            found[key] = map_of(inner[key], value, file, f"{where} {key}")
            continue
        names = _inner(command) if isinstance(command, click.Group) else []
        if isinstance(value, dict) and key in names:
            continue  # a plugin's, whose options are known once it is called
        name = key.replace("_", "-")
        _known(file, where, name, dict.fromkeys(by_name if name in names else [*by_name, *names], ""))
        parameter = by_name[name]
        if isinstance(value, dict) or (isinstance(value, list) and not parameter.multiple and parameter.nargs == 1):
            raise click.UsageError(f"{file}: [{where}] {key} = {value!r} is no single value ({REMEDY})")
        several = parameter.multiple or parameter.nargs == -1
        found[parameter.name or name] = [value] if several and not isinstance(value, list) else value
    return found


def _inner(group: click.Group) -> list[str]:
    """The names of a group's commands, those of plugins too."""
    return group.list_commands(click.Context(group))


def naming_file(error: click.BadParameter) -> click.UsageError:
    """The error of a value that came from a file, naming file and key; any other as it is."""
    context, name = error.ctx, error.param.name if error.param is not None else None
    if context is None or not name or context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT_MAP:
        return error
    where = context.command_path.partition(" ")[2]
    value = context.lookup_default(name, call=False)
    assert error.param is not None
    said = f"[{where}] {_written(error.param)} = {value!r}"
    return click.UsageError(f"{context.meta[FILE]}: {said}: {error.message} ({REMEDY})")


def _written(parameter: click.Parameter) -> str:
    """An option as it is written in the file: its longest name without dashes."""
    return max(parameter.opts, key=len).lstrip("-").replace("_", "-") if parameter.opts else str(parameter.name)


def _known(file: str, where: str, key: str, names: Mapping[str, str]) -> None:
    if key in names:
        return
    from difflib import get_close_matches

    near = get_close_matches(key, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(sorted(names))}"
    place = f"[{where}] has no option" if where else "there is no command"
    raise click.UsageError(f"{file}: {place} {key!r}{hint} ({REMEDY})")


def _telling(act: Callable[..., Any], file: str) -> Callable[..., Any]:
    @wraps(act)
    def telling(*args: Any, **kwargs: Any) -> Any:
        from reports.tool import UsedConfig

        context = click.get_current_context()
        source = click.core.ParameterSource.DEFAULT_MAP
        taken = [
            parameter
            for parameter in context.command.params
            if parameter.name and context.get_parameter_source(parameter.name) is source
        ]
        if taken:
            said = tuple((_written(p), _value(context.params[p.name or ""])) for p in taken)
            evidence = tuple(_written(p) for p in taken if p.name in EVIDENCE)
            found = context.meta[NOTED] = UsedConfig(file, said, evidence)
            click.echo(f"note: {found}; --no-config leaves it out", err=True)
        return act(*args, **kwargs)

    return telling


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return str(value).encode("unicode_escape").decode("ascii") if not str(value).isprintable() else str(value)
