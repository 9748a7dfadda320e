"""The patterns of the states: five that look different, clipped to their area, alike in map and legend."""

from __future__ import annotations

import io

import numpy as np
import pytest
import shapely
from PIL import Image

from atlas.core.schema.states import STATES
from atlas.sheet.page import Page
from atlas.sheet.patterns import PATTERNS, fill, is_dark, mixed
from atlas.sheet.structure import Box

AREA = shapely.box(20, 20, 60, 50)
SCALE = 4


def drawn(pattern, colour="#f5bc88", area=AREA, *, y_down=True):
    page = Page()
    axes = page.axes
    if not y_down:
        axes = page.panel(Box(0, 0, 210, 297), zorder=3)
        axes.set(xlim=(0, 210), ylim=(0, 297))
        area = shapely.box(20, 247, 60, 277)
    fill(axes, area, colour=colour, pattern=pattern, mm=1.0, zorder=1)
    buffer = io.BytesIO()
    page.figure.savefig(buffer, format="png", dpi=25.4 * SCALE)
    with Image.open(buffer) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_every_state_of_the_palette_has_a_pattern_that_can_be_drawn():
    assert {state.pattern for state in STATES} <= set(PATTERNS)


def test_the_five_patterns_look_different():
    images = {pattern: drawn(pattern) for pattern in PATTERNS}
    for one in PATTERNS:
        for other in PATTERNS:
            if one != other:
                differing = (np.abs(images[one] - images[other]).sum(axis=2) > 60).mean()
                assert differing > 0.0005, (one, other)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_stays_within_its_area(pattern):
    image = drawn(pattern)
    outside = np.ones(image.shape[:2], dtype=bool)
    outside[20 * SCALE - 2 : 50 * SCALE + 2, 20 * SCALE - 2 : 60 * SCALE + 2] = False
    assert (image[outside] == 255).all()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_class_colour_stays_the_main_colour_below_a_pattern(pattern):
    inside = drawn(pattern)[21 * SCALE : 49 * SCALE, 21 * SCALE : 59 * SCALE]
    assert (inside == [0xF5, 0xBC, 0x88]).all(axis=2).mean() > 0.6


def test_the_diagonal_rises_to_the_right_on_the_map_as_in_the_legend():
    legend, on_map = drawn("diagonal"), drawn("diagonal", y_down=False)
    for image in (legend, on_map):
        inside = image[21 * SCALE : 49 * SCALE, 21 * SCALE : 49 * SCALE].sum(axis=2)
        # moving up a line that rises to the right: one step right and one step up stay on the line
        rising = np.abs(inside[1:, :-1] - inside[:-1, 1:]).mean()
        falling = np.abs(inside[:-1, :-1] - inside[1:, 1:]).mean()
        assert rising < falling / 3


def test_the_pattern_is_light_on_a_dark_class():
    dark = drawn("diagonal", colour="#3b1b5c")
    inside = dark[21 * SCALE : 49 * SCALE, 21 * SCALE : 59 * SCALE]
    assert inside.sum(axis=2).max() > 300
    assert is_dark("#3b1b5c")
    assert not is_dark("#fbe9c6")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_an_area_smaller_than_the_pattern_is_still_filled(pattern):
    speck = shapely.box(30.1, 30.1, 30.4, 30.4)
    image = drawn(pattern, area=speck)
    assert (image != 255).any()


def test_a_hole_stays_open():
    ring = AREA.difference(shapely.box(35, 30, 45, 40))
    image = drawn("none", area=ring)
    assert (image[35 * SCALE, 40 * SCALE] == 255).all()


def test_mixing_goes_from_one_colour_to_the_other():
    assert mixed("#000000", "#ffffff", 0) == "#000000"
    assert mixed("#000000", "#ffffff", 1) == "#ffffff"
