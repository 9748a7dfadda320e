"""The objects of a team as columns: what goes along, what never does, and that nothing changes on the way."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas
from atlas.core.counts import objects_payload as module
from atlas.core.counts.objects_payload import CODE_FIELDS, DAY_FIELDS, TEXT_FIELDS, objects_payload
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.vacancy.evidence import SOURCES, VALUES
from atlas.core.words.errors import AtlasError

EVERYWHERE = [area.code for area in areas("gemeente")]
ASSEN, EMMEN = "GM0106", "GM0114"
LAYER = RURAL_LAYERS["leegstand_object"]


def an_object(nth: int = 1, **changes: object) -> dict[str, object]:
    return {
        "uuid": str(UUID(int=nth)),
        "adres": f"Verzonnenweg {nth}, Proefdorp",
        "soort": "schuur",
        "status": "te_inventariseren",
        "conclusie": "leeg",
        "betrouwbaarheid": "hoog",
        "redenen": "Op 3 mei 2025 is ter plaatse gezien: leeg.\nDe BAG zwijgt.",
        "gemeente_code": ASSEN,
        "gemeente_zeker": "ja",
        "foto": "fotos/geheim.jpg",
        "aangemaakt_door": "geheime gebruiker",
        "geheim": "geheime kolom",
        "bron": "proefregister",
        "peildatum": "2025-05-03",
        "geometrie": (6.5 + nth / 1000, 53.0 - nth / 1000),
        **changes,
    }


def about(nth: int, **changes: object) -> dict[str, object]:
    return {
        "object_uuid": str(UUID(int=nth)), "bewijsbron": "waarneming", "waarde": "leeg",
        "peildatum": "2025-05-03", "toelichting": "geheime toelichting", **changes,
    }  # fmt: skip


def packed(records, evidence=(), *, audience="team", municipalities=(ASSEN,), fictitious=False):
    return objects_payload(
        records, evidence, audience=audience, municipalities=municipalities, fictitious=fictitious
    )


def unpacked(columns):
    """The records again, read as the page reads them."""
    count = columns["count"]
    x = y = 0
    steps, places = columns["places"].split(), []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        if east == ".":
            places.append(None)
            continue
        x, y = x + int(east), y + int(north)
        places.append((x / columns["degree"], y / columns["degree"]))
    entries = columns["texts"]["entries"].split(";")

    def text(signs):
        pattern, *taken = entries[int(signs, 36)].split(" ")
        parts = columns["texts"]["patterns"][int(pattern, 36)].split("#")
        return parts[0] + "".join(one + part for one, part in zip(taken, parts[1:], strict=True))

    records = []
    for nth in range(count):
        short = columns["uuid"][nth * 22 : nth * 22 + 22]
        record = {
            "uuid": str(UUID(bytes=base64.urlsafe_b64decode(short + "=="))),
            "geometrie": places[nth],
        }
        for field, signs in columns["codes"].items():
            sign = signs[nth]
            record[field] = None if sign == "-" else columns["lists"][field][int(sign, 36)][0]
        for field, signs in columns["days"].items():
            sign = signs[nth * 3 : nth * 3 + 3]
            day = None if sign == "---" else date(1970, 1, 1) + timedelta(days=int(sign, 36))
            record[field] = day and day.isoformat()
        for field, signs in columns["texts"]["of"].items():
            numbers = signs.split(" ")[nth]
            record[field] = "\n".join(text(number) for number in numbers.split(",")) if numbers else None
        pieces = columns["evidence"].split(" ")[nth]
        record["evidence"] = [
            (
                columns["lists"]["bewijs"][int(piece[0], 36)][0],
                columns["lists"]["bewijs"][int(piece[0], 36)][2][int(piece[1], 36)][0],
                (date(1970, 1, 1) + timedelta(days=int(piece[2:], 36))).isoformat(),
            )
            for piece in (pieces[at : at + 5] for at in range(0, len(pieces), 5))
        ]
        records.append(record)
    return records


@pytest.mark.parametrize("audience", ["openbaar", "partners", "Team", "", "iedereen"])
def test_others_than_the_team_get_nothing(audience):
    assert packed([an_object()], audience=audience) is None


@pytest.mark.parametrize("field", ["uuid", "geometrie", "gemeente_code", "gemeente_zeker"])
def test_nothing_goes_when_the_table_of_rights_denies_what_an_object_needs(monkeypatch, field):
    monkeypatch.setattr(module, "may_leave", lambda _layer, name, _audience: name != field)
    assert packed([an_object()]) is None


@pytest.mark.parametrize(
    ("field", "value", "trace"),
    [
        ("adres", "Zzyzxweg 1", "Zzyzxweg"),
        ("toelichting", "Zzyzx", "Zzyzx"),
        ("status", "bezocht", None),
        ("conclusie_sinds", "2024-02-03", None),
    ],
)
def test_a_field_that_is_denied_is_not_in_it(monkeypatch, field, value, trace):
    monkeypatch.setattr(module, "may_leave", lambda _layer, name, _audience: name != field)
    columns = packed([an_object(**{field: value})])
    assert field not in {*columns["codes"], *columns["days"], *columns["texts"]["of"]}
    assert trace is None or trace not in json.dumps(columns)


def test_evidence_that_is_denied_is_not_in_it(monkeypatch):
    monkeypatch.setattr(module, "may_leave", lambda layer, _name, _audience: layer == "leegstand_object")
    assert packed([an_object()], [about(1)])["evidence"] == ""


def test_only_known_fields_go_along():
    columns = packed([an_object()], [about(1)])
    assert "gehei" not in json.dumps(columns)
    assert set(columns["codes"]) == {"gemeente_code", *CODE_FIELDS}
    assert set(columns["days"]) == set(DAY_FIELDS)
    assert set(columns["texts"]["of"]) == set(TEXT_FIELDS)


def test_every_field_that_goes_along_is_one_of_the_layer():
    assert {*CODE_FIELDS, *DAY_FIELDS, *TEXT_FIELDS} <= set(LAYER.field_names)


def test_no_record_of_another_municipality_is_in_it():
    records = [an_object(1), an_object(2, gemeente_code=EMMEN, adres="Elders 2"), an_object(3)]
    columns = packed(records, [about(2, waarde="in_gebruik"), about(3)])
    assert [record["uuid"] for record in unpacked(columns)] == [str(UUID(int=1)), str(UUID(int=3))]
    assert "Elders" not in json.dumps(columns)
    assert [record["evidence"] for record in unpacked(columns)] == [
        [],
        [("waarneming", "leeg", "2025-05-03")],
    ]


def test_a_municipality_that_is_not_named_is_not_in_the_list_either():
    assert packed([an_object()])["lists"]["gemeente_code"] == [[ASSEN, "Assen"]]


@pytest.mark.parametrize("certain", ["nee", None, "", "onbekend"])
def test_an_object_that_may_lie_in_another_municipality_stays_behind(certain):
    columns = packed([an_object(1), an_object(2, gemeente_zeker=certain), an_object(3, gemeente_code=EMMEN)])
    assert (columns["count"], columns["withheld"], columns["uncertain"]) == (1, 1, 0)


def test_made_up_objects_go_along_however_uncertain_and_are_counted():
    records = [
        an_object(nth, bron="FICTIEF", gemeente_zeker=certain) for nth, certain in ((1, "ja"), (2, "nee"))
    ]
    columns = packed(records, fictitious=True)
    assert (columns["count"], columns["withheld"], columns["uncertain"]) == (2, 0, 1)


@pytest.mark.parametrize("municipalities", [[], ["GM9999"], [ASSEN, "Emmen"], ["PV22"]])
def test_a_team_works_for_known_municipalities(municipalities):
    with pytest.raises(AtlasError, match="welke gemeenten"):
        packed([an_object()], municipalities=municipalities)


def test_all_municipalities_together_only_when_made_up():
    with pytest.raises(AtlasError, match="alleen van verzonnen gegevens"):
        packed([an_object()], municipalities=EVERYWHERE)
    assert packed([an_object(bron="FICTIEF")], municipalities=EVERYWHERE, fictitious=True)["count"] == 1


@pytest.mark.parametrize(("source", "fictitious"), [("FICTIEF", False), ("echt", True), (None, True)])
def test_real_and_made_up_never_go_together(source, fictitious):
    right = "FICTIEF" if fictitious else "echt"
    with pytest.raises(AtlasError, match="door elkaar"):
        packed([an_object(1, bron=right), an_object(2, bron=source)], fictitious=fictitious)


@pytest.mark.parametrize("place", [(233_000.0, 557_000.0), (53.0, 6.5), (4.9, 52.4), (float("nan"), 53.0)])
def test_a_place_that_is_not_in_degrees_is_refused(place):
    with pytest.raises(AtlasError, match="Drenthe of Groningen"):
        packed([an_object(geometrie=place)])


def test_an_object_without_a_place_goes_along():
    columns = packed([an_object(1, geometrie=None), an_object(2), an_object(3, geometrie=None)])
    assert [record["geometrie"] for record in unpacked(columns)] == [None, (6.502, 52.998), None]


def test_a_code_that_is_not_in_its_list_is_refused():
    with pytest.raises(AtlasError, match="codelijst"):
        packed([an_object(status="ergens")])


@pytest.mark.parametrize("change", [{"waarde": "J. Verzonnen"}, {"bewijsbron": "J. Verzonnen"}])
def test_evidence_that_is_not_in_its_list_is_refused_and_not_repeated(change):
    with pytest.raises(AtlasError) as refused:
        packed([an_object()], [about(1, **change)])
    assert "Verzonnen" not in str(refused.value)


def test_the_order_is_municipality_then_address_with_numbers_as_numbers():
    addresses = ["Weg 10", "Weg 9", None, "Aan de Weg 2"]
    records = [an_object(nth, adres=address) for nth, address in enumerate(addresses)]
    records.append(an_object(9, adres="Aweg 1", gemeente_code=EMMEN))
    columns = packed(reversed(records), municipalities=[EMMEN, ASSEN])
    assert [record["adres"] for record in unpacked(columns)] == [
        "Aan de Weg 2", "Weg 9", "Weg 10", None, "Aweg 1",
    ]  # fmt: skip


def test_evidence_that_was_withdrawn_is_not_on_the_page():
    gone = about(1, ingetrokken_op="2026-01-01")
    counts = about(1, waarde="in_gebruik")
    assert packed([an_object()], [gone, counts])["evidence"] == packed([an_object()], [counts])["evidence"]


def test_the_order_of_the_records_makes_no_difference():
    records = [an_object(nth, adres="Weg 1") for nth in range(9)]
    evidence = [about(nth, waarde=value) for nth in range(9) for value in ("leeg", "in_gebruik")]
    assert packed(records, evidence) == packed(records[::-1], evidence[::-1])


def test_a_day_may_be_text_or_a_date():
    columns = packed([an_object(1, peildatum=date(2025, 5, 3)), an_object(2, peildatum=None)])
    assert [record["peildatum"] for record in unpacked(columns)] == ["2025-05-03", None]


def test_no_objects_at_all_is_an_empty_table():
    columns = packed([])
    assert (columns["count"], columns["places"], columns["uuid"]) == (0, "", "")


def codes_of(field):
    return st.sampled_from([None, *(code.value for code in LAYER.field(field).codes.codes)])


lines = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=30)
texts = st.none() | lines
dates = st.dates(date(1970, 1, 1), date(2097, 1, 1)).map(date.isoformat)
days = st.none() | dates
objects = st.fixed_dictionaries({
    "uuid": st.uuids().map(str),
    "gemeente_code": st.sampled_from([ASSEN, EMMEN]),
    "bron": st.just("proef"),
    "geometrie": st.none() | st.tuples(
        st.integers(600_000, 740_000).map(lambda x: x / 100_000),
        st.integers(5_260_000, 5_360_000).map(lambda y: y / 100_000),
    ),
    **{field: codes_of(field) for field in CODE_FIELDS if field != "gemeente_zeker"},
    "gemeente_zeker": st.just("ja"),
    **dict.fromkeys(DAY_FIELDS, days),
    "adres": texts,
    "toelichting": texts,
    "vab_stopjaar": st.none() | st.integers(1950, 2100),
    "redenen": st.lists(lines, max_size=4).map(lambda told: "\n".join(told) or None),
})  # fmt: skip
pieces = st.sampled_from([(source, value) for source in SOURCES for value in VALUES[source]])


@given(st.lists(objects, max_size=12, unique_by=lambda record: record["uuid"]), st.data())
def test_every_object_comes_out_as_it_went_in(records, data):
    evidence = {
        record["uuid"]: sorted(
            data.draw(st.lists(st.tuples(pieces, dates), max_size=4)),
            key=lambda piece: piece[1],
        )
        for record in records
    }
    rows = [
        {"object_uuid": uuid, "bewijsbron": source, "waarde": value, "peildatum": day}
        for uuid, of_object in evidence.items()
        for (source, value), day in of_object
    ]
    columns = json.loads(json.dumps(packed(records, rows, municipalities=[ASSEN, EMMEN])))
    found = {record["uuid"]: record for record in unpacked(columns)}
    assert len(found) == len(records)
    for record in records:
        expected = {**record, "vab_stopjaar": record["vab_stopjaar"] and str(record["vab_stopjaar"])}
        again = found[record["uuid"]]
        assert sorted(again.pop("evidence")) == sorted(
            (source, value, day) for (source, value), day in evidence[record["uuid"]]
        )
        assert again == expected
