"""What may leave: only what the table names, only to whom it names, everything else never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.disclosure.audiences import Audience
from atlas.core.disclosure.fields import check_counts_may_leave, may_leave, permissions
from atlas.core.files.embedded import read_embedded_csv
from atlas.core.schema.published import GEOMETRY_FIELD, LAYERS
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

TABLE = read_embedded_csv("data", "disclosure", "velden.csv")
PAIRS = [(row["laag"], row["veld"]) for row in TABLE]
names = st.sampled_from(sorted({name for pair in PAIRS for name in pair} | set(Audience)))


def row(**cells):
    return {"laag": "waarde", "veld": "n", "openbaar": "nee", "partners": "nee", "team": "nee"} | cells


def test_the_table_decides():
    for entry in TABLE:
        for audience in Audience:
            layer, field = entry["laag"], entry["veld"]
            assert may_leave(layer, field, audience) == (entry[audience] == "ja"), (layer, field, audience)


@given(st.text(), st.text(), st.text())
def test_what_the_table_does_not_name_never_leaves(layer, field, audience):
    assert may_leave(layer, field, audience) == ((layer, field) in PAIRS and audience in list(Audience))


@given(names, names, names)
def test_known_names_in_the_wrong_place_never_leave(layer, field, audience):
    assert may_leave(layer, field, audience) <= ((layer, field) in PAIRS and audience in list(Audience))


@given(
    st.sampled_from(PAIRS),
    st.sampled_from(Audience),
    st.sampled_from([str.upper, str.title, lambda name: f" {name}"]),
)
def test_another_case_or_a_space_is_another_name_and_never_leaves(pair, audience, change):
    layer, field = pair
    assert not may_leave(change(layer), field, audience)
    assert not may_leave(layer, change(field), audience)
    assert not may_leave(layer, field, change(audience))


@given(st.none() | st.integers() | st.binary() | st.lists(st.text()) | st.booleans())
def test_what_is_no_text_never_leaves(name):
    assert not may_leave(name, "n", "openbaar")
    assert not may_leave("waarde", name, "openbaar")
    assert not may_leave("waarde", "n", name)


def fields_of(layers):
    """Every (layer, field), shapes too."""
    fields = {(layer.name, field) for layer in layers.values() for field in layer.field_names}
    return fields | {(layer.name, GEOMETRY_FIELD) for layer in layers.values() if layer.geometry}


def test_every_field_of_every_published_layer_has_been_decided_on():
    assert fields_of(LAYERS) <= set(PAIRS)


def test_every_working_field_has_been_decided_on_and_nothing_else_of_its_layer():
    """A field that is added is withheld from all until somebody decides: that would go unnoticed."""
    assert fields_of(RURAL_LAYERS) == {pair for pair in PAIRS if pair[0] in RURAL_LAYERS}


def test_the_raw_text_of_somebodys_table_stays_with_the_team():
    assert may_leave("koppelrapport", "tekst", "team")
    assert not may_leave("koppelrapport", "tekst", "partners")
    assert not may_leave("koppelrapport", "tekst", "openbaar")


@given(st.sampled_from(PAIRS))
def test_a_wider_audience_never_sees_more_than_a_narrower_one(pair):
    public, partners, team = (may_leave(*pair, audience) for audience in list(Audience))
    assert public <= partners <= team


def test_only_ja_allows():
    assert permissions([row(team="ja")]) == {("waarde", "n", "team")}
    assert permissions([row()]) == frozenset()


@pytest.mark.parametrize("cell", ["", "Ja", "JA", "yes", "1", "true", "misschien"])
def test_a_table_with_anything_but_ja_or_nee_is_refused(cell):
    with pytest.raises(AtlasError, match="Een recht is geen 'ja' of 'nee'"):
        permissions([row(openbaar=cell)])


def test_an_audience_without_a_column_may_see_nothing():
    assert permissions([{"laag": "waarde", "veld": "n", "team": "ja"}]) == {("waarde", "n", "team")}


def test_a_table_that_names_a_field_twice_is_refused():
    with pytest.raises(AtlasError, match="twee keer"):
        permissions([row(team="ja"), row()])


# --- what may be counted ---


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.parametrize(
    "counts", ["signalen", "Meldingen", "objecten", "erfbezoeken", "bevindingen", "personen", "verdachten"]
)
def test_no_count_of_what_may_point_at_somebody_leaves(counts, audience):
    with pytest.raises(AtlasError, match="gaat niet naar"):
        check_counts_may_leave(counts, audience, "tabel.csv")
    check_counts_may_leave(counts, "team", "tabel.csv")


@pytest.mark.parametrize("audience", ["openbaar", "partners", "iedereen"])
@pytest.mark.parametrize("counts", ["", "iets anders", "signalen en inwoners"])
def test_what_is_not_known_to_be_counted_is_refused(counts, audience):
    with pytest.raises(AtlasError, match="wat er is geteld"):
        check_counts_may_leave(counts, audience, "tabel.csv")


@pytest.mark.parametrize("counts", ["inwoners", "Misdrijven", "geregistreerde misdrijven", "adressen"])
def test_published_counts_may_leave(counts):
    for audience in ("openbaar", "partners", "team"):
        check_counts_may_leave(counts, audience, "tabel.csv")


def test_a_refusal_names_what_that_audience_may_have_counted_and_nothing_else():
    with pytest.raises(AtlasError) as caught:
        check_counts_may_leave("iets anders", "openbaar", "tabel.csv")
    allowed = caught.value.expected.partition("een van: ")[2].split(", ")
    assert allowed
    for counts in allowed:
        check_counts_may_leave(counts, "openbaar", "tabel.csv")
    assert not {"signalen", "objecten", "personen"} & set(allowed)


def test_a_team_may_count_what_nobody_knows():
    check_counts_may_leave("iets anders", "team", "tabel.csv")
    check_counts_may_leave("", "team", "tabel.csv")
