"""Languages of the world: every spelling of one meets, and what no source states is missing."""

from __future__ import annotations

import pytest

from analysis.registry.languages import STATISTICS, code_named, entry_of, tag_of, world
from analysis.registry.vocabulary import vocabulary
from analysis.results.result_names import surely_language

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("spellings", "met"),
    [
        (("de", "deu", "ger", "German", "deu_Latn", "de-DE", "DE"), "de"),
        (("zh", "zho", "cmn", "zh-CN", "zho_Hans", "zh-Hans-CN", "Chinese"), "zh"),
        (("zh-TW", "zho_Hant", "zh-Hant"), "zh-Hant"),
        (("ar", "arb", "arb_Arab", "Arabic"), "ar"),
        (("pt", "pt-BR", "pt_br", "por"), "pt"),
        (("pt-PT",), "pt-PT"),
        (("no", "nor", "Norwegian"), "no"),
        (("am", "amh", "amh_Ethi", "Amharic"), "am"),
        (("ne", "npi", "npi_Deva", "Nepali"), "ne"),
        (("sr", "srp_Cyrl"), "sr"),
        (("sr-Latn",), "sr-Latn"),
        (("ko", "kor_Hang"), "ko"),
        (("sl", "slovene", "Slovenian"), "sl"),
    ],
)
def test_spellings_of_a_language_meet_and_other_scripts_and_regions_stay_apart(
    spellings: tuple[str, ...], met: str
) -> None:
    assert {getattr(WORDS.any_language(spelling), "id", None) for spelling in spellings} == {met}


@pytest.mark.parametrize(
    "text", ["xx", "all", "std", "es-en", "en-de", "en-xx", "MNLI", "score", "", "ber-Tfng", "mean"]
)
def test_what_is_no_language_is_none(text: str) -> None:
    assert WORDS.any_language(text) is None


@pytest.mark.parametrize(
    ("label", "is_one"), [("no", True), ("am", True), ("Amharic", True), ("NB", False), ("law", False)]
)
def test_among_other_words_an_abbreviation_is_no_language(label: str, is_one: bool) -> None:
    assert surely_language(WORDS, label) == is_one


def test_every_code_and_name_of_the_table_leads_to_one_language_that_leads_to_itself() -> None:
    table = world()
    assert len(table.rows) > 7500
    for code, row in table.rows.items():
        for spelling in (code, row["iso639_3"], *row["other_codes"].split()):
            tag = tag_of(f"{spelling}-Zzzz" if spelling in STATISTICS else spelling)
            assert tag is not None
            assert tag_of(tag.id) == tag
        named = code_named(row["name"])
        assert named in table.rows


def test_the_table_agrees_with_the_vocabulary_where_both_state_something() -> None:
    known = {code: e.facts for code, e in WORDS["language"].items() if not e.facts.get("synthetic")}
    for fact in ("iso639_3", "family", "script"):
        assert {code: facts[fact] for code, facts in known.items()} == {
            code: entry_of(code).facts[fact] for code in known
        }
    other = {code for code, facts in known.items() if facts["branch"] != entry_of(code).facts["branch"]}
    assert other == {"hu", "te"}


def test_a_language_has_family_branch_and_script_where_a_source_states_them_and_none_otherwise() -> None:
    amharic, esperanto, signed = (entry_of(code).facts for code in ("am", "eo", "ase"))
    assert (amharic["family"], amharic["branch"], amharic["script"]) == ("Afro-Asiatic", "Semitic", "Ethi")
    assert "family" not in esperanto
    assert esperanto["script"] == "Latn"
    assert "family" not in signed
    assert WORDS.family("eo") == WORDS.family("xx") == ""
    assert entry_of("nb").facts["macrolanguage"] == "no"


def test_a_variety_has_the_facts_of_its_language_and_its_own_script() -> None:
    found = WORDS.any_language("sr_Latn")
    assert found is not None
    assert (found.name, found.facts["variety_of"]) == ("Serbian (Latn)", "sr")
    assert (found.facts["script"], found.facts["branch"]) == ("Latn", "Slavic")
