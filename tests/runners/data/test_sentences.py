"""Running text cut into sentences."""

from __future__ import annotations

import pytest

from runners.data.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mr. Smith saw A. Jones. They left at once!", ["Mr. Smith saw A. Jones.", "They left at once!"]),
        ("东京是日本的首都之一。它有很多很多人口！「非常多的人口」。", ["东京是日本的首都之一。", "它有很多很多人口！", "「非常多的人口」。"]),
        ("वह घर जा रहा था। हम लोग देख रहे थे।", ["वह घर जा रहा था।", "हम लोग देख रहे थे।"]),
        ("ذهب الولد إلى المدرسة؟ نعم ذهب إليها.", ["ذهب الولد إلى المدرسة؟", "نعم ذهب إليها."]),
        ("ประเทศไทยอยู่ในเอเชีย", ["ประเทศไทยอยู่ในเอเชีย"]),
        ("See also\n\nA line\twith  blanks goes on\n", ["A line with blanks goes on"]),
        ("He said “Stop right there.” Nobody moved.", ["He said “Stop right there.”", "Nobody moved."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_of_any_script_sees_them_end(text: str, wanted: list[str]) -> None:
    assert list(sentences_of(text)) == wanted


def test_no_word_is_lost() -> None:
    text = "One two three four. Five six seven eight? Nine ten eleven twelve"
    assert " ".join(sentences_of(text)) == text
