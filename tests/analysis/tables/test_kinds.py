"""What the lines of a table are told to be, and what their cells measure."""

from __future__ import annotations

import pytest

from analysis.tables import Table, TableLine, table_of_grid
from analysis.tables.measures import directions_in


def table(text: str, caption: str = "") -> Table:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    (found,) = table_of_grid(rows[0], rows[1:], caption=caption)
    return found


def column(header: str, caption: str = "", cells: tuple[str, str] = ("71.5", "70.2")) -> TableLine:
    found = table(f"Model | {header} | Other\nA | {cells[0]} | 1.5\nB | {cells[1]} | 2.5", caption)
    return found.columns[0]


@pytest.mark.parametrize(
    ("header", "direction"),
    [
        ("Accuracy", "higher"), ("dev acc ↑", "higher"), ("MLQA F1", "higher"), ("macro-F1", "higher"),
        ("Recall@10", "higher"), ("R@1", "higher"), ("eval/accuracy", "higher"), ("F1 (%)", "higher"),
        ("Error rate", "lower"), ("Error rate (%)", "lower"), ("dev perp ↓", "lower"), ("WER", "lower"),
        ("Velocity RMSE @ 10 s", "lower"), ("eval_loss", "lower"), ("error_rate", "lower"), ("exact_match", "higher"), ("Delay (lower is better)", "lower"),
        ("Rep ↓", "lower"), ("XNLI (accuracy)", "higher"), ("BLEU (higher is better)", "higher"),
    ],
)  # fmt: skip
def test_a_header_that_names_a_measure_says_which_way_is_better(header: str, direction: str) -> None:
    measure = column(header).measure
    assert measure is not None
    assert measure.direction == direction


@pytest.mark.parametrize(
    "header",
    [
        "MR",
        "CR",
        "SE",
        "P",
        "R",
        "EM",
        "Error analysis",
        "Loss function",
        "Score",
        "TREC",
        "Map",
        "FPs",
        "Delay",
        "Rank-1",
    ],
)
def test_a_header_that_may_mean_something_else_has_no_direction(header: str) -> None:
    measure = column(header).measure
    assert measure is None or measure.direction is None


def test_an_outer_header_gives_no_direction_to_its_columns() -> None:
    found = table("Model | Error | Error\n | dev | test\nA | 1.0 | 2.0\nB | 2.0 | 3.0")
    assert [line.measure for line in found.columns] == [None, None]


def test_short_names_are_measures_beside_their_like() -> None:
    found = table("Model | P | R | F1\nA | 71.0 | 70.0 | 70.5")
    assert [line.measure.name for line in found.columns if line.measure] == ["precision", "recall", "f1"]
    rouge = table("System | R-1 | R-2\nA | 39.1 | 18.4", "ROUGE scores on the test set.")
    assert [line.measure.name for line in rouge.columns if line.measure] == ["rouge-1", "rouge-2"]
    assert all(line.measure is None for line in table("System | R-1 | R-2\nA | 39.1 | 18.4").columns)


def test_the_caption_defines_headers() -> None:
    perplexity = column("dev perp", "“perp” stands for perplexity.").measure
    assert perplexity is not None
    assert (perplexity.name, perplexity.direction) == ("perplexity", "lower")
    delay = column("Delay", "We report Delay (lower is better) and more.").measure
    assert delay is not None
    assert delay.direction == "lower"


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Accuracy on two tasks.", "accuracy"), ("Results in BLEU.", "bleu"), ("Error rates (%) on SVHN.", "error rate"),
        ("F1 and accuracy.", None), ("Error analysis of the system.", None), ("Results.", None),
        ("MSE of the target domain (the lower the better).", "mse"), ("Map of results.", None),
    ],
)  # fmt: skip
def test_a_caption_that_states_one_measure_gives_it_to_the_table(caption: str, name: str | None) -> None:
    found = table("Model | A | B\nx | 1.0 | 2.0", caption).measure
    assert (found.name if found else None) == name


def test_the_caption_s_measure_is_not_the_table_s_where_a_line_names_another() -> None:
    assert table("Model | Delay | F1\nx | 1.0 | 2.0", "Accuracy of the models.").measure is None


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("#Params", "size"), ("Params (M)", "size"), ("FLOPs", "size"), ("Time (s)", "time"), ("Latency [ms]", "time"),
        ("# pairs", "count"), ("Number of sentences", "count"), ("Mean rank", "rank"), ("Stderr", "error"), ("±", "error"),
        ("p-value", "error"), ("acc_stderr", "error"), ("accuracy gap", "change"), ("F1 std", "error"), ("Avg.", "aggregate"), ("Overall", "aggregate"), ("MNLI gain", "change"), ("Δ", "change"),
        ("Upper bound", "bound"), ("Learning rate", "attribute"), ("Version", "attribute"), ("XNLI", "dataset"),
    ],
)  # fmt: skip
def test_columns_that_are_no_plain_results_are_told_by_their_header(header: str, kind: str) -> None:
    assert column(header).kind == kind


def test_prose_and_text_columns_are_no_results() -> None:
    found = table(
        "Model | F1 | Description\nA | 1.0 | a long text with more than six words in it\nB | 2.0 | and one more text of many more words"
    )
    assert found.columns[1].kind == "prose"
    assert found.texts[0, 1].startswith("a long text")


@pytest.mark.parametrize("label", ["− gate", "-gate", "–Gate", "w/o gate", "without gate", "no gate", "- {4} gate"])
def test_a_label_that_takes_something_away_is_an_ablation_of_the_system_above(label: str) -> None:
    found = table(f"Model | F1\nOther | 50.0\nOurs | 60.0\n{label} | 57.0")
    assert (found.rows[2].kind, found.rows[2].base) == ("ablation", 1)


def test_ablations_above_their_full_system_refer_to_it() -> None:
    found = table(" | A | B\nno purity | 38.6 | 36.8\nno grouping | 38.4 | 36.4\nfull-model | 38.8 | 37.6")
    assert [(line.kind, line.base) for line in found.rows] == [("ablation", 2), ("ablation", 2), ("system", None)]


@pytest.mark.parametrize("label", ["TGen−", "-5", "None", "X-STILTs", "BERT-Base"])
def test_a_sign_that_leads_no_name_takes_nothing_away(label: str) -> None:
    assert table(f"Model | F1\nA | 60.0\n{label} | 57.0").rows[1].kind != "ablation"


def test_an_addition_refers_to_the_system_above_and_a_sum_to_its_first_part() -> None:
    found = table("Model | F1\nA | 60.0\n+ copy | 61.0\nA + copy + gate | 62.0\nXLM-R + A | 3.0\nXLM-R | 4.0")
    assert [(line.kind, line.base) for line in found.rows[1:4]] == [("addition", 0), ("system", None), ("system", 4)]


def test_changes_refer_to_the_line_that_they_name() -> None:
    found = table(
        "Method | A | B\nLeft | 30.0 | 60.0\nMixed | 40.5 | 60.2\ncmp. Left | +35% | +0.3%\nchange | 1.0 | 2.0"
    )
    assert [(line.kind, line.base) for line in found.rows[2:]] == [("change", 0), ("change", None)]


def test_humans_bounds_and_means_are_no_systems() -> None:
    found = table("Model | F1\nHuman | 90.0\nMajority | 40.0\nOracle | 95.0\nAverage | 70.0\nBERT | 80.0")
    assert [line.kind for line in found.rows] == ["human", "bound", "bound", "aggregate", "system"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        *((label, "human") for label in ("Annotators", "Crowd workers", "Crowdworkers", "Native speakers", "Raters")),
        *((label, "bound") for label in ("Random (expected)", "Baseline (random)", "Random performance", "Random choice")),
        ("Random", "system"), ("Baseline", "system"),
    ],
)  # fmt: skip
def test_rows_of_people_and_of_chance_are_no_systems(label: str, kind: str) -> None:
    assert table(f"Model | F1\nBERT | 80.0\n{label} | 60.0").rows[1].kind == kind


def test_codes_are_languages_only_among_languages() -> None:
    assert [line.kind for line in table("Model | de | no\nA | 79.2 | 70.1").columns] == ["language", "language"]
    assert [line.kind for line in table("Model | News | TED | IT\nA | 1.0 | 2.0 | 3.0").columns] == ["unknown"] * 3
    assert [line.kind for line in table("Model | CR | MR\nA | 75.0 | 72.0").columns] == ["unknown"] * 2
    found = table("Metrics | cs-en | de-en | Avg\nA | 0.5 | 0.6 | 0.55")
    assert [line.kind for line in found.columns] == ["language", "language", "aggregate"]


def test_columns_are_systems_where_the_rows_are_data_sets_or_measures() -> None:
    measured = table("Measure | Ours | Alpha | Beta\nRating | 2.5 | 2.2 | 1.6\nBLEU | 7.0 | 3.3 | 6.7")
    assert [line.kind for line in measured.columns] == ["system"] * 3
    assert measured.columns[0].marks == {"ours"}
    assert [line.kind for line in measured.rows] == ["measure", "measure"]
    placed = table("Dataset | n | A | B\nCora | 2708 | 1381 | 1451")
    assert "system" not in [line.kind for line in placed.columns]


def test_metrics_under_study_are_no_measures_of_their_table() -> None:
    found = table(
        "Metrics | News | TED\nBLEU | 0.55 | 0.53\nTER | 0.62 | 0.64", "Pearson correlations with human judgments."
    )
    assert [(line.kind, line.measure) for line in found.rows] == [("system", None), ("system", None)]


def test_a_level_headed_metric_says_what_its_rows_measure() -> None:
    found = table("Metric | Model | Fridge\nMAE | A | 98.6\n | B | 76.6\nF1 | A | 0.5\n | B | 0.6")
    assert [line.measure.direction for line in found.rows if line.measure] == ["lower", "lower", "higher", "higher"]
    assert {line.kind for line in found.rows} == {"system"}


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("S and E denote single and ensemble models.", {"s": "single", "e": "ensemble"}),
        ("“acc” stands for accuracy.", {"acc": "accuracy"}),
        ("MFT: most frequent tag; UB: upper bound.", {"mft": "most frequent tag", "ub": "upper bound"}),
        (
            "We report BLEU-2 (B-2) and Long Short Term Memory (LSTM).",
            {"b-2": "bleu-2", "lstm": "long short term memory"},
        ),
        ("Results (see Section 4) of all (bold).", {}),
        ("K-means clustering.", {}),
        ("A denotes apples. A denotes pears.", {}),
    ],
)
def test_abbreviations_that_the_caption_explains_are_aliases(caption: str, expected: dict[str, str]) -> None:
    found = table("Model | X\nA | 1.0", caption).aliases
    assert {short: found.get(short) for short in expected} == expected
    assert expected or not found


@pytest.mark.parametrize(
    ("caption", "stated"),
    [
        ("FID: lower is better, IS: higher is better.", {"fid": "lower", "is": "higher"}),
        ("Lower is better for FID and KID.", {"fid": "lower", "kid": "lower"}),
        (
            "For FID and KID, lower is better; for IS, higher is better.",
            {"fid": "lower", "kid": "lower", "is": "higher"},
        ),
        ("Lower FID is better.", {"fid": "lower"}),
        ("Lower is better.", {}),
        ("FID (lower is better). Higher FID is better.", {}),
    ],
)
def test_a_caption_says_of_named_headers_which_way_is_better(caption: str, stated: dict[str, str]) -> None:
    assert directions_in(caption) == stated


def test_the_measure_of_one_column_is_not_that_of_the_table() -> None:
    (found,) = table_of_grid(
        ["Model", "FID", "XQ"], [["A", "1.0", "2.0"], ["B", "3.0", "4.0"]], caption="FID: lower is better."
    )
    assert found.measure is None
    assert found.columns[1].measure is None
