"""What an import refuses, with field and remedy; evidence and visits find what they are about."""

from __future__ import annotations

import pytest

from atlas.core.words.errors import AtlasError
from import_samples import EVIDENCE, ROW, UUIDS, imported, plan, the_refusal

# --- what is refused ---


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"bewaren_tot": ""}, "bewaren_tot", "verplicht"),
        ({"bewaren_tot": "31-02-2026"}, "bewaren_tot", "bestaat niet"),
        ({"bewaren_tot": "2025-06-30"}, "bewaren_tot", "al voorbij"),
        ({"bewaren_tot": "9999-12-31"}, "bewaren_tot", "voor altijd"),
        ({"regime": "wpg"}, "regime", "Politiegegevens"),
        ({"regime": "WPG "}, "regime", "Politiegegevens"),
        ({"regime": "wgs"}, "regime", "lijst"),
        ({"soort": "kasteel"}, "soort", "lijst"),
        ({"status": "klaar"}, "status", "lijst"),
        ({"kleur": "rood"}, "kleur", "heeft dit veld niet"),
        ({"naam_eigenaar": "J. Jansen"}, "naam_eigenaar", "persoon"),
        ({"BSN": ""}, "BSN", "persoon"),
        ({"toelichting": "bewoner 111222333"}, "toelichting", "burgerservicenummer"),
        ({"toelichting": "a\x00b"}, "toelichting", "stuurtekens"),
        ({"bag_pand_id": "1,6991E+15"}, "bag_pand_id", "afgerond"),
        ({"bag_pand_id": "1699010000000011"}, "bag_pand_id", "verblijfsobject"),
        ({"bag_vbo_id": "12"}, "bag_vbo_id", "geen BAG-id"),
        ({"uuid": "een"}, "uuid", "geen uuid"),
        ({"peildatum": "2025-07-02"}, "peildatum", "toekomst"),
        ({"peildatum": ""}, "peildatum", "verplicht"),
        ({"bron": ""}, "bron", "verplicht"),
        ({"gemeente_code": "GM0363"}, "gemeente_code", "Drenthe of Groningen"),
        ({"gemeente_code": "GM0017"}, "gemeente_code", "Drenthe of Groningen"),
        ({"gemeente_code": ""}, "gemeente_code", "verplicht"),
        ({"geometrie": (570_000.0, 224_000.0)}, "geometrie", "verwisseld"),
        ({"geometrie": (6.57, 53.2)}, "geometrie", "graden"),
        ({"geometrie": (0, 0)}, "geometrie", "0 en 0"),
        ({"vab_stopjaar": "1850"}, "vab_stopjaar", "kan hier niet"),
        ({"vab_stopjaar": "ooit"}, "vab_stopjaar", "geen getal"),
        ({"foto": "../geheim.jpg"}, "foto", "pad"),
        ({"foto": "a/../../geheim.jpg"}, "foto", "pad"),
    ],
)
def test_a_row_that_can_not_be_is_refused_with_field_and_remedy(changes, field, words):
    decided = plan([], [{**ROW, **changes}])
    refusal = the_refusal(decided)
    assert (refusal.row, refusal.field) == (2, field)
    assert words in refusal.reason
    assert refusal.got
    assert not decided.inserts


@pytest.mark.parametrize("changes", [{"naam_eigenaar": "J. Jansen"}, {"toelichting": "Jansen 111222333"}])
def test_what_names_a_person_is_not_repeated(changes):
    assert "Jansen" not in repr(plan([], [{**ROW, **changes}]))


def test_a_misspelt_column_is_recognised():
    refusal = the_refusal(plan([], [{**ROW, "bewaren_tod": "2027-01-01"}]))
    assert "bewaren_tot" in refusal.remedy


def test_every_fault_of_a_row_is_said():
    faults = plan(
        [], [{**ROW, "soort": "kasteel", "peildatum": "31-02-2025", "bewaren_tot": "1-4-25"}]
    ).refusals
    assert [fault.field for fault in faults] == ["bewaren_tot", "peildatum", "soort"]


def test_what_was_mended_is_said():
    decided = plan([], [{**ROW, "bag_pand_id": 14100000000011, "peildatum": 45748}])
    (insert,) = decided.inserts
    assert insert.record["bag_pand_id"] == "0014100000000011"
    assert insert.record["peildatum"] == "2025-04-01"
    assert {(remark.row, remark.field) for remark in decided.remarks} == {
        (2, "bag_pand_id"),
        (2, "peildatum"),
    }


def test_a_label_is_understood_as_its_code():
    (insert,) = plan([], [{**ROW, "status": "Leegstand vermoed", "gemeente_zeker": "JA"}]).inserts
    assert (insert.record["status"], insert.record["gemeente_zeker"]) == ("leegstand_vermoed", "ja")


def test_what_the_dossier_keeps_itself_is_not_taken_from_a_file_and_that_is_said():
    decided = plan([], [{**ROW, "conclusie": "leeg", "aangemaakt_door": "iemand", "redenen": ""}])
    (insert,) = decided.inserts
    assert (insert.record["conclusie"], insert.record["aangemaakt_door"]) == ("onbekend", "team")
    assert decided.notes == (
        "Deze kolommen houdt het dossier zelf bij en zijn niet overgenomen: aangemaakt_door, conclusie.",
    )


def test_a_column_of_ids_that_a_spreadsheet_zeroed_is_refused_as_a_whole():
    rows = [{**ROW, "bag_pand_id": f"16991000000001{n}0"} for n in range(6)] + [
        {**ROW, "bag_pand_id": "0014100000000011"}
    ]
    decided = plan([], rows)
    assert [item.row for item in decided.refusals] == [2, 3, 4, 5, 6, 7]
    assert len(decided.inserts) == 1


def test_the_register_is_written_by_the_atlas_only():
    with pytest.raises(AtlasError, match="uitgifte"):
        plan([], [], layer="uitgifte")
    with pytest.raises(AtlasError, match="bestaat niet"):
        plan([], [], layer="objecten")


# --- evidence and visits ---


def test_evidence_finds_its_object_by_bag_id():
    parents = {"leegstand_object": imported({"uuid": UUIDS[0], "bag_vbo_id": "1699010000000011"})}
    row = {**EVIDENCE, "object_uuid": None, "bag_vbo_id": "1699010000000011"}
    (insert,) = plan([], [row], layer="leegstand_bewijs", parents=parents).inserts
    assert insert.record["object_uuid"] == UUIDS[0]
    assert "bag_vbo_id" not in insert.record
    assert plan([insert.record], [row], layer="leegstand_bewijs", parents=parents).unchanged


def test_evidence_falls_back_on_the_pand():
    parents = {"leegstand_object": imported({"uuid": UUIDS[0]})}
    row = {
        **EVIDENCE,
        "object_uuid": None,
        "bag_vbo_id": "1699010000000011",
        "bag_pand_id": ROW["bag_pand_id"],
    }
    assert plan([], [row], layer="leegstand_bewijs", parents=parents).inserts


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"object_uuid": UUIDS[3]}, "geen record"),
        ({"object_uuid": "", "bag_vbo_id": "1699010000000099"}, "geen record"),
        ({"object_uuid": "", "bag_pand_id": "1699100000000011"}, "2 records"),
        ({"object_uuid": ""}, "verplicht"),
        ({"waarde": "leeg"}, "lijst|hoort een van"),
        ({"waarde": "J. Jansen"}, "lijst"),
        ({"gewicht": "doorslaggevend"}, "gewicht"),
        ({"vervalt_op": "2024-01-01"}, "vervalt"),
        ({"bewoner": "J. Jansen"}, "persoon"),
    ],
)
def test_evidence_that_hangs_in_the_air_or_says_too_much_is_refused(changes, words):
    parents = {
        "leegstand_object": imported(
            {"uuid": UUIDS[0], "bag_vbo_id": "1699010000000011"},
            {"uuid": UUIDS[1], "bag_vbo_id": "1699010000000012"},
        )
    }
    decided = plan([], [{**EVIDENCE, **changes}], layer="leegstand_bewijs", parents=parents)
    refusal = the_refusal(decided)
    assert any(word in refusal.reason for word in words.split("|"))
    assert "Jansen" not in repr(decided)


def test_two_teams_may_see_different_things_on_one_day():
    seen = {**EVIDENCE, "bewijsbron": "waarneming", "waarde": "leeg", "bron": "team west"}
    rows = [seen, {**seen, "bron": "team oost", "waarde": "in_gebruik"}]
    assert len(plan([], rows, layer="leegstand_bewijs").inserts) == 2


VISIT = {
    "object_uuid": UUIDS[0],
    "datum": "2025-06-12",
    "team": "Team buitengebied",
    "soort": "preventief",
    "grondslag": "instemming",
    "doel": "kennismaking",
    "uitkomst": "toegang_verleend",
    "bron": "FICTIEF veldwerk",
    "peildatum": "2025-06-12",
    "bewaren_tot": "2027-06-01",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"object_uuid": ""}, "object of bij een erf"),
        ({"grondslag": "toezicht_awb"}, "vrijwillig"),
        ({"soort": "toezicht"}, "bevoegdheid"),
        ({"datum": "2025-07-02"}, "toekomst"),
        ({"doel": ""}, "verplicht"),
    ],
)
def test_a_visit_without_ground_or_purpose_is_refused(changes, words):
    row = {**VISIT, "bronkenmerk": "b1", **changes}
    reasons = [fault.reason for fault in plan([], [row], layer="erfbezoek").refusals]
    assert any(words in reason for reason in reasons)


def test_a_visit_is_recorded():
    assert plan([], [VISIT], layer="erfbezoek").inserts
