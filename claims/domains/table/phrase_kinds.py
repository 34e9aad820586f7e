"""Kinds of phrase, told by names and nouns alone: one line, a number, a measure, words of the caption alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.phrase import Group, Phrase, merged
from claims.domains.table.roles import role_of


def one_line(phrase: Phrase) -> bool:
    """True if names leave a single line of an axis: "BERT models" are not the one row BERT."""
    return any(len(c.lines) == 1 for c in phrase.constraints) and not numeric(phrase)


def is_a_step(lines: Lines, phrase: Phrase) -> bool:
    """True if names leave ablations alone: "removing lexical features" is one, whatever the number of features."""
    return all(lines_along(lines.table, c.axis)[i].kind == "ablation" for c in phrase.constraints for i in c.lines)


def counts_its_lines(phrase: Phrase) -> bool:
    """True if names leave as many lines as are counted: "both old models" are two, "every BERT model" several."""
    if not phrase.named or phrase.other or phrase.quantifier not in ("all", "most", "count"):
        return True
    counts = [len(lines) for axis in AXES if (lines := phrase.lines_on(axis)) is not None]
    return phrase.n in counts if phrase.n is not None else max(counts) > 1


def numeric(phrase: Phrase) -> bool:
    """True if a name is a number: "after 2020" is not in 2020."""
    return any(all(not word.isalpha() for word in c.words) for c in phrase.constraints)


def is_origin(lines: Lines, phrase: Phrase) -> bool:
    """True if a phrase names an origin that is no source or target of training: "a message from worker 3".

    Not where a name stands on both axes, as in a table of sources and targets.
    """
    axes = {c.axis for c in phrase.constraints if c.whole}
    plain = len(axes) == 1 == len(phrase.constraints) and not lines.share_names
    return plain and role_of(lines, axes.pop()) not in ("system", "place", "measure")


def has_measure(phrase: Phrase) -> bool:
    """True if a phrase names a line and a measure at once: "A's accuracy"."""
    return phrase.named and (phrase.heads or "measure" in phrase.nouns)


def is_said_aside(phrase: Phrase) -> bool:
    """True if a phrase is only words of the caption, and not those of the table's measure."""
    return phrase.caption and not (phrase.named or phrase.heads or phrase.nouns or phrase.kinds)


def may_be_measured(phrase: Phrase) -> bool:
    """True if a phrase can name a measure; words of the caption can where they are those of the table's measure."""
    if phrase.named:
        return True
    if phrase.kinds or phrase.quantifier:
        return False
    return not (phrase.caption and not phrase.heads) and not {"system", "place", "rival"} & set(phrase.nouns)


def of_the_kind_beside(ways: Sequence[Phrase]) -> Sequence[Phrase]:
    """Ways in which a name is of the kind that stands beside it, where there are any.

    "Reward SE" is the label SE under the header "Reward", and no column SE.
    """
    headed = [way for way in ways if any(c.whole and (c.axis, c.level) in way.kinds for c in way.constraints)]
    return headed or ways


def listed_rivals(group: Group) -> list[Group]:
    """Listed names of one level as the rivals of a winner, or the lines of one family: "among A, B and C".

    "Among the BERT models" is among all that have BERT in their names. None where they are something else.
    """
    if len(group) == 1 and group[0].plural and _is_plainly_named(group[0]):
        family = len(group[0].constraints) == 1 and not group[0].constraints[0].whole and not one_line(group[0])
        return [(replace(group[0], quantifier="all", among=True),)] if family else []
    listed = [phrase.constraints for phrase in group]
    if len(group) < 2 or not all(len(one) == 1 and _is_plainly_named(p) for one, p in zip(listed, group, strict=True)):
        return []
    first = group[0].constraints[0]
    if any((one.axis, one.level) != (first.axis, first.level) for (one,) in listed):
        return []
    every = replace(first, lines=frozenset().union(*(one.lines for (one,) in listed)))
    score = min(phrase.score for phrase in group)
    return [(Phrase(constraints=(every,), quantifier="all", among=True, score=score),)]


def all_together(group: Group) -> Phrase | None:
    """Listed names of one level as one phrase of all their lines: "only on X and Y"; None where they are not that."""
    if len(group) == 1:
        return group[0]
    own = [phrase.constraints for phrase in group]
    if not all(len(one) == 1 and _is_plainly_named(p) for one, p in zip(own, group, strict=True)):
        return None
    first = group[0].constraints[0]
    if any((one.axis, one.level) != (first.axis, first.level) for (one,) in own):
        return None
    lines = frozenset().union(*(one.lines for (one,) in own))
    return Phrase(constraints=(replace(first, lines=lines),), score=sum(phrase.score for phrase in group))


def one_condition(group: Group) -> Group:
    """Coordinated phrases as one, where each names another level of labels: "with cardinality 15 and reward SE"."""
    levels = [(c.axis, c.level) for phrase in group for c in phrase.constraints]
    apart = len({axis for axis, _ in levels}) == 1 and len(set(levels)) == len(levels) >= len(group)
    if len(group) < 2 or not apart or not all(_is_plainly_named(phrase) for phrase in group):
        return group
    whole = group[0]
    for phrase in group[1:]:
        both = merged(whole, phrase)
        if both is None:
            return group
        whole = both
    return (whole,)


def _is_plainly_named(phrase: Phrase) -> bool:
    """True if a phrase names lines and counts, leaves out or denies nothing."""
    return phrase.named and not (phrase.quantifier or phrase.other or phrase.strict or phrase.denied)
