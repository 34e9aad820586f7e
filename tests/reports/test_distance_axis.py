import matplotlib.pyplot as plt

from analysis.published.scores import published_scores
from analysis.questions import distance
from reports.figures.distance import draw


def test_languages_without_a_distance_are_named_under_their_panel():
    outcome = distance.fit(published_scores(), distance.DESIGN(kinds=["syntactic", "syntactic_features"], outcome="score", specifications=False, permutations=1))  # fmt: skip
    figure = draw(outcome)
    labels = [axes.get_xlabel() for axes in figure.axes]
    key = figure.legends[0].get_title().get_text().replace("\n", " ")
    plt.close(figure)
    assert "a point is a mean over the models: mbert, mmte, xlm, xlm-r-large" in key
    assert labels == ["syntactic distance (none known for ar, zh)", "syntactic_features distance"]
    said = "ar, zh: kind 'syntactic_features' has a distance, from lang2vec's features"
    assert said in outcome.cells.left_out
