"""Forms of sentences and their readings: order and voice, numbers, negation, quantifiers, and what is not read."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim


def understood(sentence: str) -> str | None:
    """The assertion of a sentence that is read to the end, else None."""
    reading = read_claim(sentence)
    return str(reading.assertion) if reading.complete else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SQuAD and MNLI improve BUCC.", "MNLI and SQuAD improve BUCC."),
        ("MNLI beats QQP on XNLI.", "QQP is beaten by MNLI on XNLI."),
        ("MNLI beats QQP on XNLI.", "On XNLI, QQP trails MNLI."),
        ("MNLI is 2.1 points better than QQP on XNLI.", "QQP is 2.1 points worse than MNLI on XNLI."),
        ("MNLI and QQP perform comparably on XNLI.", "On XNLI, QQP is on par with MNLI."),
        ("XLM-R Large reaches an accuracy of 79.2 on XNLI.", "On XNLI, the accuracy of XLM-R Large is 79.2."),
        ("MNLI has 392,702 training examples.", "There are 392,702 training examples in MNLI."),
        ("QQP is sourced from Quora.", "Quora is the source of QQP."),
        ("Seven of the nine intermediate tasks improve XNLI.", "7 out of 9 intermediate tasks improve XNLI."),
        ("SQuAD ranks second among the intermediate tasks.", "SQuAD is the second best intermediate task."),
        ("MNLI, SQuAD and HellaSwag are the three best intermediate tasks.", "The top three intermediate tasks are SQuAD, HellaSwag and MNLI."),
    ],
)  # fmt: skip
def test_the_order_and_voice_of_a_sentence_do_not_matter(one: str, other: str) -> None:
    assert understood(one) is not None
    assert understood(one) == understood(other)


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("SQuAD improves TyDiQA by 3 points.", "(= (gain squad2 tydiqa) 3)"),
        ("SQuAD improves TyDiQA by at least 3 points.", "(>= (gain squad2 tydiqa) 3)"),
        ("SQuAD improves TyDiQA by more than 3 points.", "(> (gain squad2 tydiqa) 3)"),
        ("SQuAD improves TyDiQA by about 3 points.", "(about (gain squad2 tydiqa) 3)"),
        ("SQuAD hurts TyDiQA by 3 points.", "(= (gain squad2 tydiqa) -3)"),
        ("SQuAD improves TyDiQA by 3%.", "(= (-% (score squad2 tydiqa) (score none tydiqa)) 3)"),
        ("SQuAD improves all targets except XNLI.", "(all t (targets :without (xnli)) (> (gain squad2 t) 0))"),
        ("SQuAD does not improve XNLI.", "(not (> (gain squad2 xnli) 0))"),
        ("Neither SQuAD nor MNLI improves XNLI.", "(and (not (> (gain mnli xnli) 0)) (not (> (gain squad2 xnli) 0)))"),
        ("Not all intermediate tasks improve XNLI.", "(not (all i intermediates (> (gain i xnli) 0)))"),
        ("No intermediate task improves XNLI.", "(none i intermediates (> (gain i xnli) 0))"),
        ("XNLI does not benefit from any intermediate task.", "(not (any i intermediates (> (gain i xnli) 0)))"),
        ("No task but SQuAD improves XNLI.", "(none i (intermediates :without (squad2)) (> (gain i xnli) 0))"),
        ("No task improves XNLI except SQuAD.", "(none i (intermediates :without (squad2)) (> (gain i xnli) 0))"),
        ("SQuAD has a negative effect on XNLI.", "(< (gain squad2 xnli) 0)"),
        ("With an accuracy of 79.2, SQuAD beats MNLI on XNLI.", "(and (= (score squad2 xnli :metric accuracy) 79.2) (> (gain squad2 xnli :metric accuracy) (gain mnli xnli :metric accuracy)))"),
        ("Among SQuAD, MNLI and QQP, SQuAD is the best intermediate task on BUCC.", "(best squad2 i (mnli qqp squad2) (gain i bucc))"),
        ("MNLI has four times as many training examples as QQP.", "(= (/ (fact mnli train_examples) (fact qqp train_examples)) 4)"),
        ("QQP covers less than half as many languages as MNLI.", "(> (/ (fact mnli n_languages) (fact qqp n_languages)) 2)"),
        ("Only SQuAD improves XNLI.", "(whole (> (gain squad2 xnli) 0) (none i (intermediates :without (squad2)) (> (gain i xnli) 0)))"),
        ("SQuAD is 3 points above the baseline on TyDiQA.", "(= (gain squad2 tydiqa) 3)"),
        ("TyDiQA is 3 points higher with SQuAD intermediate training than without it.", "(= (gain squad2 tydiqa) 3)"),
        ("Compared to direct fine-tuning, SQuAD improves TyDiQA by 3 points.", "(= (gain squad2 tydiqa) 3)"),
        ("SQuAD outperforms XLM-R without intermediate training by 3 points on TyDiQA.", "(= (gain squad2 tydiqa) 3)"),
        ("SQuAD brings one point on TyDiQA.", "(= (gain squad2 tydiqa) 1)"),
        ("SQuAD takes BUCC from 66.0 to 82.6.", "(whole (= (score squad2 bucc) 82.6) (= (score none bucc) 66.0))"),
        ("Multi-task training beats the best single task on BUCC.", "(> (gain multi bucc) (max (gain i bucc) i :over intermediates))"),
        ("The mean score of SQuAD is 73.8.", "(= (mean (score squad2 t) t :over targets) 73.8)"),
        ("SQuAD hurts only XNLI and PAN-X.",
         "(whole (and (< (gain squad2 panx) 0) (< (gain squad2 xnli) 0)) (none t (targets :without (panx xnli)) (< (gain squad2 t) 0)))"),
        ("Most intermediate tasks improve the retrieval tasks.",
         "(most i intermediates (> (mean (gain i t) t :over (targets :kind retrieval)) 0))"),
        (
            "MNLI ranks first on average on XNLI and PAWS-X.",
            "(best mnli i intermediates (mean (gain i t) t :over (pawsx xnli)))",
        ),
        ("SQuAD significantly outperforms MNLI on TyDiQA.", "(significant (> (gain squad2 tydiqa) (gain mnli tydiqa)))"),
        ("SQuAD slightly outperforms MNLI on TyDiQA.", "(small (- (gain squad2 tydiqa) (gain mnli tydiqa)))"),
        ("Intermediate training on MNLI improves XNLI in Swahili.", "(> (gain mnli xnli :language sw) 0)"),
        ("Training on MNLI and then on SQuAD improves XNLI.", "(> (gain mnli>squad2 xnli) 0)"),
        ("XLM-R Large outperforms mBERT on XNLI.", "(> (score none xnli :model xlm-r-large) (score none xnli :model mbert))"),
        ("ANLI+ has about 1.1 million training examples.", "(about (fact anli+ train_examples) 1.1E+6)"),
        ("ANLI+ obtains 65.7 on Tatoeba, 6.2 points above the baseline.",
         "(and (= (gain anli+ tatoeba) 6.2) (= (score anli+ tatoeba) 65.7))"),
        ("CSQA improves BUCC by 3.3 points and Tatoeba by 3.9.", "(and (= (gain csqa bucc) 3.3) (= (gain csqa tatoeba) 3.9))"),
        ("Only four of the nine intermediate tasks improve XNLI.", "(count= 4 i (intermediates :size 9) (> (gain i xnli) 0))"),
        ("MNLI is the best intermediate task on all nine targets.", "(all t (targets :size 9) (best mnli i intermediates (gain i t)))"),
        ("SQuAD 2.0 averages 73.8 over the nine targets.", "(= (mean (score squad2 t) t :over (targets :size 9)) 73.8)"),
        ("HellaSwag is not as good as Cosmos QA on MLQA.", "(> (gain cosmosqa mlqa) (gain hellaswag mlqa))"),
        ("ANLI+ outperforms MNLI on both retrieval targets.",
         "(all t (targets :kind retrieval) (> (gain anli+ t) (gain mnli t)))"),
        ("SQuAD v2.0 helps on all nine targets.", "(all t (targets :size 9) (> (gain squad2 t) 0))"),
        ("Gains are larger on Tatoeba than on BUCC.",
         "(> (mean (gain i tatoeba) i :over intermediates) (mean (gain i bucc) i :over intermediates))"),
    ],
)  # fmt: skip
def test_a_form_is_read_as_written_down(sentence: str, assertion: str) -> None:
    assert understood(sentence) == assertion


@pytest.mark.parametrize(
    "sentence",
    [
        "FooBERT improves XNLI by 3 points.",
        "Intermediate training improves GLUE.",
        "SQuAD may improve XNLI.",
        "Does SQuAD improve XNLI?",
        "SQuAD improves XNLI when adapters are frozen.",
        "SQuAD doubles the accuracy on XNLI.",
        "Chinese intermediate tasks improve XNLI.",
        "SQuAD is interesting.",
        "SQuAD is good, but MNLI is better.",
        "XNLI and PAWS-X are within 0.1 points of each other with SQuAD.",
        "Without MLM, SQuAD improves XNLI.",
        "The weakest helpful task, CSQA, improves BUCC.",
        "SQuAD neither helps nor hurts XNLI.",
        "Translating the data helps MNLI on XNLI by 1.1 points, but lowers that of SQuAD by 1.3.",
        "MNLI first improves and then hurts XNLI.",
        "MNLI leads by 2 points on XNLI.",
        "The gap between MNLI and QQP on XNLI is 2 points.",
        "",
        "improves",
        "8.2",
        "MNLI intermediate training improves XNLI for small models.",
        "MNLI intermediate training improves XNLI for strong models.",
        "MNLI intermediate training improves XNLI on the large test set.",
        "HellaSwag is the best intermediate task for large languages.",
        "HellaSwag is the best small intermediate task.",
        "HellaSwag is the best intermediate task for some languages.",
        "HellaSwag performs best on most tasks.",
        "MNLI improves performance on some tasks by 2 points.",
    ],
)
def test_a_sentence_that_is_not_understood_to_the_end_gives_no_reading(sentence: str) -> None:
    assert understood(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "QQP offers more questions than SQuAD.",
        "MNLI has more data than QQP.",
        "MNLI contains fewer examples than QQP.",
        "MNLI contains 392,702 examples and improves XNLI.",
        "QQP is sourced from Quora questions and hurts TyDiQA.",
        "MNLI has more training data than QQP and improves XNLI.",
        "XNLI has 15 languages and is improved by MNLI.",
        "TyDiQA covers nine languages and sees consistent improvements.",
    ],
)
def test_amounts_and_facts_are_not_taken_for_results(sentence: str) -> None:
    assert not read_claim(sentence).complete


def test_a_fact_and_a_result_with_a_subject_of_its_own_are_both_read() -> None:
    found = read_claim("MNLI contains 392,702 examples and QQP improves XNLI.")
    assert found.complete
    assert str(found.assertion) == "(and (> (gain qqp xnli) 0) (fact mnli train_examples 392702))"
