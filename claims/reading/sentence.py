"""A sentence read: its assertion, the readings beside it, and the words that were not understood.

The way: link names (`claims.reading.linking`), make terminals (`claims.reading.phrasing`), part into clauses
(`claims.reading.parsing`), build formulas (`claims.reading.builders`). All partings are tried. A reading counts
only when every token changed what was read or is licensed by its place to say nothing (`claims.reading.neutral`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.vocabulary import Vocabulary, vocabulary
from claims.assertion import Formula, Quantified
from claims.reading.attempts import Attempt, best_attempts, variants, whole
from claims.reading.axes import join_axes
from claims.reading.confirmed import unconfirmed
from claims.reading.linking import Token, link
from claims.reading.neutral import licences
from claims.reading.phrasing import Phrased, phrased
from claims.reading.vetoes import vetoed
from claims.report import Cut
from claims.rewriting import canonical, nodes


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says.

    Attributes:
        assertion: the main statement; None where none was read.
        asides: statements that stand beside it (a reason, an apposition).
        alternatives: what it would say if a shared name stood for its other bearer.
        rivals: readings that are just as good; a verdict needs all of them to agree.
        unread: words that link to nothing; they withhold a verdict.
        left: phrases that no part of the best reading used; they withhold a verdict.
        tokens: the linked words, for explanations.
        time_bound: the sentence speaks of a "now".
        passed: words passed over, each with the rule that licenses it where it stands.
    """

    assertion: Formula | None
    asides: tuple[Formula, ...] = ()
    alternatives: tuple[Formula, ...] = ()
    rivals: tuple[Formula, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    time_bound: bool = False
    passed: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every word was understood and used."""
        return self.assertion is not None and not self.unread and not self.left


def read(sentence: str, *, cut: Cut = "no", words: Vocabulary | None = None) -> Reading:
    """Reads one claim.

    Args:
        sentence: the claim's text.
        cut: whether it is cut off, and how (see `claims.reading.linking.link`).
        words: the vocabulary; the built-in one by default.
    """
    return _read(sentence, cut, words or vocabulary())


@lru_cache(maxsize=4096)
def _read(sentence: str, cut: Cut, words: Vocabulary) -> Reading:
    tokens = link(sentence, cut=cut, words=words)
    joined = join_axes(tokens)
    made = phrased(joined)
    passed = licences(joined, made.silent, cut=cut != "no")
    time_bound = any(t.kind in {"TIMEBOUND", "SOTA"} for t in tokens)
    unlicensed = [*(i for i in made.silent if i not in passed), *vetoed(joined), *unconfirmed(sentence, joined)]
    best = best_attempts(made.terminals(), words)
    if not unlicensed and best and not best[0].left:
        unlicensed = [i for i in made.read if i not in passed and _idle(made, i, best, words)]
    unread = tuple(joined[i].text for i in unlicensed)
    if not best:
        return Reading(None, unread=unread, tokens=tokens, time_bound=time_bound)
    attempt = best[0]
    assertion = whole(attempt.main)
    rivals = [whole(a.main) for a in best[1:]] + [whole(main) for main in attempt.rivals]
    others = [whole(a.main) for variant in variants(made.terminals()) for a in best_attempts(variant, words)[:1]]
    return Reading(
        assertion,
        tuple(canonical(f) for f in attempt.asides),
        _distinct(others, assertion),
        _distinct(rivals, assertion),
        unread,
        (*attempt.left, *_languages_held(tokens, assertion)),
        tokens,
        time_bound,
        tuple((joined[i].text, passed[i]) for i in sorted(passed)),
    )


def _idle(made: Phrased, place: int, best: Sequence[Attempt], words: Vocabulary) -> bool:
    """Whether the sentence says the same without a token that was read: then it was read for nothing."""
    without = best_attempts(made.terminals(without=place), words)
    return [a.said for a in without] == [a.said for a in best]


def _languages_held(tokens: Sequence[Token], assertion: Formula | None) -> tuple[str, ...]:
    """As in "XNLI has 15 languages and is improved by A": a number of languages the target has, not gains in."""
    held = any(
        (a.kind, b.kind, c.kind) in {("CONTAIN", "NUMBER", "LANG"), ("COVER", "NUMBER", "LANG")}
        for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
    over = any(isinstance(n, Quantified) and n.domain.base == "languages" for n in nodes(assertion))
    return ("languages",) if held and over else ()


def _distinct(formulas: Sequence[Formula | None], known: Formula | None) -> tuple[Formula, ...]:
    return tuple(dict.fromkeys(f for f in formulas if f is not None and f != known))
