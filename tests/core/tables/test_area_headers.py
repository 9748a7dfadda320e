"""A first line that names an area is no header, and no heading in use is taken for an area."""

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.joining.join import join
from atlas.core.tables.area_headers import names_an_area
from atlas.core.tables.csv_text import read_csv
from atlas.core.words.errors import AtlasError

HEADINGS = (
    "Gemeente", "Gemeenten", "gem", "GM_CODE", "Gemeentecode", "Regio's", "RegioS", "RegioCode", "Gebied",
    "Kern", "Plaats", "Woonplaats", "Wijk", "Buurt", "Dorp", "Naam", "Code", "Provincie", "Aantal", "Waarde",
    "Totaal", "n", "Jaar", "Perioden", "Soort", "Type", "kolom A", "",
)  # fmt: skip


def joined(text, key, value):
    return join(read_csv(text.encode(), "lijst.csv"), level="gemeente", key=key, value=value, unit="count")


@pytest.mark.parametrize("first", ["Aa en Hunze", "GM1680", "1680", "Beilen", "Leeuwarden", "Appingedam"])
def test_a_first_line_that_names_an_area_is_refused(first):
    with pytest.raises(AtlasError, match="geen kopregel"):
        joined(f"{first};12\nAssen;106\n", first, "12")


def test_it_is_said_as_well_when_the_column_is_not_there():
    with pytest.raises(AtlasError, match="geen kopregel"):
        joined("Aa en Hunze;1680\nAssen;106\n", "Gemeente", "Aantal")


def test_areas_in_the_columns_are_said():
    with pytest.raises(AtlasError, match="in de kolommen"):
        joined("jaar;Assen;Emmen\n2024;1;2\n", "Gemeente", "Aantal")


def test_a_column_that_is_not_there_is_still_named():
    with pytest.raises(AtlasError, match="staat niet in deze tabel"):
        joined("naam;waarde\nAssen;1\n", "Gemeente", "waarde")


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_usual_heading_is_no_area(heading):
    assert not names_an_area(heading)


@pytest.mark.parametrize("area", areas("gemeente"), ids=str)
def test_every_municipality_is_an_area(area):
    assert names_an_area(area.name)
    assert names_an_area(area.code)
