"""Arguments of the Python interface: held against their annotations, and errors that speak of arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from analysis.arguments import checked_value
from analysis.errors import ClaimgaugeError, InputError, unreachable
from analysis.registry.chosen_names import no_such

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def checked(call: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The call, that refuses values its annotations do not take before it begins, in words of Python.

    An argument that a call lacks, or does not know, is Python's own TypeError, as of any function.
    """
    signature = inspect.signature(call)

    @wraps(call)
    def calling(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            parameter = signature.parameters[name]
            if parameter.kind is not parameter.VAR_KEYWORD:
                checked_value(name, parameter.annotation, value)
        try:
            return call(*args, **kwargs)
        except ClaimgaugeError as error:
            raise said_in_python(error) from error.__cause__
        except OSError as error:
            raise unreachable(error) from error

    return calling


def said_in_python(error: ClaimgaugeError) -> ClaimgaugeError:
    """The error, which asks for arguments where it asked for options of the command line."""
    from analysis.importers.frames import of_python

    if isinstance(error, InputError):
        return type(error)(error.where, [of_python(fault) for fault in error.faults])
    text = of_python(str(error))
    return error if text == str(error) else type(error)(text)


def check_options(call: Callable[..., object], given: Mapping[str, object], what: str) -> None:
    """Refuses options that a function does not take.

    Raises:
        UsageError: names the option, or the value, and what there is.
    """
    parameters = inspect.signature(call).parameters
    known = {name: p.annotation for name, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    takes_more = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    for name, value in given.items():
        if name in known:
            checked_value(name, known[name], value)
        elif not takes_more:
            raise no_such(f"option of {what}", name, list(known))
