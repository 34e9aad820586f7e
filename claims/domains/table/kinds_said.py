"""Phrases that name a kind of thing in a table and not which of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables.runs import numbers_runs
from claims.domains.table.names import NameIndex
from claims.domains.table.naming import heads_systems
from claims.domains.table.numbered import holds_numbers
from claims.domains.table.phrase import Phrase
from claims.domains.table.roles import of_settings
from claims.domains.table.words import canonical
from claims.language.chart import ParseNode
from claims.language.tokens import Token


def is_any_kind(index: NameIndex, phrase: Phrase) -> bool:
    """True if a phrase is a kind of thing and says not which: "the model", "the baseline"."""
    if phrase.named or phrase.quantifier or phrase.other or phrase.heads:
        return False
    return names_systems(index, phrase)


def is_a_number(index: NameIndex, phrase: Phrase) -> bool:
    """True if a phrase is a column of numbers that labels rows: "the N of A" is none of A's other cells."""
    return not phrase.named and any(holds_numbers(index.lines, axis, level) for axis, level in phrase.kinds)


def is_numbered(index: NameIndex, phrase: Phrase) -> bool:
    """True if the lines below a header that a phrase names are numbers, or runs."""
    table = index.lines.table
    headers = [(table.row_levels if axis == "row" else table.column_levels)[level] for axis, level in phrase.kinds]
    return is_a_number(index, phrase) or any(map(numbers_runs, headers))


def is_the_model(index: NameIndex, phrase: Phrase) -> bool:
    """True if a phrase is the one system that a table of settings is of: "with L = 4, the model …"."""
    if not is_any_kind(index, phrase) or phrase.plural or "rival" in phrase.nouns or phrase.kinds or phrase.caption:
        return False
    return of_settings(index.lines.table)


def is_a_narrower_kind(index: NameIndex, tokens: Sequence[Token], node: ParseNode) -> bool:
    """True if a counted noun has another noun before it that the caption does not have: "every graph network"."""
    heads = [unit.first("head") for unit in node.find("unit")][:-1]
    told = (head for head in heads if head is not None and head.value["noun"] != "rival")
    return any(canonical(tokens[head.end - 1].folded) not in index.forms.caption for head in told)


def names_systems(index: NameIndex, phrase: Phrase) -> bool:
    """True if a phrase names the table's systems by their header or by a noun."""
    headed = any(heads_systems(index, axis, level) for axis, level in phrase.kinds)
    return headed or bool({"system", "rival"} & set(phrase.nouns))
