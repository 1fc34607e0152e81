"""Colours of the house stay apart for normal sight and for three colour deficiencies."""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from labkit.charts.palette import PALETTE, PALETTE_DARK

SIGHTS = {
    "normal": None,
    "deuteranomaly": "deuteranomaly",
    "protanomaly": "protanomaly",
    "tritanomaly": "tritanomaly",
}


def smallest_distance(colours, deficiency):
    rgb = np.array([[int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] for colour in colours])
    if deficiency:
        space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)
    return min(deltaE(a, b, input_space="sRGB1") for a, b in combinations(rgb, 2))


@pytest.mark.parametrize("sight", SIGHTS)
def test_light_palette_keeps_every_two_colours_at_least_20_apart(sight):
    assert smallest_distance(PALETTE, SIGHTS[sight]) >= 20


@pytest.mark.parametrize("sight", SIGHTS)
def test_dark_palette_keeps_every_two_colours_at_least_17_apart(sight):
    assert smallest_distance(PALETTE_DARK, SIGHTS[sight]) >= 17


def test_the_measure_tells_a_bad_palette_from_a_good_one():
    tab10 = (
        "#1f77b4",
        "#ff7f0e",
        "#2ca02c",
        "#d62728",
        "#9467bd",
        "#8c564b",
        "#e377c2",
        "#7f7f7f",
        "#bcbd22",
        "#17becf",
    )
    assert min(smallest_distance(tab10, sight) for sight in SIGHTS.values()) < 5
