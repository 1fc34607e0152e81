"""Gates: what must hold for every lab. Each is ``gate(lab) -> list[Fault]``, one small promise."""

from __future__ import annotations

from collections.abc import Callable

from labkit.authoring.faults import Fault
from labkit.authoring.gates.both_languages import both_languages
from labkit.authoring.gates.chinese_typography import chinese_typography
from labkit.authoring.gates.editions_agree import no_l_left, same_code, stable_outputs, stub_fits
from labkit.authoring.gates.exercises_match import exercises_match
from labkit.authoring.gates.finished import finished
from labkit.authoring.gates.fresh_translation import fresh_translation
from labkit.authoring.gates.glossary import glossary
from labkit.authoring.gates.glyphs import glyphs
from labkit.authoring.gates.header import header
from labkit.authoring.gates.markdown_renders import markdown_renders
from labkit.authoring.gates.minutes_add_up import minutes_add_up
from labkit.authoring.gates.rebuilt import rebuilt
from labkit.authoring.gates.same_content import same_holes, same_images, same_links, same_numbers
from labkit.authoring.gates.waits_for_answer import waits_for_answer
from labkit.authoring.source import LabSource

Gate = Callable[[LabSource], list[Fault]]

SOURCE_GATES: tuple[Gate, ...] = (
    header,
    minutes_add_up,
    both_languages,
    fresh_translation,
    same_links,
    same_images,
    same_numbers,
    same_holes,
    exercises_match,
    waits_for_answer,
    chinese_typography,
    markdown_renders,
    glossary,
    glyphs,
    finished,
)
"""They look at ``lab.py`` and ``checks/``."""

EDITION_GATES: tuple[Gate, ...] = (same_code, stub_fits, no_l_left, stable_outputs)
"""They look at the notebooks on disk."""

GATES: tuple[Gate, ...] = (*SOURCE_GATES, *EDITION_GATES, rebuilt)

__all__ = ["EDITION_GATES", "GATES", "SOURCE_GATES", "Gate", "edition_faults", "run_gates", "source_faults"]


def source_faults(lab: LabSource) -> list[Fault]:
    """What the source breaks."""
    return [fault for gate in SOURCE_GATES for fault in gate(lab)]


def edition_faults(lab: LabSource) -> list[Fault]:
    """What the notebooks on disk break."""
    return [fault for gate in EDITION_GATES for fault in gate(lab)]


def run_gates(lab: LabSource) -> list[Fault]:
    """All that is wrong with a lab, its editions included."""
    return [fault for gate in GATES for fault in gate(lab)]
