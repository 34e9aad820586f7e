"""Sentences that say the same are read to the same assertion; sentences that do not, are not.

`paraphrases.json` holds, for each claim: `same` (paraphrases that must be read alike), `beyond`
(paraphrases that are not understood and must say so) and `different` (near misses).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.domains.registry.claim import read_claim
from claims.notation import parse_assertion
from claims.rewriting import bare

CLAIMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "paraphrases.json").read_text(encoding="utf-8"))


def understood(sentence: str) -> str | None:
    """The assertion of a sentence that has one reading; None of one that is not read."""
    reading = read_claim(sentence)
    agreed = {bare(rival) for rival in reading.rivals} <= {reading.assertion}
    return str(reading.assertion) if reading.complete and agreed else None


@pytest.mark.parametrize("entry", CLAIMS, ids=lambda entry: entry["claim"][:60])
def test_the_paraphrases_of_a_claim_read_to_its_assertion(entry: dict[str, Any]) -> None:
    assert understood(entry["claim"]) == entry["assertion"]
    assert {s: understood(s) for s in entry["same"]} == dict.fromkeys(entry["same"], entry["assertion"])


@pytest.mark.parametrize("entry", CLAIMS, ids=lambda entry: entry["claim"][:60])
def test_no_near_miss_is_read_as_the_claim(entry: dict[str, Any]) -> None:
    assert [s for s in entry["different"] if understood(s) == entry["assertion"]] == []


def test_a_paraphrase_that_is_not_understood_says_so_instead_of_guessing() -> None:
    beyond = [s for entry in CLAIMS for s in entry["beyond"]]
    assert [s for s in beyond if read_claim(s).complete] == []


def test_every_reading_is_a_well_formed_assertion() -> None:
    for entry in CLAIMS:
        assert str(parse_assertion(entry["assertion"])) == entry["assertion"]
