"""A recogniser that reads letter by letter, and the tokens of a tokenizer that keep a text within a grammar.

A grammar is data: rule → alternatives, each a sequence of rules and of texts that stand as they are.
Where a text stands in it is the set of all ways to go on: stacks of what is still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Grammar: TypeAlias = Mapping[str, Sequence[Sequence[str]]]
Stack: TypeAlias = tuple[str, ...]
State: TypeAlias = frozenset[Stack]
"""Every way to go on; the empty stack is the end. No way at all: the text has left the grammar."""

END: Stack = ()


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Follows texts through a grammar; steps once made are kept.

    Attributes:
        grammar: without a rule that begins with itself. start: its first rule.
    """

    grammar: Grammar
    start: str
    _steps: dict[tuple[State, str], State] = field(default_factory=dict, repr=False)

    def begin(self) -> State:
        """Before the first letter."""
        return frozenset(self._opened((self.start,)))

    def after(self, state: State, text: str) -> State:
        """Where a text leads; empty where it leaves the grammar."""
        for letter in text:
            if not state:
                break
            state = self._step(state, letter)
        return state

    def letters(self, state: State) -> frozenset[str]:
        """The letters that may come next."""
        return frozenset(stack[0][0] for stack in state if stack)

    def _step(self, state: State, letter: str) -> State:
        known = self._steps.get((state, letter))
        if known is None:
            known = frozenset(
                opened
                for stack in state
                if stack and stack[0][0] == letter
                for opened in self._opened((stack[0][1:], *stack[1:]))
            )
            self._steps[state, letter] = known
        return known

    def _opened(self, stack: Stack) -> Iterator[Stack]:
        """The stacks of a stack that begin with a letter, or are at the end."""
        if not stack:
            yield END
        elif stack[0] in self.grammar:
            for alternative in self.grammar[stack[0]]:
                yield from self._opened((*alternative, *stack[1:]))
        elif stack[0]:
            yield stack
        else:
            yield from self._opened(stack[1:])


@dataclass(slots=True)
class _Branch:
    """Tokens by their letters.

    Attributes:
        ends: tokens whose text ends here. then: letter → branch.
    """

    ends: list[int] = field(default_factory=list)
    then: dict[str, _Branch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TokenTree:
    """The tokens of a vocabulary by what each adds, in bytes (see `runners.token_bytes`).

    Attributes:
        texts: token → bytes. root: the same as a tree.
    """

    texts: Mapping[int, str]
    root: _Branch

    def allowed(self, recogniser: Recogniser, state: State) -> dict[int, State]:
        """Tokens that keep a text within a grammar, with where each leads."""
        found: dict[int, State] = {}
        open_: list[tuple[_Branch, State]] = [(self.root, state)]
        while open_:
            branch, here = open_.pop()
            found.update(dict.fromkeys(branch.ends, here))
            letters = recogniser.letters(here) & branch.then.keys()
            open_.extend((branch.then[letter], recogniser.after(here, letter)) for letter in letters)
        return found

    def writes(self, letter: str) -> bool:
        """Whether a letter can be written by itself, as one token or byte by byte, so that any text of such can be."""
        added = letter.encode().decode("latin-1")
        return self._holds(added) or all(map(self._holds, added))

    def _holds(self, text: str) -> bool:
        branch: _Branch | None = self.root
        for letter in text:
            branch = branch.then.get(letter) if branch is not None else None
        return branch is not None and bool(branch.ends)


def token_tree(texts: Mapping[int, str]) -> TokenTree:
    """The tree of tokens.

    Args:
        texts: token → the text it adds; tokens without one are left out.
    """
    kept = {token: text for token, text in texts.items() if text}
    root = _Branch()
    for token, text in kept.items():
        branch = root
        for letter in text:
            branch = branch.then.setdefault(letter, _Branch())
        branch.ends.append(token)
    return TokenTree(kept, root)


def in_bytes(grammar: Grammar) -> Grammar:
    """A grammar over the bytes of its texts, each written as one of the letters U+0000 to U+00FF."""
    return {
        rule: [[part if part in grammar else part.encode().decode("latin-1") for part in one] for one in alternatives]
        for rule, alternatives in grammar.items()
    }


def writable(grammar: Grammar, writes: Callable[[str], bool]) -> Grammar:
    """A grammar without what cannot be written.

    Args:
        grammar: see `Recogniser`.
        writes: whether a letter can be; alternatives with another one go, and so do those whose rule has none left.
    """
    letters = {letter for one in grammar.values() for parts in one for part in parts for letter in part}
    known = frozenset(filter(writes, letters))
    rules = grammar
    while True:
        kept = {
            rule: [one for one in alternatives if all(_stands(part, rules, known) for part in one)]
            for rule, alternatives in rules.items()
        }
        if sum(map(len, kept.values())) == sum(map(len, rules.values())):
            return kept
        rules = kept


def _stands(part: str, rules: Grammar, letters: frozenset[str]) -> bool:
    return bool(rules[part]) if part in rules else letters.issuperset(part)
