"""Where claims without a verdict are lost: by the form their words ask for, and by the stage that stops them."""

from __future__ import annotations

from collections import Counter

from claims.tables.names import names_of
from claims.tables.sentences import clauses, statements
from claims.tables.table import Table
from claims.tables.tokens import context_words, tokens_of

FORMS = {
    "superlative": ("best", "worst", "highest", "lowest", "peaks"),
    "comparison": ("better-than", "worse-than", "better", "worse", "higher", "lower", "easier", "harder", "faster",
                   "slower"),
    "gap": ("gap",),
    "equivalence": ("same",),
    "effect or change": ("helps", "hurts", "rises", "falls"),
    "correlation": ("correlates",),
}  # fmt: skip

STAGES = {
    "linking: a name, place, measure or condition that the table does not know": ("no name", ": not in the table"),
    "linking: against what, or which of several, is not said": (
        "against what", "is not said", "no line of the table in common",
    ),
    "definition: cells disagree, and how many must agree is not said": ("mixed",),
    "definition: significance, or what a printed change stands for": ("significance", "prints what removing"),
    "form: no form weighs all of it": ("no form", "not weighed", "unknown"),
    "form: states nothing of the table's numbers": ("states nothing",),
}  # fmt: skip


def form_of(claim: str, table: Table) -> str:
    """The form that the words of a claim ask for, the first that any clause asks for in the order of `FORMS`."""
    names, context = names_of(table), context_words(table.caption, table.heads)
    found = {
        token.kind
        for statement in statements(claim)
        for clause in clauses(tokens_of(statement.text, names, context))
        for token in clause
    }
    asked = next((form for form, kinds in FORMS.items() if found & set(kinds)), "")
    return asked or ("value" if "number" in found else "no relation and no number")


def stage_of(why: str) -> str:
    """The stage at which a claim was given up, by the reason its verdict shows."""
    return next((stage for stage, marks in STAGES.items() if any(mark in why for mark in marks)), "certainty too low")


def print_losses(lost: list[tuple[str, str]]) -> None:
    """Counts of (form, reason) pairs, a row for every stage and a column for every form."""
    counts = Counter((stage_of(why), form) for form, why in lost)
    columns = [form for form, _ in Counter(form for form, _ in lost).most_common()]
    print(f"\nwithout a verdict: {len(lost)}")
    print(f"| stage | all | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 2)}")
    for stage, n in Counter(stage_of(why) for _, why in lost).most_common():
        print(f"| {stage} | {n} | {' | '.join(str(counts[stage, form]) for form in columns)} |")
