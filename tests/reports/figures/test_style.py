"""What every figure shares: the same bytes for the same input, colours and letters that can be read."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb

from analysis.errors import UsageError
from reports import style


@pytest.fixture
def figure():
    with style.applied():
        sheet = style.sheet(3, 2)
        axes = sheet.subplots()
        axes.plot([0, 1], [1, 3], "o-", label="a$b$")
        axes.fill_between([0, 1], [0, 1], [1, 2], hatch="//")
        axes.legend()
        return sheet


@pytest.mark.parametrize("ending", list(style.FORMATS))
def test_the_same_figure_gives_the_same_bytes_without_a_date(figure, tmp_path, ending):
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    style.save(figure, first)
    style.save(figure, second)
    assert first.read_bytes() == second.read_bytes()
    assert b"Date" not in first.read_bytes().replace(b"CreationDate", b"Date") or ending == ".svg"
    assert b"dc:date" not in first.read_bytes()


def test_another_ending_is_refused_and_nothing_is_written(figure, tmp_path):
    with pytest.raises(UsageError, match=r"'a\.gif'.*\.svg, \.pdf, \.png"):
        style.save(figure, tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


def test_the_users_own_settings_neither_show_nor_change():
    with mpl.rc_context({"font.size": 31.0, "axes.facecolor": "red"}):
        with style.applied():
            assert mpl.rcParams["font.size"] == style.SETTINGS["font.size"]
            assert mpl.rcParams["axes.facecolor"] == style.PAPER
        assert mpl.rcParams["font.size"] == 31.0


def test_characters_the_font_lacks_are_shown_as_lacking_and_others_stay():
    assert style.printable("Gain − λ → é") == "Gain − λ → é"
    assert style.printable("語字") == "\ufffd\ufffd"


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#777777", *style.LOSS_TO_GAIN])
def test_ink_stands_out_on_every_colour_of_the_map(colour):
    def luminance(name):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(name)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(style.ink_on(to_rgb(colour)))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_long_text_is_folded_and_cut_with_a_sign():
    assert style.folded("one two three four", 9, 2) == "one two\nthree …"
    assert style.folded("short", 9, 2) == "short"


def test_losses_and_gains_differ_for_readers_who_see_no_red_or_no_green():
    """Both ends of the map differ in the blue-yellow direction, which both kinds of readers see."""
    loss, gain = to_rgb(style.LOSS_TO_GAIN[1]), to_rgb(style.LOSS_TO_GAIN[-2])
    assert abs((loss[2] - (loss[0] + loss[1]) / 2) - (gain[2] - (gain[0] + gain[1]) / 2)) > 0.5
