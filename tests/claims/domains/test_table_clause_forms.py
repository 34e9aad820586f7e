"""Forms of clauses over tables that say several things, leave things out, or say when and where they hold."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

IMAGES = table(
    """
    Model               | FID ↓ | IS ↑ | Params (M) | Time (ms)
    TreeGAN             | 35.5  | 25.9 | 230        | 41
    LeafGAN             | 32.6  | 30.5 | 46         | 52
    Ours                | 28.1  | 31.9 | 60         | 38
    w/o perceptual loss | 33.0  | 29.4 | 60         | 38
    w/o attention       | 30.2  | 30.8 | 55         | 33
    """,
    "Ablation on image synthesis.",
)
SUMMARIES = table(
    """
    System     | News R-1 | News R-2 | Web R-1 | Web R-2
    Lead       | 40.3     | 17.7     | 16.3    | 1.6
    Pointer    | 36.4     | 15.7     | 29.7    | 9.2
    Bertie     | 42.1     | 19.6     | 38.8    | 16.5
    Bartok     | 44.2     | 21.3     | 45.1    | 22.3
    """,
    "ROUGE scores of summaries.",
)
BATCHES = table(
    """
    Batch size | Error rate | Throughput
    16         | 5.2        | 110
    32         | 4.8        | 205
    64         | 4.5        | 380
    128        | 4.7        | 610
    """,
    "Effect of the batch size.",
)
TEXTS = table(
    """
    Method | Mail | Blogs | Posts | FLOPs (G) | Latency (ms)
    Bag    | 71.2 | 80.4  | 84.0  | 0.1       | 2
    Conv   | 76.5 | 86.1  | 90.3  | 3.2       | 9
    Recur  | 75.8 | 87.0  | 89.9  | 4.8       | 21
    Former | 84.6 | 90.1  | 93.8  | 6.4       | 14
    """,
    "Accuracy (%) on three datasets, and what it costs.",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (IMAGES, "LeafGAN has a better FID than TreeGAN but is slower.", "supported"),
        (IMAGES, "LeafGAN has a worse FID than TreeGAN but is faster.", "refuted"),
        (IMAGES, "LeafGAN has fewer parameters than TreeGAN and achieves a better FID.", "supported"),
        (IMAGES, "Although LeafGAN has fewer parameters than TreeGAN, it achieves a better IS.", "supported"),
        (IMAGES, "Despite having more parameters, LeafGAN is better than TreeGAN in FID.", "not-testable"),
        (IMAGES, "Despite having fewer parameters, LeafGAN outperforms TreeGAN in FID.", "supported"),
        (IMAGES, "Compared with TreeGAN, LeafGAN has a lower FID and a higher IS.", "supported"),
        (IMAGES, "Compared with TreeGAN, LeafGAN has a higher FID and a lower IS.", "refuted"),
        (TEXTS, "Compared to Conv, Recur has a higher accuracy on Blogs but a lower accuracy on Mail.", "supported"),
        (TEXTS, "Compared to Conv, Recur has a lower accuracy on Blogs but a higher accuracy on Mail.", "refuted"),
        (TEXTS, "Former is both faster and more accurate than Recur on Mail.", "supported"),
        (TEXTS, "Former outperforms Conv on Mail despite having more FLOPs.", "supported"),
        (IMAGES, "TreeGAN, the largest model, has the highest FID.", "supported"),
        (IMAGES, "Ours, with an FID of 28.1, outperforms LeafGAN in IS.", "supported"),
        (IMAGES, "TreeGAN has the most parameters, while LeafGAN has the fewest.", "supported"),
        (SUMMARIES, "On News, Lead outperforms Pointer, whereas on Web, Pointer outperforms Lead.", "supported"),
        (SUMMARIES, "On News, Pointer outperforms Lead, whereas on Web, Lead outperforms Pointer.", "refuted"),
        (SUMMARIES, "Bartok beats Bertie on News. Pointer beats Lead on Web.", "supported"),
        (SUMMARIES, "Bertie beats Bartok on News. Lead beats Pointer on Web.", "refuted"),
    ],
)
def test_clauses_that_share_their_subject_or_rival_are_each_judged(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Bartok outperforms all other systems on both datasets across all metrics.", "supported"),
        ("Lead outperforms Pointer in all metrics on both datasets.", "refuted"),
        ("Bartok outperforms Bertie in all metrics on all three datasets.", "not-testable"),
        ("Only on Web does Pointer outperform Lead.", "supported"),
        ("Only on News does Bartok outperform Bertie.", "refuted"),
        ("It is only on Web that Pointer outperforms Lead.", "supported"),
        ("The only system with an R-2 above 20 on News is Bartok.", "supported"),
        ("Bartok is the only one with an R-2 above 19 on News.", "refuted"),
        ("The best R-1 on News is 44.2, obtained by Bartok.", "supported"),
        ("The highest R-1 on News, 44.2, is achieved by Bartok.", "supported"),
        ("Bartok surpasses Bertie by 2.1 R-1 points on News and by 6.3 points on Web.", "supported"),
        ("Bartok surpasses Bertie by 2.1 and 6.3 R-1 points on News and Web, respectively.", "supported"),
        ("Bartok surpasses Bertie by 6.3 and 2.1 R-1 points on News and Web, respectively.", "refuted"),
        ("Bartok achieves an R-1 of 44.2 on News and 45.1 on Web.", "supported"),
        ("Bartok reaches an R-1 of 44.2 and an R-2 of 21.3 on News.", "supported"),
        ("The gap between Bartok and Bertie in R-1 is larger on Web than on News.", "supported"),
        ("The gap between Bartok and Bertie in R-1 is smaller on Web than on News.", "refuted"),
        ("The improvement of Bartok over Bertie is larger on Web than on News.", "not-testable"),
    ],
)
def test_places_and_amounts_belong_to_what_they_stand_with(claim: str, word: str) -> None:
    check(SUMMARIES, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Throughput increases as the batch size increases.", "supported"),
        ("As the batch size grows, the throughput rises.", "supported"),
        ("With decreasing batch size, the throughput increases.", "refuted"),
        ("Larger batch sizes lead to higher throughput.", "supported"),
        ("Larger batch sizes lead to lower throughput.", "refuted"),
        ("Increasing the batch size improves the throughput.", "supported"),
        ("Increasing the batch size reduces the error rate.", "inconclusive"),  # it does from end to end only
        ("Increasing the batch size from 16 to 64 reduces the error rate from 5.2 to 4.5.", "supported"),
        ("The error rate drops from 5.2 to 4.5 when the batch size increases from 16 to 64.", "supported"),
        ("The error rate rises from 4.5 to 5.2 when the batch size increases from 16 to 64.", "refuted"),
    ],
)
def test_what_moves_with_a_setting_is_judged_along_it(claim: str, word: str) -> None:
    check(BATCHES, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The FID increases when attention is removed.", "supported"),
        ("When the perceptual loss is removed, IS drops to 29.4.", "supported"),
        ("Removing the perceptual loss results in a higher FID.", "supported"),
        ("Removing the perceptual loss results in a lower FID.", "refuted"),
        ("Removing the perceptual loss hurts FID more than removing attention.", "supported"),
        ("Without attention, our model still outperforms LeafGAN in FID.", "supported"),
        ("Without the perceptual loss, our model outperforms LeafGAN in FID.", "refuted"),
        ("Without the perceptual loss, our model has an IS of 29.4.", "supported"),
    ],
)
def test_a_model_without_a_part_is_the_line_that_lacks_it(claim: str, word: str) -> None:
    check(IMAGES, claim, word)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Former achieves accuracies of 84.6, 90.1 and 93.8 on Mail, Blogs and Posts, respectively.", "supported"),
        ("Former achieves accuracies of 84.6% on Mail, 90.1% on Blogs, and 93.8% on Posts.", "supported"),
        ("All methods achieve more than 80% accuracy on Blogs and Posts.", "supported"),
        ("All methods achieve more than 85% accuracy on Blogs and Posts.", "refuted"),
        ("Former is the best performing method on Mail with an accuracy of 84.6%.", "supported"),
        ("Former beats Conv on Mail. Zorgly.", "not-testable"),
    ],
)
def test_lists_of_numbers_keep_their_order(claim: str, word: str) -> None:
    check(TEXTS, claim, word)


def test_a_denial_before_several_sentences_is_of_none_of_them() -> None:
    found = judged("It is not true that Bartok beats Bertie on News. Lead beats Pointer on Web.", SUMMARIES)
    assert found.verdict in WITHHELD


SILENT = table(
    """
    System     | Easy | Hard
    Alpha base | 71.0 | 60.2
    Alpha big  | 75.5 | 64.0
    Beta gold seg | 73.1 | 66.5
    """,
    "Results on two sets.",
)


@pytest.mark.parametrize(
    "claim", ["Alpha big has a higher accuracy than Alpha base on Easy.", "The accuracy of Alpha big on Hard is 60.2."]
)
def test_a_table_that_does_not_say_what_it_measures_decides_nothing_about_a_measure(claim: str) -> None:
    check(SILENT, claim, "not-testable")


def test_a_word_that_a_label_prints_cut_short_is_its_word_beside_the_rest_of_the_label() -> None:
    check(SILENT, "Beta with gold segmentation has a higher score than Alpha big on Hard.", "supported")
    check(SILENT, "Beta with silver segmentation has a higher score than Alpha big on Hard.", "not-testable")


def test_a_measure_is_not_that_of_a_table_that_names_another() -> None:
    over = table("Model | F1\nAlpha | 71.0\nBeta | 70.0")
    check(over, "Alpha has a higher accuracy than Beta.", "not-testable")


def test_an_arrow_is_no_part_of_a_name_and_a_measure_may_be_called_by_its_head() -> None:
    check(IMAGES, "Ours attains the best FID and the best IS.", "supported")
    over = table("Model | Mail | Web\nAlpha | 71.0 | 60.0\nBeta | 70.0 | 63.0", "Micro F1 of extraction.")
    check(over, "Beta surpasses Alpha on Web by 3.0 F1.", "supported")
    check(over, "Beta surpasses Alpha on Web by 4.0 F1.", "refuted")


def test_a_letter_or_number_of_a_compound_of_the_caption_belongs_to_it() -> None:
    over = table("Signal | calm | stress\nheart | 0.21 | 0.33\nskin | 0.12 | 0.40", "P-value of features.")
    check(over, "The p-value of heart is higher in stress than in calm.", "supported")
    check(over, "The q-value of heart is higher in stress than in calm.", "not-testable")


SIZES = table(
    """
    Method | Params (M) | F1   | BLEU
    Ash    | 48         | 72.6 | 29.4
    Birch  | 11         | 69.2 | 32.1
    Cedar  | 125        | 69.7 | 24.4
    """,
    "Main results.",
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Birch is smaller than Ash and still beats it in BLEU.", "supported"),
        ("Birch is smaller than Ash and better than it in BLEU.", "supported"),
        ("Cedar is smaller than Birch and beats Ash in BLEU.", "refuted"),
    ],
)
def test_a_word_that_says_what_it_compares_does_not_take_the_measure_of_the_clause_behind(
    claim: str, word: str
) -> None:
    check(SIZES, claim, word)
