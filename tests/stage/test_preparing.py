"""A panel on the stage is the panel of its lab, and preparing it leaves everything else alone."""

import json

import matplotlib.pyplot as plt
import pytest

from labkit import course
from labkit.language import set_language
from labkit.live import Points, Slider
from labkit.live.panel import drawn
from labkit.locations import progress_file
from labkit.stage.panels import LabCode, find_panels
from labkit.stage.preparing import CellError, prepare
from tests.stage.test_panels import notebook_of

QUICK = {"3.3", "9.3"}


def code(*cells, panels):
    names = tuple(f"cell_{place}" for place in range(len(cells)))
    return LabCode("9.3", "Title", "Question?", names, cells, panels)


OPENED = 'import labkit\n\nlab = labkit.start("9.3", scale=scale, seed=seed)'
PARAMETERS = 'scale = "lab"\nseed = 2026'


def sentence_in_notebook(panel, language):
    """What the panel said at its starting position when the course was built, on the same small world."""
    cells = json.loads(notebook_of(panel.code.lab, language).read_text(encoding="utf-8"))["cells"]
    cell = next(cell for cell in cells if cell["id"] == panel.code.names[panel.place])
    text = next(
        output["data"]["text/plain"]
        for output in cell["outputs"]
        if output["metadata"]["labkit"]["kind"] == "panel"
    )
    return "".join(text)


@pytest.mark.parametrize(
    "lab_id",
    [lab if lab in QUICK else pytest.param(lab, marks=pytest.mark.slow) for lab in course.lab_ids()],
)
def test_every_panel_starts_as_in_its_notebook(lab_id):
    language = "en" if course.lab_ids().index(lab_id) % 2 else "zh"
    set_language(language)
    panels = [panel for panel in find_panels(language) if panel.code.lab == lab_id]
    assert panels
    staged = prepare(panels[0].code, {"scale": "tiny"})
    for panel in panels:
        one = staged[panel.place]
        points = next((each for each in one.controls.values() if isinstance(each, Points)), None)
        position = drawn(one.draw, one.start, points)
        assert "<img" in position.image
        assert position.sentence == sentence_in_notebook(panel, language)
    assert plt.get_fignums() == []


def test_scale_and_seed_that_were_asked_for_win_over_the_notebooks_own():
    tiny = prepare(
        code(PARAMETERS, OPENED, "lab.panel(lambda: None, lab=lab)", panels=(2,)),
        {"scale": "tiny", "seed": 3},
    )
    dataset = tiny[2].controls["lab"]._dataset
    assert (dataset.customers, dataset.seed) == (2_000, 3)


def test_cells_that_no_panel_needs_are_not_run():
    cells = (PARAMETERS, OPENED, "x = 2", "raise RuntimeError", "y = x", "lab.panel(lambda: y)")
    staged = prepare(code(*cells, panels=(5,)), {"scale": "tiny"})
    assert staged[5].draw() == 2


def test_nothing_is_said_judged_or_logged(capsys):
    noisy = (
        "print('loud')\nlab.fact('n', 3, '{} things')\nlab.check('surplus')\nx = lab.truth('quality_defects')"
    )
    before = progress_file().read_bytes() if progress_file().exists() else b""
    staged = prepare(
        code(PARAMETERS, OPENED, noisy, "lab.panel(lambda: (x, lab.facts))", panels=(3,)), {"scale": "tiny"}
    )
    assert capsys.readouterr() == ("", "")
    assert (progress_file().read_bytes() if progress_file().exists() else b"") == before
    x, facts = staged[3].draw()
    assert len(x) > 0
    assert facts == {"n": 3}


def test_two_panels_of_a_lab_are_both_kept_with_their_controls():
    cells = (
        "from labkit.live import Slider",
        PARAMETERS,
        OPENED,
        "lab.panel(lambda a: a, a=Slider('A', 1, 9, 1, 4))",
        "lab.panel(lambda b: b, b=Slider('B', 1, 9, 1, 7))",
    )
    staged = prepare(code(*cells, panels=(3, 4)), {"scale": "tiny"})
    assert [each.start for each in staged.values()] == [{"a": 4}, {"b": 7}]
    assert staged[3].controls == {"a": Slider("A", 1, 9, 1, 4)}


def test_a_cell_that_fails_is_named_with_its_cause():
    with pytest.raises(CellError) as failed:
        prepare(code(PARAMETERS, OPENED, "y = 1 / 0", "lab.panel(lambda: y)", panels=(3,)), {"scale": "tiny"})
    assert failed.value.cell == "cell_2"
    assert isinstance(failed.value.__cause__, ZeroDivisionError)


def test_progress_is_told_before_every_cell_and_at_the_end():
    told = []
    cells = (PARAMETERS, OPENED, "lab.panel(lambda: 1)")
    prepare(code(*cells, panels=(2,)), {"scale": "tiny"}, lambda *done: told.append(done))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
