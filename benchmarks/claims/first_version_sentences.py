"""Sentences about the study's first version, each with what the printed table says of it."""

from __future__ import annotations

from collections.abc import Callable

from first_version_table import TASKS, Printed, to_one_digit

Truth = Callable[[Printed], bool]

SENTENCES: tuple[tuple[str, Truth], ...] = (
    # gains on one target
    (
        "Training on SQuAD first raises Tatoeba by 49.7 points on the development set.",
        lambda t: to_one_digit(t.gain("squad", "tatoeba"), 49.7),
    ),
    ("HellaSwag improves BUCC by 12.0 points.", lambda t: to_one_digit(t.gain("hellaswag", "bucc2018"), 12.0)),
    ("QQP lowers PAWS-X by 2.1 points.", lambda t: to_one_digit(t.gain("qqp", "pawsx"), -2.1)),
    ("SQuAD improves MLQA by more than 2 points.", lambda t: t.gain("squad", "mlqa") > 2),
    ("SQuAD improves TyDiQA by 1.9 F1 points.", lambda t: to_one_digit(t.gain("squad", "tydiqa", "f1"), 1.9)),
    (
        "HellaSwag increases TyDiQA by 4.6 points in F1.",
        lambda t: to_one_digit(t.gain("hellaswag", "tydiqa", "f1"), 4.6),
    ),
    # comparisons
    ("SQuAD improves Tatoeba more than QQP does.", lambda t: t.gain("squad", "tatoeba") > t.gain("qqp", "tatoeba")),
    ("ANLI+ outperforms SQuAD on PAWS-X.", lambda t: t.gain("anli", "pawsx") > t.gain("squad", "pawsx")),
    ("CCG is worse than QQP on PAN-X.", lambda t: t.gain("ccg", "panx") < t.gain("qqp", "panx")),
    # means over the targets
    ("SQuAD improves the target tasks by 8.3 points on average.", lambda t: to_one_digit(t.average("squad"), 8.3)),
    (
        "HellaSwag improves the target tasks by 7.9 points on average.",
        lambda t: to_one_digit(t.average("hellaswag"), 7.9),
    ),
    (
        "Multi-task training improves the target tasks by 6.4 points on average.",
        lambda t: to_one_digit(t.average("multi"), 6.4),
    ),
    ("CCG improves the target tasks by 8.7 points on average.", lambda t: to_one_digit(t.average("ccg"), 8.7)),
    (
        "SQuAD outperforms multi-task training on average over the target tasks.",
        lambda t: t.mean("squad") > t.mean("multi"),
    ),
    (
        "Cosmos QA outperforms HellaSwag on average over the target tasks.",
        lambda t: t.mean("cosmosqa") > t.mean("hellaswag"),
    ),
    # ranks
    (
        "SQuAD is the best intermediate task on average over the target tasks.",
        lambda t: t.mean("squad") == max(map(t.mean, TASKS)),
    ),
    (
        "HellaSwag is the best intermediate task for TyDiQA.",
        lambda t: t.gain("hellaswag", "tydiqa") == max(t.gain(i, "tydiqa") for i in TASKS),
    ),
    (
        "CCG is the worst intermediate task for XNLI.",
        lambda t: t.gain("ccg", "xnli") == min(t.gain(i, "xnli") for i in TASKS),
    ),
    (
        "QQP is the best intermediate task for BUCC.",
        lambda t: t.gain("qqp", "bucc2018") == max(t.gain(i, "bucc2018") for i in TASKS),
    ),
    # counts and quantifiers
    (
        "BUCC and Tatoeba benefit from every intermediate task.",
        lambda t: all(len(t.helped(s)) == len(TASKS) for s in ("bucc2018", "tatoeba")),
    ),
    ("None of the seven intermediate tasks improves XNLI.", lambda t: not t.helped("xnli")),
    ("TyDiQA benefits from most intermediate tasks.", lambda t: len(t.helped("tydiqa")) > len(TASKS) / 2),
    ("Some intermediate tasks improve XQuAD.", lambda t: bool(t.helped("xquad"))),
    ("At least three of the seven intermediate tasks improve MLQA.", lambda t: len(t.helped("mlqa")) >= 3),
    ("No intermediate task hurts BUCC.", lambda t: all(t.gain(i, "bucc2018") >= 0 for i in TASKS)),
    # continued MLM
    (
        "English intermediate training outperforms continued multilingual MLM.",
        lambda t: sum(map(t.mean, TASKS)) > sum(t.mean(i, mlm=True) for i in TASKS),
    ),
    # scores
    ("XLM-R Large scores 80.1 on XNLI on the development set.", lambda t: t.baseline("xnli") == 80.1),
    (
        "Without intermediate training, XLM-R Large scores 31.0 on Tatoeba on the development set.",
        lambda t: t.baseline("tatoeba") == 31.0,
    ),
    ("XLM-R Large scores 64.1 on PAN-X on the development set.", lambda t: t.baseline("panx") == 64.1),
    (
        "Picking the best intermediate task per target reaches 82.7 on Tatoeba on the test set.",
        lambda t: t.best("tatoeba") == 82.7,
    ),
    (
        "Picking the best intermediate task per target improves XNLI by 1.2 points over Hu et al. (2020).",
        lambda t: to_one_digit(t.best("xnli") - t.cited("xnli"), 1.2),
    ),
    (
        "Picking the best intermediate task per target improves XTREME by 6.1 points over Hu et al. (2020).",
        lambda t: to_one_digit(t.best("avg") - t.cited("avg"), 6.1),
    ),
    (
        "Picking the best intermediate task per target improves PAWS-X.",
        lambda t: t.best("pawsx") > max(t.own("pawsx"), t.cited("pawsx")),
    ),
    # wordings of another kind
    ("After training on ANLI+, BUCC rises by 20.1 points.", lambda t: to_one_digit(t.gain("anli", "bucc2018"), 20.1)),
    (
        "Of all intermediate tasks, SQuAD helps the most on average.",
        lambda t: t.mean("squad") == max(map(t.mean, TASKS)),
    ),
    ("Intermediate training on CCG is harmful for TyDiQA.", lambda t: t.gain("ccg", "tydiqa") < 0),
    (
        "For sentence retrieval, every intermediate task yields a gain.",
        lambda t: all(t.gain(i, "bucc2018") + t.gain(i, "tatoeba") > 0 for i in TASKS),
    ),
    (
        "HellaSwag raises Tatoeba from 31.0 to 80.9.",
        lambda t: to_one_digit(t.baseline("tatoeba") + t.gain("hellaswag", "tatoeba"), 80.9),
    ),
    (
        "On PAN-X, no task gives an improvement of more than 2 points.",
        lambda t: all(t.gain(i, "panx") <= 2 for i in TASKS),
    ),
    ("UDPOS suffers from QQP.", lambda t: t.gain("qqp", "udpos") < 0),
    ("Only four tasks improve PAWS-X.", lambda t: len(t.helped("pawsx")) == 4),
    ("XQuAD improves with SQuAD.", lambda t: t.gain("squad", "xquad") > 0),
    ("Adding MLM to SQuAD lowers the average gain.", lambda t: t.mean("squad", mlm=True) < t.mean("squad")),
    (
        "The gain of multi-task training on TyDiQA is larger than that of QQP.",
        lambda t: t.gain("multi", "tydiqa") > t.gain("qqp", "tydiqa"),
    ),
    (
        "QQP gives the smallest gain on BUCC.",
        lambda t: t.gain("qqp", "bucc2018") == min(t.gain(i, "bucc2018") for i in TASKS),
    ),
    (
        "On average, HellaSwag is second best after SQuAD.",
        lambda t: sorted(TASKS, key=t.mean)[-2:] == ["hellaswag", "squad"],
    ),
    ("On Tatoeba, all tasks gain at least 20 points.", lambda t: all(t.gain(i, "tatoeba") >= 20 for i in TASKS)),
    ("ANLI+ and QQP hurt XNLI.", lambda t: max(t.gain("anli", "xnli"), t.gain("qqp", "xnli")) < 0),
    ("Three of the seven intermediate tasks lower BUCC.", lambda t: len(TASKS) - len(t.helped("bucc2018")) == 3),
    ("CommonsenseQA is of no help for XNLI.", lambda t: t.gain("csqa", "xnli") <= 0),
)
