"""Each form of sentence is read to the assertion it makes."""

from __future__ import annotations

import pytest

from claims.domains.registry.claim import read_claim
from claims.rewriting import bare


def understood(sentence: str) -> str | None:
    """The assertion of a sentence that has one reading; None of one that is not read."""
    reading = read_claim(sentence)
    return str(reading.assertion) if reading.complete else None


GAINS = [
    ("SQuAD v1.1 improves TyDiQA.", "(> (gain squad1 tydiqa) 0)"),
    ("QQP lowers the F1 on TyDiQA by 3 points.", "(= (gain qqp tydiqa :metric f1) -3)"),
    ("MNLI improves TyDiQA by at least 3 points.", "(>= (gain mnli tydiqa) 3)"),
    ("MNLI lowers TyDiQA by more than 3 points.", "(< (gain mnli tydiqa) -3)"),
    ("QQP drops PAN-X F1 from 62.8 to 55.9.",
     "(whole (= (score qqp panx :metric f1) 55.9) (= (score none panx :metric f1) 62.8))"),
    ("XNLI does not benefit from intermediate training.", "(not (> (mean (gain i xnli) i :over intermediates) 0))"),
    ("XNLI gains nothing from MNLI.", "(not (> (gain mnli xnli) 0))"),
    ("TyDiQA rises by 3 points with MNLI.", "(= (gain mnli tydiqa) 3)"),
    ("TyDiQA is improved by MNLI.", "(> (gain mnli tydiqa) 0)"),
    ("Intermediate-task training on MNLI yields a target-task improvement of 7.5 points on the development set.",
     "(= (mean (gain mnli t) t :over targets :split dev) 7.5)"),
    ("ANLI+ loses 0.8 points on XNLI against the baseline.", "(= (gain anli+ xnli) -0.8)"),
    ("MNLI brings 5.4 points on TyDiQA.", "(= (gain mnli tydiqa) 5.4)"),
    ("The gain of MNLI on XNLI is 3 points.", "(= (gain mnli xnli) 3)"),
    ("There are large gains on BUCC with most intermediate tasks.",
     "(most i intermediates (large (gain i bucc)))"),
    ("No intermediate task improves XNLI.", "(none i intermediates (> (gain i xnli) 0))"),
    ("Not all intermediate tasks improve XNLI.", "(not (all i intermediates (> (gain i xnli) 0)))"),
    ("Seven of the nine intermediate tasks improve XNLI.", "(count= 7 i (intermediates :size 9) (> (gain i xnli) 0))"),
    ("MNLI improves neither XNLI nor POS.", "(and (not (> (gain mnli udpos) 0)) (not (> (gain mnli xnli) 0)))"),
    ("MNLI consistently improves XNLI.", "(consistent (> (gain mnli xnli) 0))"),
    ("QQP causes the largest drop on XNLI.",
     "(worst qqp i intermediates (gain i xnli))"),
    ("QQP brings the largest gain on XNLI.", "(best qqp i intermediates (gain i xnli))"),
    ("MNLI never helps XNLI.", "(not (> (gain mnli xnli) 0))"),
    ("Only QQP lowers XNLI.", "(whole (< (gain qqp xnli) 0) (none i (intermediates :without (qqp)) (< (gain i xnli) 0)))"),
    ("QQP is the only intermediate task that lowers XNLI.",
     "(whole (< (gain qqp xnli) 0) (none i (intermediates :without (qqp)) (< (gain i xnli) 0)))"),
    ("QQP improves Tatoeba by 51.7 points but lowers PAN-X by 6.9.",
     "(and (= (gain qqp panx) -6.9) (= (gain qqp tatoeba) 51.7))"),
    ("QQP lowers PAN-X by 6.9 points, ANLI+ by 3.1.", "(and (= (gain anli+ panx) -3.1) (= (gain qqp panx) -6.9))"),
    ("Training on MNLI and then on SQuAD v1.1 improves XNLI.", "(> (gain mnli>squad1 xnli) 0)"),
    ("Multi-task training on all nine tasks improves XNLI.", "(> (gain multi xnli) 0)"),
    ("Picking the best intermediate task per target raises XNLI by 0.8 points.", "(= (gain best_per_target xnli) 0.8)"),
    ("The best models per target gain 5.4 points on XTREME on average.",
     "(= (mean (gain best_per_target t) t :over targets) 5.4)"),
    ("MNLI improves XNLI in Swahili by 2 points.", "(= (gain mnli xnli :language sw) 2)"),
    ("It is XNLI that does not benefit from MNLI.", "(not (> (gain mnli xnli) 0))"),
]  # fmt: skip

COMPARISONS = [
    ("XLM-R Large beats mBERT by 13.8 points on XNLI.",
     "(= (- (score none xnli :model xlm-r-large) (score none xnli :model mbert)) 13.8)"),
    ("mBERT trails XLM-R Large on XNLI.", "(> (score none xnli :model xlm-r-large) (score none xnli :model mbert))"),
    ("MNLI outperforms QQP on XNLI.", "(> (gain mnli xnli) (gain qqp xnli))"),
    ("QQP is outperformed by MNLI on XNLI.", "(> (gain mnli xnli) (gain qqp xnli))"),
    ("MNLI does not outperform QQP on XNLI.", "(not (> (gain mnli xnli) (gain qqp xnli)))"),
    ("HellaSwag helps TyDiQA more than CCG does.", "(> (gain hellaswag tydiqa) (gain ccg tydiqa))"),
    ("MNLI improves Tatoeba more than it improves BUCC.", "(> (gain mnli tatoeba) (gain mnli bucc))"),
    ("ANLI+ gives a higher XNLI accuracy than QQP.",
     "(> (gain anli+ xnli :metric accuracy) (gain qqp xnli :metric accuracy))"),
    ("SQuAD v1.1 and QQP reach the same XNLI accuracy.",
     "(= (gain squad1 xnli :metric accuracy) (gain qqp xnli :metric accuracy))"),
    ("On XNLI, mBERT scores higher in German than in Swahili.",
     "(> (score none xnli :model mbert :language de) (score none xnli :model mbert :language sw))"),
    ("Gains are larger on Tatoeba than on BUCC.",
     "(> (mean (gain i tatoeba) i :over intermediates) (mean (gain i bucc) i :over intermediates))"),
    ("Multi-task training beats the best single task on BUCC.",
     "(> (gain multi bucc) (max (gain i bucc) i :over intermediates))"),
]  # fmt: skip

SCORES_AND_RANKS = [
    ("XLM-R Large scores 79.2 on XNLI.", "(= (score none xnli :model xlm-r-large) 79.2)"),
    ("XLM-R Large reaches an accuracy of over 79 on XNLI.",
     "(> (score none xnli :model xlm-r-large :metric accuracy) 79)"),
    ("The baseline reaches an accuracy of 80.1 on XNLI.", "(= (score none xnli :metric accuracy) 80.1)"),
    ("Without intermediate training, the F1 on POS is 75.7.", "(= (score none udpos :metric f1) 75.7)"),
    ("With MNLI as the intermediate task, TyDiQA reaches an exact match of 65.1.",
     "(= (score mnli tydiqa :metric exact_match) 65.1)"),
    ("XLM-R Large scores 79.2 on XNLI and 86.4 on PAWS-X.",
     "(and (= (score none pawsx :model xlm-r-large) 86.4) (= (score none xnli :model xlm-r-large) 79.2))"),
    ("MNLI is the best intermediate task for XNLI.", "(best mnli i intermediates (gain i xnli))"),
    ("QQP ranks first on Tatoeba but last on POS.",
     "(and (best qqp i intermediates (gain i tatoeba)) (worst qqp i intermediates (gain i udpos)))"),
    ("MNLI comes second to QQP on XNLI.",
     "(and (best qqp i intermediates (gain i xnli)) (rank 2 mnli i intermediates (gain i xnli)))"),
    ("MNLI, QQP and CCG are the three best intermediate tasks.",
     "(top 3 (ccg mnli qqp) i intermediates (mean (gain i t) t :over targets))"),
    ("The largest gain of MNLI is on Tatoeba.", "(best tatoeba t targets (gain mnli t))"),
    ("MNLI outperforms every other intermediate task on XNLI.", "(best mnli i intermediates (gain i xnli))"),
    ("Multi-task training performs best, improving by 8.7 points.",
     "(and (= (mean (gain multi t) t :over targets) 8.7) (best multi i runs (mean (gain i t) t :over targets)))"),
]  # fmt: skip

FACTS = [
    ("MNLI has 392,702 training examples.", "(fact mnli train_examples 392702)"),
    ("The training set of MNLI exceeds 390,000 examples.", "(> (fact mnli train_examples) 390000)"),
    ("MNLI has more training examples than QQP.", "(> (fact mnli train_examples) (fact qqp train_examples))"),
    ("XNLI covers 15 languages.", "(fact xnli n_languages 15)"),
    ("XTREME covers more than 30 languages.", "(> (fact xtreme languages) 30)"),
    ("XNLI does not cover Finnish.", "(not (fact xnli languages fi))"),
    ("Swahili is one of the languages of XNLI.", "(fact xnli languages sw)"),
    ("Finnish belongs to the Uralic family.", "(fact fi family Uralic)"),
    ("QQP is sourced from Quora questions.", "(fact qqp text_sources quora)"),
    ("MNLI is a natural language inference task.", "(fact mnli kind nli)"),
    ("BUCC and Tatoeba come without training data of their own.",
     "(and (fact bucc training_data none) (fact tatoeba training_data none))"),
    ("XTREME has 9 tasks.", "(= (count targets) 9)"),
    ("The study investigates nine English intermediate tasks.", "(= (count intermediates) 9)"),
    ("The experiments start from the pretrained XLM-R Large model.", "(fact study starting_model xlm-r-large)"),
    ("The XTREME benchmark evaluates performance across up to 40 languages for each target task.",
     "(= (max (fact t n_languages) t :over targets) 40)"),
]  # fmt: skip

TRENDS = [
    ("Gains fall with linguistic distance from English.",
     "(falling (mean (mean (gain i t) i :over intermediates) t :over targets) distance)"),
    ("XNLI accuracy rises as the amount of intermediate data increases.",
     "(rising (mean (score i xnli) i :over intermediates :metric accuracy) intermediate_examples)"),
    ("Less target-task data hurts TyDiQA.", "(rising (score none tydiqa) target_examples)"),
    ("The order of intermediate tasks does not matter.",
     "(not (associated (mean (mean (gain i t) i :over intermediates) t :over targets) order))"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "assertion"), [*GAINS, *COMPARISONS, *SCORES_AND_RANKS, *FACTS, *TRENDS])
def test_a_form_is_read_as_written_down(sentence: str, assertion: str) -> None:
    assert understood(sentence) == assertion
    reading = read_claim(sentence)
    assert {bare(rival) for rival in reading.rivals} <= {reading.assertion}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MNLI and QQP improve BUCC.", "QQP and MNLI improve BUCC."),
        ("MNLI beats QQP on XNLI.", "On XNLI, QQP trails MNLI."),
        ("XNLI benefits from MNLI.", "MNLI benefits XNLI."),
        ("MNLI has 392,702 training examples.", "There are 392,702 training examples in MNLI."),
        ("QQP is sourced from Quora.", "Quora is the source of QQP."),
        ("MNLI improves XNLI by 3 points.", "It is MNLI that improves XNLI by 3 points."),
    ],
)
def test_order_and_voice_do_not_matter(one: str, other: str) -> None:
    assert understood(one) is not None
    assert understood(one) == understood(other)
