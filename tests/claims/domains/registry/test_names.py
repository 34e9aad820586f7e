"""Names of the vocabulary: every spelling links, and nothing that only looks like one does."""

from __future__ import annotations

import pytest

from analysis.registry.vocabulary import vocabulary
from claims.domains.registry.names import MOST_TOKENS, names_of
from claims.language.tokens import tokens_of

NAMES = names_of(vocabulary())


def linked(text: str) -> set[tuple[str, str]]:
    """Class and id of the names in a text."""
    return {(edge.symbol, edge.value) for edge in NAMES.edges(tokens_of(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("XLM-R Large", ("MODEL", "xlm-r-large")),
        ("xlm-roberta-large", ("MODEL", "xlm-r-large")),
        ("XLM-R (large)", ("MODEL", "xlm-r-large")),
        ("TyDiQA", ("TARGET", "tydiqa")),
        ("tydiqa-goldp", ("TARGET", "tydiqa")),
        ("SQuAD v2.0", ("RUN", "squad2")),
        ("ANLI+", ("RUN", "anli+")),
        ("F1", ("METRIC", "f1")),
        ("Swahili", ("LANG", "sw")),
        ("multi-task training", ("MULTI", "multi")),
        ("XTREME-R", ("BENCH", "xtreme-r")),
        ("Indo-European", ("FAMILY", "Indo-European")),
    ],
)
def test_a_spelling_links_to_its_entry(text: str, name: tuple[str, str]) -> None:
    assert linked(text) == {name}


@pytest.mark.parametrize("text", ["XNLIx", "mBERT2", "xANLI", "sw", "improves", "", "MN LIs"])
def test_a_text_that_is_no_spelling_links_to_nothing(text: str) -> None:
    assert linked(text) == set()


def test_a_longer_name_hides_the_shorter_one_of_its_class() -> None:
    assert linked("XLM-R Base") == {("MODEL", "xlm-r-base")}
    assert ("BENCH", "xtreme") not in linked("XTREME-R")


def test_every_spelling_of_every_task_links_to_it() -> None:
    for category, symbol in (("intermediate", "RUN"), ("target", "TARGET"), ("model", "MODEL")):
        for entry in vocabulary()[category].values():
            for spelling in entry.spellings:
                if len(tokens_of(spelling)) <= MOST_TOKENS:
                    assert (symbol, entry.id) in linked(spelling), spelling


def test_of_a_shared_name_each_bearer_can_be_chosen() -> None:
    tokens = tokens_of("SQuAD")
    assert [e.value for e in NAMES.edges(tokens)] == ["squad2"]
    assert [e.value for e in NAMES.edges(tokens, 1)] == ["squad1"]
    assert [e.value for e in NAMES.edges(tokens, 2)] == ["squad"]
    assert NAMES.shared(tokens) == 3
