"""Colours of classes and states: told apart by every eye, and none that says safe."""

from __future__ import annotations

import colorsys
import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from class_samples import REGIONS, make, percent_tables
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.estimates import STATUSES
from atlas.core.files.embedded import embedded_path
from atlas.core.schema.states import STATES

# --- colours ----------------------------------------------------------------------------------------------


def test_dark_is_unfavourable_so_the_ramp_turns_where_higher_is_more_favourable():
    worse, better = make(REGIONS), make(REGIONS, direction="hoger_is_gunstiger")
    assert better.colours == tuple(reversed(worse.colours))
    assert lightness(worse.colours[-1]) < lightness(worse.colours[0])
    assert "Donkerder is lager" in better.note
    assert make(REGIONS, direction="geen").colours == worse.colours


@given(percent_tables, st.integers(0, 100), st.sampled_from(["fisher_jenks", "quantiles", "pretty"]))
def test_with_direction_and_reference_the_reference_parts_the_colours(values, reference, method):
    legend = make(values, reference=reference, method=method)
    mirrored = make(values, reference=reference, method=method, direction="hoger_is_gunstiger")
    if legend.kind == "single":
        return
    for value in values:
        warm = is_warm(legend.colours[legend.class_of(value)])
        assert warm == (value > reference)
        assert is_warm(mirrored.colours[mirrored.class_of(value)]) != warm


def test_a_reference_inside_the_values_is_an_edge_and_is_said():
    legend = make(REGIONS, reference=24)
    assert 24 in legend.breaks
    assert "vanaf 24%" in legend.note


@pytest.mark.parametrize("reference", [5, 90])
def test_a_reference_outside_the_values_does_not_stretch_the_classes(reference):
    assert make(REGIONS, reference=reference).labels == make(REGIONS).labels


def test_a_reference_outside_fixed_edges_needs_no_edge_of_its_own():
    legend = make(REGIONS, method="fixed", breaks=[20, 25, 30], reference=40)
    assert not any(is_warm(colour) for colour in legend.colours)


def test_without_direction_a_reference_changes_nothing():
    assert make(REGIONS, direction="geen", reference=24) == make(REGIONS, direction="geen")


MACHADO = {  # Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour, sight="normal"):
    """CIE L*a*b* of a colour as somebody with this sight sees it."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = SRGB_TO_XYZ @ np.clip(MACHADO[sight] @ linear, 0, 1) / SRGB_TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour):
    return lab(colour)[0]


def is_warm(colour):
    return lab(colour)[2] > 0


def apart(one, other, sight):
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


def all_colours():
    return re.findall(r"#[0-9a-f]{6}", embedded_path("styles", "palettes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sight", MACHADO)
@pytest.mark.parametrize("k", range(2, 8))
def test_neighbouring_classes_can_be_told_apart(k, sight):
    values = range(40)
    for options in ({}, {"direction": "hoger_is_gunstiger"}, {"reference": 20}, {"reference": 3}):
        colours = make(values, k=k, **options).colours
        assert len(colours) == k
        assert all(apart(one, other, sight) >= 10 for one, other in pairwise(colours))


@pytest.mark.parametrize("k", range(2, 8))
def test_sequential_colours_darken_class_by_class(k):
    steps = [lightness(one) - lightness(other) for one, other in pairwise(make(range(40), k=k).colours)]
    assert all(step >= 8 for step in steps)


def test_no_colour_is_green_because_few_signals_is_not_safety():
    for colour in all_colours():
        hue, light, saturation = colorsys.rgb_to_hls(
            *(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        )
        assert saturation < 0.1 or not 70 <= hue * 360 <= 190, (colour, light)


def test_the_five_states_each_look_different_and_explain_themselves():
    assert tuple(state.status for state in STATES) == STATUSES
    assert len({state.pattern for state in STATES}) == 5
    assert {state.pattern for state in STATES} == {"none", "diagonal", "dots", "cross", "horizontal"}
    assert len({state.label for state in STATES}) == 5
    for state in STATES:
        assert re.fullmatch(r"#[0-9a-f]{6}", state.colour)
        assert state.explanation.endswith(".")


def test_withheld_states_are_grey_so_that_no_class_is_mistaken_for_them():
    withheld = [state.colour for state in STATES[2:]]
    for one, other in combinations(withheld, 2):
        assert apart(one, other, "normal") >= 10
    for colour in withheld:
        assert np.abs(lab(colour)[1:]).max() < 1
