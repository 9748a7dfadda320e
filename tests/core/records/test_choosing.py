"""Who is chosen for a visit: by tiers and a draw that anybody can repeat, with the chance of every yard."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.choosing import needs_draw, select, village_order
from atlas.core.records.choosing_facts import Frame, frame_of, same_yards
from atlas.core.records.choosing_rules import FRAME, Rules, Tier, choosing_fields, read_rules, read_rules_file
from atlas.core.schema.campaigns import ALL, BY_DRAW, BY_TIER, NOT_CHOSEN
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

TODAY = date(2026, 3, 2)
ASSEN = "GM0106"
THIRDS = ("meest afgelegen", "midden", "minst afgelegen")


def made_frame(number, tiers=0):
    """Made-up yards: every third in a stratum, every fifth in a tier when there are tiers."""
    yards = tuple(f"erf-{index:04d}" for index in range(number))
    return Frame(
        yards,
        {yard: index // 5 % tiers + 1 for index, yard in enumerate(yards) if tiers and index % 5 == 0},
        {yard: THIRDS[index % 3] for index, yard in enumerate(yards)},
        dict.fromkeys(yards, ()),
        (),
    )


def yard(name, **more):
    return {
        "uuid": name, "gemeente_code": ASSEN, "gemeente_zeker": "ja", "buitengebied": "ja", "bron": "lijst",
        "peildatum": "2026-01-15", **more,
    }  # fmt: skip


def visit(name, at, day, **more):
    return {
        "uuid": name, "bedrijf_uuid": at, "datum": day, "soort": "preventief", "bron": "team",
        "uitkomst": "toegang_verleend", "peildatum": day, **more,
    }  # fmt: skip


def framed(rules="", *, kind="preventief", yards=(), visits=(), objects=(), signals=()):
    layers = {
        "agrarisch_bedrijf": list(yards), "erfbezoek": list(visits), "leegstand_object": list(objects),
        "signaal": list(signals),
    }  # fmt: skip
    read = read_rules(rules, kind, where="regels.toml")
    return frame_of(layers, read, kind=kind, municipality=ASSEN, today=TODAY)


def tier(field, **numbers):
    lines = [f'[[tier]]\nfield = "{field}"', *(f"{key} = {value}" for key, value in numbers.items())]
    return "places = 3\n" + "\n".join(lines)


# the choice


@given(st.integers(1, 120), st.integers(0, 3), st.integers(1, 130), st.floats(0, 100), st.text(max_size=5))
def test_every_place_is_taken_and_every_yard_has_an_outcome_and_a_chance(number, tiers, places, share, seed):
    frame = made_frame(number, tiers)
    rules = Rules(places, share)
    chosen = select(frame, rules, seed)
    assert [one.uuid for one in chosen.yards] == list(frame.yards)
    assert chosen.places == min(places, number)
    assert sum(one.chance for one in chosen.yards) == pytest.approx(chosen.places)
    assert all(0 <= one.chance <= 1 for one in chosen.yards)
    assert all((one.chance > 0) or one.outcome == NOT_CHOSEN for one in chosen.yards)
    assert all(one.outcome != NOT_CHOSEN for one in chosen.yards if one.chance == 1)
    if needs_draw(frame, rules):
        drawn = sum(one.outcome == BY_DRAW for one in chosen.yards)
        assert drawn == chosen.drawn >= math.ceil(places * share / 100)
    else:
        assert {one.outcome for one in chosen.yards} == {ALL}


@given(st.integers(2, 80), st.integers(0, 3), st.data())
def test_the_draw_is_spread_over_the_strata(number, tiers, data):
    frame = made_frame(number, tiers)
    places = data.draw(st.integers(1, number - 1))
    chosen = select(frame, Rules(places), "zaad")
    rest = [one for one in chosen.yards if one.outcome != BY_TIER]
    for third in THIRDS:
        members = [one for one in rest if frame.strata[one.uuid] == third]
        drawn = sum(one.outcome == BY_DRAW for one in members)
        assert abs(drawn - chosen.drawn * len(members) / len(rest)) < 1


def test_the_chance_of_a_yard_is_how_often_it_is_chosen():
    frame, rules, times = made_frame(30, tiers=2), Rules(9, 34), 4_000
    often = Counter()
    for seed in range(times):
        chosen = select(frame, rules, str(seed))
        often.update(one.uuid for one in chosen.yards if one.outcome != NOT_CHOSEN)
    for one in chosen.yards:
        spread = math.sqrt(one.chance * (1 - one.chance) / times)
        assert abs(often[one.uuid] / times - one.chance) <= 4.5 * spread


def test_a_higher_tier_goes_first():
    frame = made_frame(100, tiers=2)  # ten yards in each
    chosen = {one.uuid: one for one in select(frame, Rules(15), "zaad").yards}
    assert sum(one.outcome == BY_TIER for one in chosen.values()) == 12
    assert all(chosen[name].outcome == BY_TIER for name, number in frame.tiers.items() if number == 1)


@given(st.integers(4, 60), st.data())
def test_a_new_yard_moves_no_other(number, data):
    """It takes a place at most, by its own lot: nobody who stayed behind comes in by it."""
    before = made_frame(number)
    before = Frame(before.yards, {}, dict.fromkeys(before.yards, "midden"), {}, ())
    after = Frame((*before.yards, "erf-9999"), {}, {**before.strata, "erf-9999": "midden"}, {}, ())
    rules = Rules(data.draw(st.integers(1, number - 1)), 100)
    one, other = (
        {item.uuid for item in select(frame, rules, "zaad").yards if item.outcome == BY_DRAW}
        for frame in (before, after)
    )
    assert other <= one | {"erf-9999"}
    assert len(one) == len(other) == rules.places


def test_anybody_with_the_list_can_repeat_the_draw():
    frame = made_frame(12)
    chosen = {one.uuid for one in select(frame, Rules(3, 100), "2026").yards if one.outcome == BY_DRAW}
    by_hand = set()
    for third in THIRDS:
        members = [name for name in frame.yards if frame.strata[name] == third]
        lots = {hashlib.sha256(f"2026:loting:{name}".encode()).hexdigest(): name for name in members}
        by_hand.add(lots[min(lots)])
    assert chosen == by_hand


# the rules


@pytest.mark.parametrize(
    ("field", "kind", "why"),
    [
        ("signaal.weging", "preventief", "Een signaal kiest nooit een preventief bezoek"),
        ("signaal.categorie", "toezicht", "geen feit"),
        ("bevinding.categorie", "preventief", "geen verdenking"),
        ("leegstand_object.prioriteit", "preventief", "som"),
        ("agrarisch_bedrijf.toelichting", "preventief", "niets over personen"),
        ("erfbezoek.aangemaakt_door", "preventief", "niets over personen"),
        ("agrarisch_bedrijf.eigenaar", "preventief", "bestaat niet"),
        ("agrarisch_bedrijf.bezoek_gevraagd_op", "toezicht", "vroeg er zelf om"),
    ],
)
def test_what_the_table_does_not_allow_chooses_nobody(field, kind, why):
    with pytest.raises(AtlasError, match="mag geen erf kiezen") as refused:
        read_rules(tier(field), kind, where="regels.toml")
    assert why in refused.value.detail
    assert "agrarisch_bedrijf.percentiel_gemeente" in refused.value.expected


def test_the_table_names_fields_that_exist_and_says_why():
    for name, field in choosing_fields().items():
        layer, _, column = name.partition(".")
        assert RURAL_LAYERS[layer].field(column) is not None, name
        assert field.why
        assert bool(field.kinds) == bool(field.test)
    chooses_a_talk = {name for name, field in choosing_fields().items() if "preventief" in field.kinds}
    assert not [name for name in chooses_a_talk if name.startswith(("signaal.", "bevinding."))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("places = ", "niet te lezen"),
        ("places = 0", "Deze waarde kan niet"),
        ("places = true", "Deze waarde kan niet"),
        ("places = 5\ndrawn = 101", "Deze waarde kan niet"),
        ("places = 5\ndrawn = nan", "Deze waarde kan niet"),
        ("plaatsen = 5", "Deze sleutel bestaat niet"),
        (tier("erfbezoek.datum", weight=2), "Deze sleutel bestaat niet"),
        (tier("erfbezoek.datum", older_than_days=0), "Deze waarde kan niet"),
        ('[[tier]]\nfield = "erfbezoek.datum"', "niet hoeveel erven"),
        ("places = 2\ntier = 3", "Deze waarde kan niet"),
        ("places = 2\n[[tier]]", "mag geen erf kiezen"),
        (tier("erfbezoek.datum") + '\n[[tier]]\nfield = "erfbezoek.datum"', "twee keer"),
        (
            tier("agrarisch_bedrijf.percentiel_gemeente") + '\n[[tier]]\nfield = "erfbezoek.datum"',
            "alleen voor de dekking",
        ),
    ],
)
def test_rules_that_can_not_be_get_a_sentence(text, said):
    with pytest.raises(AtlasError, match=said) as refused:
        read_rules(text, "preventief", where="regels.toml")
    assert refused.value.where.startswith("regels.toml")


def test_a_file_that_is_not_there_or_no_text_gets_a_sentence(tmp_path):
    with pytest.raises(AtlasError, match="niet worden gelezen"):
        read_rules_file(tmp_path / "weg.toml", "preventief")
    (tmp_path / "regels.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AtlasError, match="UTF-8"):
        read_rules_file(tmp_path / "regels.toml", "preventief")


# the facts


def test_the_frame_is_every_certain_yard_of_the_countryside_and_counts_what_is_not():
    found = framed(
        yards=[
            yard("een"), yard("twee"), yard("grens", gemeente_zeker="nee"), yard("dorp", buitengebied="nee"),
            yard("stad", buitengebied="nee"), yard("onbekend", buitengebied=None),
            yard("elders", gemeente_code="GM0114"),
        ]
    )  # fmt: skip
    assert found.yards == ("een", "twee")
    assert len(found.outside) == 3
    assert any("2 erven (niet in het buitengebied)" in said for said in found.outside)


@pytest.mark.parametrize(
    ("rules", "records", "said"),
    [
        (
            tier("agrarisch_bedrijf.bezoek_gevraagd_op"),
            {"yards": [yard("een", bezoek_gevraagd_op="2026-02-01")]},
            "vroeg op 1 februari 2026 om een bezoek (lijst, stand van 15 januari 2026)",
        ),
        (
            tier("erfbezoek.uitkomst"),
            {
                "visits": [
                    visit("b1", "een", "2025-05-01"),
                    visit("b2", "een", "2025-06-01", uitkomst="niemand_aanwezig"),
                ]
            },
            "op 1 juni 2025, was niemand aanwezig (team",
        ),
        (
            tier("leegstand_object.conclusie"),
            {
                "yards": [yard("een", bag_pand_id="p1")],
                "objects": [
                    {
                        "uuid": "o1",
                        "bag_pand_id": "p1",
                        "conclusie": "onbekend",
                        "conclusie_sinds": "2026-01-02",
                    }
                ],
            },
            "is niet bekend (conclusie van het dossier, 2 januari 2026)",
        ),
        (
            tier("leegstand_object.conclusie_geldig_tot", within_days=30),
            {
                "yards": [yard("een", adres="Verzonnen Weg 1")],
                "objects": [
                    {
                        "uuid": "o1",
                        "adres": "verzonnen weg  1",
                        "gemeente_code": ASSEN,
                        "conclusie_geldig_tot": "2026-03-20",
                        "conclusie_sinds": "2025-03-20",
                    }
                ],
            },
            "vervalt op 20 maart 2026",
        ),
        (tier("erfbezoek.datum"), {}, "nog niet bezocht"),
        (
            tier("erfbezoek.datum", older_than_days=365),
            {"visits": [visit("b1", "een", "2024-05-01")]},
            "Het vorige bezoek was op 1 mei 2024 (team",
        ),
        (
            tier("agrarisch_bedrijf.percentiel_gemeente", at_least=80),
            {"yards": [yard("een", percentiel_gemeente=91.0)]},
            "91% van de erven in de gemeente ligt minder afgelegen",
        ),
    ],
)
def test_a_rule_that_holds_is_said_with_fact_source_and_date(rules, records, said):
    found = framed(rules, **{"yards": [yard("een")], **records})
    assert found.tiers == {"een": 1}
    assert said in found.reasons["een"][1]


@pytest.mark.parametrize(
    ("rules", "records"),
    [
        (
            tier("agrarisch_bedrijf.bezoek_gevraagd_op"),
            {
                "yards": [yard("een", bezoek_gevraagd_op="2026-02-01")],
                "visits": [visit("b", "een", "2026-02-10")],
            },
        ),
        (
            tier("agrarisch_bedrijf.bezoek_gevraagd_op"),
            {"yards": [yard("een", bezoek_gevraagd_op="2027-01-01")]},
        ),
        (
            tier("erfbezoek.uitkomst"),
            {"visits": [visit("b", "een", "2025-06-01", uitkomst="geen_medewerking")]},
        ),
        (
            tier("erfbezoek.uitkomst"),
            {"visits": [visit("b", "een", "2025-06-01", uitkomst="niemand_aanwezig", soort="toezicht")]},
        ),
        (
            tier("erfbezoek.uitkomst"),
            {
                "visits": [
                    visit("b1", "een", "2025-06-01", uitkomst="niemand_aanwezig"),
                    visit("b2", "een", "2025-07-01"),
                ]
            },
        ),
        (
            tier("leegstand_object.conclusie"),
            {
                "yards": [yard("een", bag_pand_id="p1")],
                "objects": [{"uuid": "o1", "bag_pand_id": "p1", "conclusie": "leeg"}],
            },
        ),
        (tier("erfbezoek.datum"), {"visits": [visit("b", "een", "2026-02-01")]}),
        (tier("agrarisch_bedrijf.percentiel_gemeente"), {"yards": [yard("een", percentiel_gemeente=None)]}),
    ],
)
def test_a_rule_that_does_not_hold_chooses_nobody(rules, records):
    assert framed(rules, **{"yards": [yard("een")], **records}).tiers == {}


def test_supervision_goes_only_where_a_weighing_allows_it():
    def signal(at, **more):
        return {
            "uuid": f"s-{at}",
            "bedrijf_uuid": at,
            "peildatum": "2026-01-20",
            "fase": "plan",
            "weging": "naar_broncheck",
            "categorie": "gedumpt_afval",
            "melder_soort": "inwoner",
            **more,
        }

    signals = [signal("een"), signal("twee", fase="broncheck"), signal("drie", weging="geen"),
               signal("", object_uuid="o1")]  # fmt: skip
    records = {
        "yards": [*map(yard, ("een", "twee", "drie", "zonder")), yard("vier", bag_vbo_id="v4")],
        "objects": [{"uuid": "o1", "bag_vbo_id": "v4"}],
        "signals": signals,
    }
    found = framed(kind="toezicht", **records)
    assert found.yards == ("een", "vier")
    said = " ".join(found.reasons["een"])
    assert "weging" in said
    assert not any(word in said.lower() for word in ("afval", "inwoner", "melding"))
    assert len(framed(**records).yards) == 5


def test_yards_that_may_be_one_are_named():
    yards = [yard("a", adres="Verzonnen Weg 1"), yard("b", adres="verzonnen weg 1"), yard("c", adres="Weg 2")]
    assert same_yards(yards) == [("a", "b")]


# the order of villages


def test_the_order_of_villages_is_drawn_by_a_lot_that_anybody_can_repeat():
    villages = ["Rolde", "Vries", "Norg", "Rolde"]
    order = village_order(villages, "zaad")
    by_hand = sorted(
        {"Rolde", "Vries", "Norg"}, key=lambda one: hashlib.sha256(f"zaad:dorp:{one}".encode()).hexdigest()
    )
    assert list(order) == by_hand
    assert list(order.values()) == [1, 2, 3]
    more = village_order([*villages, "Peize"], "zaad")
    assert [one for one in more if one != "Peize"] == by_hand, "a village more moves no other"


def test_an_order_asks_for_a_draw_also_when_every_yard_is_visited():
    rules = read_rules('order = "draw"', "preventief", where="regels.toml")
    assert rules.by_village
    assert needs_draw(made_frame(3), rules)
    assert {one.outcome for one in select(made_frame(3), rules, "zaad").yards} == {ALL}
    assert "order = draw" in rules.text
    with pytest.raises(AtlasError, match="kan niet in de regels"):
        read_rules('order = "alfabet"', "preventief", where="regels.toml")


def test_a_yard_lies_in_the_village_of_its_address():
    found = framed(
        'order = "draw"',
        yards=[yard("a", adres="Weg 1, Rolde"), yard("b", adres="Weg 2, 9451 AA Rolde"), yard("c")],
    )
    assert found.villages == {"a": "Rolde", "b": "Rolde", "c": "dorp niet bekend"}


def test_every_field_that_may_choose_says_so_in_words_that_the_resident_reads():
    may = [one for one in choosing_fields().values() if one.kinds and one.test != FRAME]
    for field in may:
        words = Tier(field, 1).in_words
        assert len(words) > 20, field.name
        assert not set(words) & set("_{}"), words
        assert "1 dagen" not in words
    long_ago = Tier(choosing_fields()["erfbezoek.datum"], 730)
    assert long_ago.in_words == "nooit bezocht, of langer dan 730 dagen geleden"
