"""The rules by which a yard is chosen: what may be asked, what holds of a yard, and how that is said."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.core.records.choosing_facts import frame_of, same_yards
from atlas.core.records.choosing_rules import FRAME, Tier, choosing_fields, read_rules, read_rules_file
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

TODAY = date(2026, 3, 2)
ASSEN = "GM0106"


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
