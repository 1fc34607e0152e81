"""A bare figure leaves room for its title and nothing else."""

import matplotlib.pyplot as plt
import pytest

from labkit.charts.bare import TITLE, bare_figure


def test_axes_fill_all_but_the_room_of_the_title_and_nothing_is_fitted():
    figure, axes = bare_figure(8, 4)
    axes.text(0.5, -3, "far outside")
    figure.canvas.draw()
    box = axes.get_position()
    assert box.width * 8 == pytest.approx(8, abs=0.1)
    assert (1 - box.y1) * 4 == pytest.approx(TITLE, abs=0.05)
    assert not axes.axison
    plt.close(figure)
