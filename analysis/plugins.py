"""Plugins: what installed packages add, offered as entry points (docs/plugins.md).

A package offers an object under a name in a group, such as `claimgauge.readers`. Groups are listed where a command
comes to the point of needing one, and a plugin is imported when it is used. What is wrong with one is said once, on
stderr; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from analysis.errors import ClaimgaugeError, MissingDataError

KINDS = ("readers", "importers", "questions", "figures", "encoders")
"""Kinds of plugins; the group of entry points is `claimgauge.KIND`."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class PluginError(MissingDataError):
    """A plugin cannot be used; the message names it, its distribution and the remedy."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry point.

    Attributes:
        kind: one of `KINDS`.
        name: under which the plugin is offered.
        target: its import path, "module:object" or "module".
        distribution, version: of the package that offers it.
    """

    kind: str
    name: str
    target: str
    distribution: str
    version: str

    @property
    def origin(self) -> str:
        """Distribution and version, as outputs name them."""
        return f"{self.distribution} {self.version}"

    def load(self, needs: Collection[str]) -> Any:
        """The object it offers.

        Args:
            needs: attributes without which it is of no use.

        Raises:
            PluginError: it cannot be imported, or lacks one of them.
        """
        from importlib.metadata import EntryPoint

        try:
            found = EntryPoint(self.name, self.target, f"claimgauge.{self.kind}").load()
        except Exception as error:
            raise self.fault(f"does not load ({type(error).__name__}: {error})") from error
        for name in needs:
            if not hasattr(found, name):
                raise self.fault(f"has no {name!r}: {self.target} is no plugin for {self.kind}")
        return found

    def guarded(self, call: Callable[Arguments, Result], *passing: type[Exception]) -> Callable[Arguments, Result]:
        """The call with its faults told apart from those of this project.

        Args:
            call: a function of the plugin.
            passing: exceptions it may raise, beside those of `analysis.errors`.
        """

        @wraps(call)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            try:
                return call(*args, **kwargs)
            except Exception as error:
                if isinstance(error, (ClaimgaugeError, *passing)):
                    raise
                raise self.fault(f"failed ({type(error).__name__}: {error})") from error

        return guarded

    def fault(self, what: str) -> PluginError:
        """An error about this plugin."""
        remedy = f"update {self.distribution}, or take it away (pip uninstall {self.distribution})"
        return PluginError(f"plugin {self.name!r} ({self.kind}) of {self.origin} {what}; {remedy}")


@cache
def registered(kind: str) -> tuple[Plugin, ...]:
    """All entry points of a kind, by name and distribution."""
    from importlib.metadata import entry_points

    return tuple(
        sorted(
            (
                Plugin(kind, entry.name, entry.value.replace(" ", ""), entry.dist.name, entry.dist.version)
                for entry in entry_points(group=f"claimgauge.{kind}")
                if entry.dist is not None
            ),
            key=lambda plugin: (plugin.name, plugin.distribution),
        )
    )


def plugins(kind: str, built_in: Collection[str]) -> Mapping[str, Plugin]:
    """The plugins of a kind by name; names that are taken are left out, and said so.

    Args:
        kind: one of `KINDS`.
        built_in: names that this project has itself.
    """
    found: dict[str, Plugin] = {}
    for plugin in registered(kind):
        fault = _clash(plugin, built_in)
        if fault is None:
            found[plugin.name] = plugin
        else:
            tell(fault)
    return found


def chosen(kind: str, name: str, built_in: Collection[str]) -> Plugin | None:
    """The plugin of a name; None where there is none.

    Raises:
        PluginError: the name is taken.
    """
    plugin = next((plugin for plugin in registered(kind) if plugin.name == name), None)
    if plugin is not None and (fault := _clash(plugin, built_in)) is not None:
        raise fault
    return plugin


def _clash(plugin: Plugin, built_in: Collection[str]) -> PluginError | None:
    """Why a plugin cannot bear its name; None where it can."""
    if plugin.name in built_in:
        return plugin.fault("bears a name that claimgauge has itself, and is left out")
    others = [other.origin for other in registered(plugin.kind) if other.name == plugin.name and other != plugin]
    return plugin.fault(f"bears the name of one of {', '.join(others)}, and both are left out") if others else None


def usable(plugin: Plugin, use: Callable[[Plugin], Result]) -> Result | None:
    """The result of using a plugin; None, and a line on stderr, if it cannot be used."""
    try:
        return use(plugin)
    except PluginError as error:
        tell(error)
        return None


@cache
def _told(message: str) -> None:
    import logging

    logging.getLogger("claimgauge").warning("note: %s", message)


def tell(error: PluginError) -> None:
    """Says on stderr what is wrong, once."""
    _told(str(error))
