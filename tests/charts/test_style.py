"""The house style shows Chinese with the bundled font, on light and dark pages."""

import base64
import io
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from labkit.charts import use_house_style
from labkit.charts.picture import figure_of, picture
from labkit.charts.style import FONT_DIR, FONT_FAMILY


@pytest.fixture(autouse=True)
def own_settings():
    with mpl.rc_context():
        yield
    plt.close("all")


def drawn(title):
    figure, axes = plt.subplots()
    axes.bar(["啤酒", "尿布"], [1, 2])
    axes.set_title(title)
    return figure


@pytest.mark.parametrize("dark", [False, True])
def test_chinese_is_drawn_without_a_missing_glyph_from_the_bundled_font(dark):
    use_house_style(dark=dark)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture(drawn("星期五晚上，啤酒与尿布的提升度 −1.5"), "alt")
    from matplotlib.font_manager import findfont

    assert FONT_DIR.as_posix() in findfont(FONT_FAMILY).replace("\\", "/")


def test_picture_carries_its_alternative_text_escaped_and_closes_the_figure():
    use_house_style()
    html = picture(drawn("t"), 'bars: "beer" < diapers')
    assert 'alt="bars: &quot;beer&quot; &lt; diapers"' in html
    assert plt.get_fignums() == []


def test_figure_is_found_behind_axes_and_arrays_of_axes():
    figure, grid = plt.subplots(2, 2)
    assert figure_of(figure) is figure_of(grid) is figure_of(grid[0, 0]) is figure


def test_same_figure_gives_the_same_bytes():
    use_house_style()
    assert picture(drawn("t"), "a") == picture(drawn("t"), "a")


def test_picture_says_its_shape_and_keeps_its_size_however_dense_it_is():
    plt.rcdefaults()
    for inches in ((6, 3), (18, 12)):
        figure, _ = plt.subplots(figsize=inches)
        html = picture(figure, "alt")
        width = int(html.split("width:")[1].split("px")[0])
        ratio = float(html.split("--ratio:")[1].split(";")[0])
        assert width == pytest.approx(100 * inches[0], rel=0.01)
        assert ratio == pytest.approx(inches[0] / inches[1], rel=0.01)
        image = plt.imread(io.BytesIO(base64.b64decode(html.split("base64,")[1].split('"')[0])))
        assert image.shape[0] * image.shape[1] < 2_300_000
