"""The command line: one lazily imported module per command, one way to fail."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from claimgauge import __version__
from claimgauge.config import FILE, applied, defaults, map_of, naming_file

COMMANDS = {
    "verify": "Check reports against published and measured results.",
    "check": "Check one claim against tables of results.",
    "explain": "Show how one claim is read, checked and decided.",
    "settle": "Write the plan that would settle a claim.",
    "run": "Run an experiment plan into the results table.",
    "model": "Write a pretrained encoder from a Python package as a Hugging Face folder.",
    "translate": "Make machine-translated training data for a plan.",
    "import": "Turn result files of others into a results table.",
    "analyze": "Ask a question of results: distance, cost, hierarchy, order, sources, power, compare, ranking.",
    "plot": "Draw a figure of results or verdicts.",
    "sources": "Keep papers as sources: add, list, search and show them.",
    "audit": "Show where a paper, or a published study, contradicts itself.",
    "serve": "Serve a page on this machine to paste claims and reports into.",
    "demo": "Run a small experiment here and check the example report with it.",
    "diff": "Compare two verdicts.json files.",
    "ls": "List tasks, their kinds, languages, models, metrics, definitions, findings, studies, runs.",
    "template": "Write an empty file to fill in: results, assertions, definitions, report.",
    "doctor": "Check this installation.",
}
"""Command → its one-line help, kept here so that `--help` imports nothing else."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command's module is imported here."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"claimgauge.commands.{module}").command
        assert isinstance(command, click.Command)
        file, tables = ("", {}) if ctx.params.get("no_config") else defaults(ctx.params.get("config"), COMMANDS)
        if cmd_name not in tables:
            return command
        ctx.meta[FILE] = file
        ctx.default_map = {cmd_name: map_of(command, tables[cmd_name], file, cmd_name)}
        return applied(command, tables[cmd_name], file, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """A value that a command cannot take is answered with the file it came from."""
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            raise naming_file(error) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--no-config` and `--config FILE` may also stand behind the command."""
        end = args.index("--") if "--" in args else len(args)
        said, rest = args[:end], args[end:]
        if "--no-config" in said:
            said = ["--no-config", *(word for word in said if word != "--no-config")]
        if "--config" in said[:-1]:
            at = said.index("--config")
            said = [*said[at : at + 2], *said[:at], *said[at + 2 :]]
        return super().parse_args(ctx, [*said, *rest])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An unknown command is answered with the nearest one."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {name!r}.{hint} Commands: {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The one-line helps, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="claimgauge")
@click.option(
    "--no-config",
    is_flag=True,
    envvar="CLAIMGAUGE_NO_CONFIG",
    help="Leave claimgauge.toml and pyproject.toml of the working folder out.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read this file in place of claimgauge.toml.",
)
def cli(no_config: bool, config: Path | None) -> None:
    """Check what reports claim about model results against what was measured.

    \b
    Example:
      claimgauge verify report.md --results my_runs.csv --out out

    Exit codes: 0 fine; 1 verdicts fail --fail-on; 2 usage; 3 unreadable or inconsistent input;
    4 missing data or model; 5 internal.
    """


def run() -> None:
    """Runs the command line and turns every fault into one message and an exit code."""
    try:
        status = cli(standalone_mode=False, prog_name="claimgauge")
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        sys.exit(_failed(error))


def _failed(error: Exception) -> int:
    from analysis.errors import ClaimgaugeError, unreachable
    from analysis.files.escapes import escaped, escaped_lines

    if isinstance(error, ClaimgaugeError):
        click.echo(f"claimgauge: {escaped_lines(str(error))}", err=True)
        return error.exit_code
    if isinstance(error, OSError) and (error.errno == errno.ENOSPC or error.filename is not None):
        return _failed(unreachable(error))
    if os.environ.get("CLAIMGAUGE_DEBUG"):
        traceback.print_exc()
    message = f"claimgauge: internal error ({type(error).__name__}: {escaped(str(error))}); "
    click.echo(message + "set CLAIMGAUGE_DEBUG=1 for the traceback and please report it", err=True)
    return 5
