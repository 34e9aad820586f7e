"""Every command that a page shows is one that the program takes: its options exist and its arguments are enough."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest
from command import ROOT

from claimgauge.cli import cli
from claimgauge.moved import MovedOption

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`(claimgauge [a-z][^`\n]*)`(?!`)")
ENDS = re.compile(r"\s+#\s.*|\s(?:&&|>|<|;).*")
COMMAND = re.compile(r"claimgauge [a-z]+( |$)")
PATTERN = ("…", "...", "|", "NAME", "DIR", "FIGURE", "QUESTION")
"""Signs of a pattern rather than a command, such as `analyze distance|cost …`."""


def pages() -> Iterator[tuple[str, str]]:
    """(name, text) of every page but the one made from the help texts, and that of plugins, whose tests run its own."""
    for page in PAGES:
        if page.name not in {"commands.md", "plugins.md"}:
            yield page.relative_to(ROOT).as_posix(), page.read_text(encoding="utf-8")


def commands(shown: list[str]) -> list[str]:
    """The lines that are commands, without what the shell makes of their ends."""
    lines = [line.strip().removeprefix("$ ") for line in shown]
    return [ENDS.sub("", line) for line in lines if COMMAND.match(line) and not any(sign in line for sign in PATTERN)]


def in_blocks(text: str) -> list[str]:
    return [line for block in BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]


def in_spans(text: str) -> list[str]:
    return SPAN.findall(BLOCK.sub("", text))


WHOLE = sorted({(page, line) for page, text in pages() for line in commands(in_blocks(text))})
NAMED = sorted({(page, line) for page, text in pages() for line in commands(in_spans(text))})


def resolved(group: click.Group, context: click.Context, words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that is meant and what stands behind its name."""
    _, command, rest = group.resolve_command(context, words)
    assert command is not None
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        return resolved(command, context, rest)
    return command, rest


def taken(line: str, *, whole: bool) -> None:
    """Parses a command as the program would; runs and converts nothing."""
    with click.Context(cli, info_name="claimgauge") as context:
        command, words = resolved(cli, context, shlex.split(line)[1:])
    with click.Context(command) as context:
        given, rest, _ = command.make_parser(context).parse_args(words)
    for parameter in command.params:
        value = given.get(str(parameter.name))
        if isinstance(parameter.type, click.Choice) and isinstance(value, str):
            parameter.type.convert(value, parameter, None)
        if whole and "help" not in given and parameter.required:
            assert value not in (None, ()), f"{parameter.name} is missing"
    assert not rest or isinstance(command, click.Group), f"{rest} is too much"


@pytest.mark.parametrize(("page", "line"), WHOLE, ids=[f"{page}: {line}" for page, line in WHOLE])
def test_a_command_of_a_block_is_taken(page: str, line: str) -> None:
    try:
        taken(line, whole=True)
    except click.UsageError as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")


@pytest.mark.parametrize(("page", "line"), NAMED, ids=[f"{page}: {line}" for page, line in NAMED])
def test_a_command_named_in_a_sentence_exists_with_its_options(page: str, line: str) -> None:
    try:
        taken(line, whole=False)
    except click.UsageError as error:
        unfinished = isinstance(error, click.BadOptionUsage) and "requires an argument" in error.message
        if not unfinished:
            pytest.fail(f"{page}: {line}: {error.format_message()}")


def shown_commands(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """(name, command) of every command that is no group."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for inner in command.list_commands(context):
        found = command.get_command(context, inner)
        assert found is not None
        yield from shown_commands(found, f"{name} {inner}".strip())


def test_every_option_that_help_shows_stands_in_an_example() -> None:
    every = dict(shown_commands(cli))
    helps = [line for command in every.values() for line in str(command.help).replace("\\\n", " ").splitlines()]
    lines = [*helps, *(line for _, text in pages() for line in (*in_blocks(text), *in_spans(text)))]
    examples = [line.strip().removeprefix("$ ") for line in lines]
    missing = []
    for name, command in every.items():
        group = name.partition(" ")[0]  # an option that commands of a group share is shown once
        said = " ".join(line for line in examples if f"claimgauge {group} " in f"{line} ")
        words = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", said))
        for option in command.params:
            shown = isinstance(option, click.Option) and not option.hidden
            if shown and not words & {*option.opts, *option.secondary_opts}:
                missing.append(f"{name} {option.opts[0]}")
    assert missing == [], "\n".join(missing)


YAML_OPTIONS = re.compile(r"(?:options: |args: \[|such as )((?:--[a-z][^\n\]]*))")
"""Options of `verify` in the settings of GitHub Actions and pre-commit."""


def test_no_page_shows_an_option_that_moved() -> None:
    every = dict(shown_commands(cli))
    moved = {name: [o for p in c.params if isinstance(p, MovedOption) for o in p.opts] for name, c in every.items()}
    settings = [("action.yml", (ROOT / "action.yml").read_text(encoding="utf-8"))]
    found = []
    for page, text in [*pages(), *settings]:
        lines = [*in_blocks(text), *in_spans(text)]
        lines += [f"claimgauge verify {said}" for said in YAML_OPTIONS.findall(text.replace(",", " "))]
        for line in (line.strip().removeprefix("$ ") for line in lines):
            name = next((name for name in every if f"{line} ".startswith(f"claimgauge {name} ")), "")
            words = {word.rstrip(".") for word in ENDS.sub("", line).split()}
            found += [f"{page}: {line}: {option}" for option in moved.get(name, ()) if option in words]
    assert found == [], "\n".join(found)


def test_verify_asks_for_reports_and_at_most_eight_options() -> None:
    shown = [p for p in dict(shown_commands(cli))["verify"].params if not getattr(p, "hidden", False)]
    assert [p.name for p in shown if isinstance(p, click.Argument)] == ["reports"]
    assert len(shown) <= 9
