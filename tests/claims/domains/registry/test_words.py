"""The grammar and the words of transfer claims fit each other."""

from __future__ import annotations

from claims.domains.registry.names import SYMBOLS
from claims.domains.registry.words import expanded, plural, transfer_grammar, transfer_lexicon
from claims.language.lexicon import lexicon

NAMED = {*SYMBOLS.values(), "FAMILY", "NUM", "CITE"}


def classes() -> set[str]:
    """Classes of all words."""
    return {lexeme.symbol for lexemes in transfer_lexicon().by_first.values() for lexeme in lexemes}


def test_every_terminal_of_the_grammar_has_a_word_or_a_name() -> None:
    terminals = {s for s in transfer_grammar().symbols() if not s.startswith('"')}
    assert terminals - classes() - NAMED == set()


def test_no_class_of_words_is_called_like_a_rule() -> None:
    assert not {entry["class"] for entry in transfer_lexicon().entries if entry not in lexicon().entries} & set(
        transfer_grammar().rules
    )


def test_no_class_of_transfer_words_adds_to_a_common_class() -> None:
    common = {entry["class"] for entry in lexicon().entries}
    own = transfer_lexicon().entries[len(lexicon().entries) :]
    assert {entry["class"] for entry in own} & common == set()


def test_every_rule_can_be_reached() -> None:
    rules = transfer_grammar().rules
    reached, todo = set(), ["sentence"]
    while todo:
        name = todo.pop()
        if name in rules and name not in reached:
            reached.add(name)
            todo += [item.symbol for side in rules[name] for item in side]
    assert set(rules) == reached


def test_a_noun_gets_its_plural_and_a_hyphen_may_be_a_blank() -> None:
    entry = expanded({"class": "x", "inflect": "noun", "forms": ["target-task", "quality"]})
    assert entry["forms"] == ["target-task", "target task", "quality", "target-tasks", "target tasks", "qualities"]
    assert "inflect" not in entry
    assert [plural(n) for n in ("loss", "boost", "corpus")] == ["losses", "boosts", "corpora"]
