"""The working layers: what every record must carry, and that codes, relations and rules fit together."""

from __future__ import annotations

import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.schema.published import LAYERS, Layer
from atlas.core.schema.rural import RURAL_LAYERS, is_fictitious, working_layer
from atlas.core.schema.visits import OBSERVATIONS, REPORT_CATEGORIES
from atlas.core.schema.working import FORMAT_WORDS, PATTERNS, Requirement, WorkingField
from atlas.core.vacancy.evidence import (
    BAG,
    BAG_ADDRESS,
    CONCLUSIONS,
    REGISTERS,
    RELIABILITIES,
    SOURCES,
    VALUES,
    WEIGHTS,
)
from atlas.core.words.errors import AtlasError

WORKING = [layer for layer in RURAL_LAYERS.values() if not layer.append_only]
FIELDS = [(layer, field) for layer in RURAL_LAYERS.values() for field in layer.fields]


def codes(layer, field):
    return {code.value for code in RURAL_LAYERS[layer].field(field).codes.codes}


def test_the_layers_are_those_of_the_design():
    assert list(RURAL_LAYERS) == [
        "leegstand_object", "leegstand_bewijs", "agrarisch_bedrijf", "signaal", "campagne", "ronde",
        "ronde_stop", "erfbezoek", "bevinding", "conflict", "uitgifte",
    ]  # fmt: skip
    assert not set(RURAL_LAYERS) & set(LAYERS)
    assert all(isinstance(layer, Layer) for layer in RURAL_LAYERS.values())


@pytest.mark.parametrize("layer", WORKING, ids=lambda layer: layer.name)
@pytest.mark.parametrize(
    "name",
    [
        "uuid", "bron", "peildatum", "aangemaakt_op", "aangemaakt_door", "gewijzigd_op", "gewijzigd_door",
        "bewaren_tot", "regime",
    ],
)  # fmt: skip
def test_every_working_record_must_say_where_it_comes_from_and_how_long_it_is_kept(layer, name):
    assert layer.field(name).required


@pytest.mark.parametrize("layer", WORKING, ids=lambda layer: layer.name)
def test_there_is_never_a_silent_term_of_keeping(layer):
    kept = layer.field("bewaren_tot")
    assert (kept.default, kept.default_from) == ("", "")


@pytest.mark.parametrize("layer", WORKING, ids=lambda layer: layer.name)
def test_the_avg_is_the_only_regime(layer):
    assert {code.value for code in layer.field("regime").codes.codes} == {"avg"}


@pytest.mark.parametrize("name", ["leegstand_object", "agrarisch_bedrijf", "signaal"])
def test_what_has_a_place_has_a_municipality_that_is_unsure_until_shown_otherwise(name):
    layer = RURAL_LAYERS[name]
    assert layer.geometry == "Point"
    assert layer.field("gemeente_code").required
    assert layer.field("gemeente_zeker").default == "nee"


@pytest.mark.parametrize("layer", RURAL_LAYERS.values(), ids=lambda layer: layer.name)
def test_the_key_is_a_text_uuid(layer):
    assert layer.key == ("uuid",)
    uuid = layer.field("uuid")
    assert (uuid.type, uuid.format, uuid.default_from) == ("text", "uuid", "uuid")


@pytest.mark.parametrize(("layer", "field"), FIELDS, ids=lambda item: item.name)
def test_names_are_plain_and_every_field_has_an_alias(layer, field):
    assert isinstance(field, WorkingField)
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,30}", field.name)
    assert field.alias[0].isupper()
    assert len(layer.field_names) == len(set(layer.field_names))
    assert not (field.default and field.default_from)


@pytest.mark.parametrize(("layer", "field"), FIELDS, ids=lambda item: item.name)
def test_a_default_fits_its_field(layer, field):
    if field.default and field.codes:
        assert field.default in {code.value for code in field.codes.codes}


def test_a_code_list_has_one_meaning_and_no_doubles():
    lists = {}
    for _, field in FIELDS:
        if field.codes:
            assert lists.setdefault(field.codes.name, field.codes) == field.codes
            values = [code.value for code in field.codes.codes]
            assert len(values) == len(set(values))
            assert all(re.fullmatch(r"[a-z0-9_]+", value) for value in values)
    published = {field.codes.name for layer in LAYERS.values() for field in layer.fields if field.codes}
    assert not published & set(lists)


def test_the_codes_of_vacancy_are_those_of_the_conclusion():
    assert codes("leegstand_object", "conclusie") == set(CONCLUSIONS)
    assert codes("leegstand_object", "betrouwbaarheid") == set(RELIABILITIES)
    assert codes("leegstand_bewijs", "bewijsbron") == set(SOURCES)
    assert codes("leegstand_bewijs", "gewicht") == set(WEIGHTS)
    assert codes("leegstand_bewijs", "waarde") == {value for values in VALUES.values() for value in values}


def test_one_value_means_one_thing_whatever_its_source():
    labels = {}
    for source, values in VALUES.items():
        for value, label in values.items():
            bag = source in (BAG, BAG_ADDRESS)
            labels.setdefault(value, set()).add("BAG" if bag else label.split(",")[0])
    assert {value for value, seen in labels.items() if len(seen) > 1} == {"in_gebruik"}


def test_a_finding_is_seen_not_seen_or_not_looked_at():
    assert codes("bevinding", "waarneming") == set(OBSERVATIONS)
    assert set(REPORT_CATEGORIES) < codes("bevinding", "categorie")


ACCUSING = ("verdacht", "crimine", "illegaal", "dader", "drugs", "hennep", "schuld", "fraude")


def test_no_code_accuses():
    texts = [code.value + code.label for _, field in FIELDS if field.codes for code in field.codes.codes]
    assert [text for text in texts if any(word in text.lower() for word in ACCUSING)] == []


@pytest.mark.parametrize("layer", RURAL_LAYERS.values(), ids=lambda layer: layer.name)
def test_relations_identities_and_rules_name_fields_that_exist(layer):
    known = {*layer.field_names, "geometrie"} if layer.geometry else {*layer.field_names}
    for relation in layer.relations:
        assert layer.field(relation.field).format == "uuid"
        parent = RURAL_LAYERS[relation.layer]
        assert list(RURAL_LAYERS).index(parent.name) < list(RURAL_LAYERS).index(layer.name)
        assert {*relation.via} <= {*parent.field_names}
        assert not {*relation.via} & {*layer.field_names}
    for identity in layer.identities:
        assert {*identity.fields, *identity.unless_different} <= known
    for rule in layer.requirements:
        assert {*rule.fields} <= known
        listed = layer.field(rule.fields[0]).codes
        assert not rule.values or {*rule.values} <= {code.value for code in listed.codes}
        if rule.when_field:
            assert {*rule.when_values} <= {code.value for code in layer.field(rule.when_field).codes.codes}


@pytest.mark.parametrize("layer", WORKING, ids=lambda layer: layer.name)
def test_every_working_layer_recognises_what_comes_again(layer):
    assert layer.identities or layer.made_here


def test_every_rule_is_understood_by_sqlite_and_means_the_same():
    rules = [(layer, rule) for layer in RURAL_LAYERS.values() for rule in layer.requirements]
    assert len(rules) >= len(SOURCES) + 5
    for layer, rule in rules:
        names = [*rule.fields, *([rule.when_field] if rule.when_field else [])]
        options = {
            name: [None, "", *(code.value for code in layer.field(name).codes.codes)]
            if layer.field(name).codes
            else [None, "", "iets"]
            for name in names
        }
        for record in combinations(options):
            assert in_sqlite(rule, record) == rule.holds(record), (layer.name, rule.name, record)


def combinations(options):
    records = [{}]
    for name, values in options.items():
        records = [{**record, name: value} for record in records for value in values]
    return records


def in_sqlite(rule, record):
    columns = ", ".join(f'? AS "{name}"' for name in record)
    query = f"SELECT coalesce(({rule.expression}), 0) FROM (SELECT {columns})"
    return bool(sqlite3.connect(":memory:").execute(query, list(record.values())).fetchone()[0])


def test_a_preventive_talk_rests_on_consent_and_supervision_does_not():
    rules = RURAL_LAYERS["erfbezoek"].requirements
    talk = {"object_uuid": "u", "soort": "preventief", "grondslag": "instemming"}
    assert all(rule.holds(talk) for rule in rules)
    assert not all(rule.holds({**talk, "grondslag": "toezicht_awb"}) for rule in rules)
    control = {**talk, "soort": "toezicht", "grondslag": "toezicht_awb", "regeling": "Omgevingswet"}
    assert all(rule.holds(control) for rule in rules)
    assert not all(rule.holds({**control, "regeling": None}) for rule in rules)
    assert not all(rule.holds({**control, "grondslag": "instemming"}) for rule in rules)
    assert not all(rule.holds({**talk, "object_uuid": None}) for rule in rules)


def test_a_signal_is_weighed_before_sources_are_asked():
    rule, handed_over = RURAL_LAYERS["signaal"].requirements
    assert rule.holds({"fase": "intake", "weging": "nog_niet_gewogen"})
    assert not rule.holds({"fase": "broncheck", "weging": "nog_niet_gewogen"})
    assert rule.holds({"fase": "broncheck", "weging": "naar_broncheck"})
    assert not handed_over.holds({"fase": "overgedragen", "weging": "nog_niet_gewogen"})
    assert handed_over.holds({"fase": "overgedragen", "weging": "extern_riec"})


def test_every_format_has_a_pattern_and_words():
    used = {field.format for _, field in FIELDS} - {""}
    assert used == set(PATTERNS) == set(FORMAT_WORDS)


@pytest.mark.parametrize(
    "path", ["/erf.jpg", "../erf.jpg", "C:/erf.jpg", "http://x/erf.jpg", "a b.jpg", "", "a//b"]
)
def test_a_path_never_leaves_the_dossier(path):
    assert not re.fullmatch(PATTERNS["path"], path)


def test_a_layer_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(AtlasError) as refused:
        working_layer("leegstand")
    assert "leegstand_object" in refused.value.expected


def test_made_up_data_says_so_in_its_source():
    assert is_fictitious("FICTIEF demonstratie")
    assert not is_fictitious("inventarisatie")
    assert not is_fictitious(None)


def test_registers_never_hold_more_than_hit_or_no_hit():
    for register in REGISTERS:
        assert set(VALUES[register]) == {"treffer", "geen_treffer", "niet_bevraagd"}


@given(st.lists(st.sampled_from(["a", "b", None]), min_size=2, max_size=2))
def test_one_of_several_fields_is_enough(values):
    rule = Requirement("een_van", "Een van beide.", ("x", "y"))
    record = dict(zip(("x", "y"), values, strict=True))
    assert rule.holds(record) == any(values) == in_sqlite(rule, record)
