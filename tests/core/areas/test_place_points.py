"""Places as points: complete, inside the area, the largest first."""

from __future__ import annotations

from collections import Counter

from atlas.core.areas.divisions import areas
from atlas.core.areas.place_points import place_points


def test_all_places_are_there_and_every_municipality_has_some():
    assert len(place_points()) == 992
    assert sum(place.official for place in place_points()) == 415
    assert set(Counter(place.municipality for place in place_points())) == {a.code for a in areas("gemeente")}


def test_every_place_lies_in_the_two_provinces():
    for place in place_points():
        assert 6.1 < place.lon < 7.3
        assert 52.6 < place.lat < 53.6


def test_the_largest_come_first():
    assert [place.name for place in place_points()[:3]] == ["Groningen", "Assen", "Emmen"]
    inhabitants = [place.inhabitants for place in place_points()]
    assert inhabitants == sorted(inhabitants, reverse=True)


def test_no_name_holds_what_parts_names_on_the_page():
    assert not [place.name for place in place_points() if set(place.name) & set(",;")]
