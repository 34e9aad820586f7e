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
    ("ANLI+ improves BUCC by 20.1 points.", lambda t: to_one_digit(t.gain("anli", "bucc2018"), 20.1)),
    ("HellaSwag improves BUCC by 12.0 points.", lambda t: to_one_digit(t.gain("hellaswag", "bucc2018"), 12.0)),
    ("QQP hurts UDPOS.", lambda t: t.gain("qqp", "udpos") < 0),
    ("QQP lowers PAWS-X by 2.1 points.", lambda t: to_one_digit(t.gain("qqp", "pawsx"), -2.1)),
    ("CommonsenseQA improves XNLI.", lambda t: t.gain("csqa", "xnli") > 0),
    ("Cosmos QA does not improve XNLI.", lambda t: t.gain("cosmosqa", "xnli") <= 0),
    ("SQuAD improves MLQA by more than 2 points.", lambda t: t.gain("squad", "mlqa") > 2),
    ("SQuAD improves TyDiQA by 1.9 F1 points.", lambda t: to_one_digit(t.gain("squad", "tydiqa", "f1"), 1.9)),
    ("CCG reduces TyDiQA.", lambda t: t.gain("ccg", "tydiqa") < 0),
    (
        "HellaSwag increases TyDiQA by 4.6 points in F1.",
        lambda t: to_one_digit(t.gain("hellaswag", "tydiqa", "f1"), 4.6),
    ),
    ("Cosmos QA gives a gain of 40.2 points on Tatoeba.", lambda t: to_one_digit(t.gain("cosmosqa", "tatoeba"), 40.2)),
    # comparisons
    ("SQuAD improves Tatoeba more than QQP does.", lambda t: t.gain("squad", "tatoeba") > t.gain("qqp", "tatoeba")),
    ("ANLI+ outperforms SQuAD on PAWS-X.", lambda t: t.gain("anli", "pawsx") > t.gain("squad", "pawsx")),
    (
        "HellaSwag outperforms Cosmos QA on BUCC.",
        lambda t: t.gain("hellaswag", "bucc2018") > t.gain("cosmosqa", "bucc2018"),
    ),
    ("CCG is worse than QQP on PAN-X.", lambda t: t.gain("ccg", "panx") < t.gain("qqp", "panx")),
    ("ANLI+ is better than HellaSwag on UDPOS.", lambda t: t.gain("anli", "udpos") > t.gain("hellaswag", "udpos")),
    # means over the targets
    ("SQuAD improves the target tasks by 8.3 points on average.", lambda t: to_one_digit(t.average("squad"), 8.3)),
    (
        "HellaSwag improves the target tasks by 7.9 points on average.",
        lambda t: to_one_digit(t.average("hellaswag"), 7.9),
    ),
    ("QQP improves the target tasks by 7.9 points on average.", lambda t: to_one_digit(t.average("qqp"), 7.9)),
    (
        "Multi-task training improves the target tasks by 6.4 points on average.",
        lambda t: to_one_digit(t.average("multi"), 6.4),
    ),
    ("ANLI+ improves the target tasks by 7.7 points on average.", lambda t: to_one_digit(t.average("anli"), 7.7)),
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
    (
        "CCG is the worst intermediate task for TyDiQA.",
        lambda t: t.gain("ccg", "tydiqa") == min(t.gain(i, "tydiqa") for i in TASKS),
    ),
    # counts and quantifiers
    (
        "BUCC and Tatoeba benefit from every intermediate task.",
        lambda t: all(len(t.helped(s)) == len(TASKS) for s in ("bucc2018", "tatoeba")),
    ),
    ("None of the seven intermediate tasks improves XNLI.", lambda t: not t.helped("xnli")),
    ("TyDiQA benefits from most intermediate tasks.", lambda t: len(t.helped("tydiqa")) > len(TASKS) / 2),
    ("All seven intermediate tasks improve Tatoeba.", lambda t: len(t.helped("tatoeba")) == len(TASKS)),
    ("Every intermediate task improves PAWS-X.", lambda t: len(t.helped("pawsx")) == len(TASKS)),
    ("No intermediate task improves UDPOS.", lambda t: not t.helped("udpos")),
    ("Some intermediate tasks improve XQuAD.", lambda t: bool(t.helped("xquad"))),
    ("Most intermediate tasks improve PAN-X.", lambda t: len(t.helped("panx")) > len(TASKS) / 2),
    ("At least three of the seven intermediate tasks improve MLQA.", lambda t: len(t.helped("mlqa")) >= 3),
    ("No intermediate task hurts BUCC.", lambda t: all(t.gain(i, "bucc2018") >= 0 for i in TASKS)),
    # continued MLM
    (
        "English intermediate training outperforms continued multilingual MLM.",
        lambda t: sum(map(t.mean, TASKS)) > sum(t.mean(i, mlm=True) for i in TASKS),
    ),
    ("SQuAD with continued MLM improves Tatoeba.", lambda t: t.gain("squad", "tatoeba", mlm=True) > 0),
    # scores
    ("XLM-R Large scores 80.1 on XNLI on the development set.", lambda t: t.baseline("xnli") == 80.1),
    (
        "Without intermediate training, XLM-R Large scores 31.0 on Tatoeba on the development set.",
        lambda t: t.baseline("tatoeba") == 31.0,
    ),
    ("XLM-R Large scores 75.7 F1 on TyDiQA on the development set.", lambda t: t.baseline("tydiqa", "f1") == 75.7),
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
)
