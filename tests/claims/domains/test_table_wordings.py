"""Many ways of saying who is ahead, by how much and where: each is read, or withheld where it says something else."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import Table

SCORES = table(
    """
Model | NUS  | Quay | Lode | Fen
Alpha | 71.0 | 80.4 | 65.2 | 58.3
Beta  | 70.1 | 82.9 | 60.0 | 55.0
Gamma | 69.5 | 75.0 | 59.8 | 54.1
Omega | 50.0 | 61.3 | 44.0 | 40.2
""",
    "Accuracy (%) on four data sets.",
)
COSTS = table(
    """
Model | F1   | WER  | Params (M) | Latency (ms) | Layers
Alpha | 84.0 | 12.5 | 220 | 40 | 24
Beta  | 82.5 | 14.0 | 110 | 20 | 12
Gamma | 80.0 | 15.2 | 66  | 10 | 6
Omega | 79.1 | 18.8 | 330 | 90 | 24
""",
    "Quality and cost of the models.",
)
PARTS = table(
    """
Model    | Dev F1 | Test F1
Alpha    | 84.0 | 81.5
w/o gate | 82.5 | 80.0
w/o copy | 80.0 | 78.1
+ fog    | 85.1 | 83.5
""",
    "Ablation of Alpha.",
)
OVER_SCORES = [
    ("Beta is a leading model on NUS.", "withheld"),
    ("Alpha matches or outperforms Omega.", "supported"),
    ("Alpha is at least as good as Beta.", "mixed"),
    ("It is Omega that has the highest accuracy on NUS.", "refuted"),
    ("Alpha leads Beta on NUS.", "supported"),
    ("Alpha leads Beta by 1.9 points on NUS.", "refuted"),
    ("Alpha ranks above Beta on NUS.", "supported"),
    ("Alpha comes out ahead of Beta on NUS.", "supported"),
    ("Alpha finishes ahead of Beta on NUS.", "supported"),
    ("Beta ranks below Alpha on NUS.", "supported"),
    ("Alpha edges out Beta on NUS by 0.9 points.", "supported"),
    ("Alpha outperforms Beta on NUS by a narrow margin.", "supported"),
    ("Omega outperforms Alpha by a large margin on NUS.", "refuted"),
    ("Alpha outperforms Beta by a large margin on NUS.", "withheld"),
    ("Alpha outperforms Beta slightly on NUS.", "supported"),
    ("Alpha takes the lead on NUS.", "supported"),
    ("Alpha tops the table on NUS.", "supported"),
    ("Beta tops the table on NUS.", "refuted"),
    ("Alpha places first on NUS.", "supported"),
    ("Alpha is ahead of Beta by 2.9 points on NUS.", "refuted"),
    ("Alpha is 0.9 points below Beta on NUS.", "refuted"),
    ("Alpha scores 0.9 points lower than Beta on NUS.", "refuted"),
    ("Beta finishes 0.9 points behind Alpha on NUS.", "supported"),
    ("Alpha has a 0.9-point advantage over Beta on NUS.", "supported"),
    ("Alpha has a 1.9-point advantage over Beta on NUS.", "refuted"),
    ("Beta has the edge over Alpha on NUS.", "refuted"),
    ("Alpha and Beta differ by 0.9 points on NUS.", "supported"),
    ("Alpha and Beta differ by 3.9 points on NUS.", "refuted"),
    ("Alpha and Beta are 0.9 points apart on NUS.", "supported"),
    ("Only 0.9 points separate Alpha from Beta on NUS.", "supported"),
    ("Alpha gains 0.9 points over Beta on NUS.", "supported"),
    ("Alpha loses 0.9 points against Beta on NUS.", "refuted"),
    ("Beta loses 0.9 points to Alpha on NUS.", "supported"),
    ("Alpha adds 0.9 points to Beta on NUS.", "supported"),
    ("Alpha is an improvement over Beta on NUS.", "supported"),
    ("Moving from Beta to Alpha raises accuracy on NUS from 70.1 to 71.0.", "supported"),
    ("Moving from Alpha to Beta raises accuracy on NUS by 0.9 points.", "refuted"),
    ("Switching from Beta to Alpha costs 2.5 points on Quay.", "supported"),
    ("Replacing Beta with Alpha improves accuracy on NUS by 0.9 points.", "supported"),
    ("Beta is not as accurate as Alpha on NUS.", "supported"),
    ("Beta does not perform as well as Alpha on NUS.", "supported"),
    ("Alpha is not as good as Beta on NUS.", "refuted"),
    ("Alpha is at least as good as Beta on NUS.", "supported"),
    ("Beta is at least as good as Alpha on NUS.", "refuted"),
    ("Alpha nearly matches Beta on NUS.", "withheld"),
    ("Alpha beats Beta everywhere except on Quay.", "supported"),
    ("Alpha beats Beta everywhere.", "refuted"),
    ("Alpha beats Omega without exception.", "supported"),
    ("Alpha beats Beta on all but one data set.", "supported"),
    ("Alpha beats Gamma on all but one data set.", "refuted"),
    ("Alpha beats Beta on more than half of the data sets.", "supported"),
    ("Only Alpha and Beta exceed 70 on NUS.", "supported"),
    ("The best accuracy on NUS, 71.0, is achieved by Alpha.", "supported"),
    ("Alpha beats Beta on NUS too.", "supported"),
    ("Alpha, however, beats Beta on NUS.", "supported"),
    ("Alpha scores above 70 on NUS and below 60 on Fen.", "supported"),
    ("It is Beta that wins on Quay.", "supported"),
    ("Alpha leads everywhere.", "refuted"),
    ("Alpha is not ahead on NUS too.", "withheld"),
    ("Alpha does not lag everywhere.", "withheld"),
    ("Alpha gains on Beta on NUS.", "withheld"),
    ("Alpha adds 0.9 points on NUS.", "withheld"),
    ("Alpha adds 1.9 points to Beta on NUS.", "refuted"),
    ("Alpha leads Beta.", "mixed"),
    ("Alpha leads to Beta.", "withheld"),
    ("Alpha lead Beta into the race on NUS.", "withheld"),
    ("On more than half of the data sets, Beta beats Alpha.", "refuted"),
    ("It is Beta that beats Alpha on NUS.", "refuted"),
    ("Alpha beats Gamma not only on NUS but also on Quay.", "supported"),
    ("Beta is the only one with an accuracy above 82 on Quay.", "supported"),
    ("Alpha is the only one with an accuracy above 70 on NUS.", "refuted"),
    ("On Quay, Beta is the only model that beats Alpha.", "supported"),
    ("On NUS, Gamma is the only model that beats Omega.", "refuted"),
    ("Only Alpha beats Gamma on NUS.", "refuted"),
    ("Only Beta beats Alpha.", "withheld"),
    ("Alpha and Beta are within 1 point of each other on NUS.", "supported"),
    ("Alpha and Omega are within 1 point of each other on NUS.", "refuted"),
    ("Alpha beats Beta on all data sets except one.", "supported"),
    ("Omega beats Beta on all data sets except one.", "refuted"),
    ("Alpha matches or outperforms Beta on Quay.", "refuted"),
    ("The results contradict the claim that Beta beats Alpha on NUS.", "supported"),
    ("The table contradicts the statement that Alpha beats Beta on NUS.", "refuted"),
    ("Alpha is best on average over the data sets.", "supported"),
    ("Alpha beats Beta by 0.9 points on average over the data sets.", "refuted"),
    ("Alpha has the highest average accuracy across the data sets.", "supported"),
    ("Alpha is the only one.", "withheld"),
    ("It is likely that Alpha wins on NUS.", "withheld"),
]
OVER_COSTS = [
    ("Alpha has a higher F1 than Omega while being faster.", "supported"),
    ("The highest F1, 84.0, belongs to Alpha.", "supported"),
    ("Compared to Beta, Alpha gains 1.5 points in F1.", "supported"),
    ("Compared with Alpha, Beta loses 1.5 points in F1.", "supported"),
    ("Beta is not as good as Omega in F1.", "refuted"),
    ("Omega is not as good as Beta in F1.", "supported"),
    ("The lowest WER, 12.5, is achieved by Alpha.", "supported"),
    ("The lowest WER (12.5) belongs to Alpha.", "supported"),
    ("The lowest WER on all models is 12.5, achieved by Beta.", "refuted"),
    ("Alpha has a lead of 1.5 points in F1 over Beta.", "supported"),
    ("Alpha has a WER lower than Beta.", "supported"),
    ("Alpha has a WER 1.5 points lower than Beta.", "supported"),
    ("Alpha's WER is 1.5 points below Beta.", "supported"),
    ("Alpha's WER is above that of Beta.", "refuted"),
    ("Removing gate costs 5 ms.", "withheld"),
]
OVER_PARTS = [
    ("Removing gate costs 1.5 points on Dev F1.", "supported"),
    ("Removing gate loses 1.5 points on Dev F1.", "supported"),
    ("Removing gate gains 1.5 points on Dev F1.", "refuted"),
    ("Adding fog gains 1.1 points on Dev F1.", "supported"),
    ("Adding fog adds 1.1 points to Dev F1.", "supported"),
    ("Removing gate causes a drop of 1.5 points in Dev F1.", "supported"),
    ("Removing gate leads to a drop of 1.5 points in Dev F1.", "supported"),
    ("Removing gate leads to a decrease in Dev F1 of 1.5 points.", "supported"),
    ("Removing gate slightly hurts Dev F1.", "supported"),
    ("Without gate, Alpha loses 1.5 points on Dev F1.", "withheld"),
    ("Removing gate costs 2.5 points on Dev F1.", "refuted"),
    ("Removing gate adds 1.5 points to Dev F1.", "refuted"),
    ("Removing gate costs a lot of time.", "withheld"),
]


@pytest.mark.parametrize(
    ("over", "sentence", "word"),
    [
        (over, sentence, word)
        for over, cases in ((SCORES, OVER_SCORES), (COSTS, OVER_COSTS), (PARTS, OVER_PARTS))
        for sentence, word in cases
    ],
)
def test_who_is_ahead_is_read_in_many_wordings(over: Table, sentence: str, word: str) -> None:
    found = judged(sentence, over)
    assert found.verdict in (WITHHELD if word == "withheld" else {word}), f"{found.assertion}: {found.reason}"
