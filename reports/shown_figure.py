"""A figure that shows itself in the output cell of a notebook, without pyplot."""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure

PIXELS_PER_INCH = 100


class ShownFigure(Figure):
    """A matplotlib figure that a notebook displays as a picture."""

    def _repr_png_(self) -> bytes:
        from reports.style import FORMATS, applied

        picture = BytesIO()
        with applied():
            self.savefig(
                picture, format="png", metadata=FORMATS[".png"],
                dpi=PIXELS_PER_INCH, bbox_inches="tight", pad_inches=0.08,
            )  # fmt: skip
        return picture.getvalue()
