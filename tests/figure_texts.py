"""Where the texts of a figure stand, for tests that none covers another."""

from __future__ import annotations


def overlaps(figure) -> list[tuple[str, str]]:
    """Pairs of texts of a figure that cover each other, as drawn."""
    from matplotlib.text import Text

    from reports import style

    with style.applied():
        figure.draw_without_rendering()
        unseen = {id(text) for axes in figure.axes for text in _beyond(axes)}
        found = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and _shown(t)]
        texts = [t for t in found if id(t) not in unseen]
        boxes = [(t.get_text(), t.get_window_extent().shrunk(0.96, 0.9)) for t in texts]
    return [(a, b) for i, (a, first) in enumerate(boxes) for b, second in boxes[i + 1 :] if first.overlaps(second)]


def _shown(text) -> bool:
    axes = text.axes
    return axes is None or (axes.get_visible() and axes.axison) or text in axes.texts


def _beyond(axes):
    """Labels of ticks outside the view, which are there but not drawn."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)
