"""What of a plan is asked about, because free text in it belongs to a person or looks like it."""

from __future__ import annotations

import pytest

from atlas.core.records.free_text import (
    ask_about_persons,
    check_reason,
    free_text_fields,
    personal_texts,
)
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError
from import_samples import LATER, ROW, after, edited, plan

PHONE = "bel 06-12345678"


def found(decided, **more):
    return [(item.row, item.field, item.sign) for item in personal_texts(decided, **more)]


def test_every_field_in_which_people_write_is_looked_at():
    assert free_text_fields("leegstand_object") == ("adres", "redenen", "toelichting", "bron", "bronkenmerk")
    assert free_text_fields("erfbezoek") == ("team", "regeling", "doel", "toelichting", "bron", "bronkenmerk")
    assert all("toelichting" in free_text_fields(name) for name, layer in RURAL_LAYERS.items()
               if not layer.append_only)  # fmt: skip


@pytest.mark.parametrize("field", ["adres", "toelichting", "bron"])
def test_a_new_record_is_looked_at_field_by_field(field):
    value = f"FICTIEF {PHONE}" if field == "bron" else PHONE
    assert found(plan([], [{**ROW, field: value}])) == [(2, field, "een telefoonnummer")]


def test_the_number_of_a_case_may_look_like_any_number():
    assert found(plan([], [{**ROW, "bronkenmerk": "ZK-12-34"}, {**ROW, "bronkenmerk": "0612345678"}])) == []
    assert found(plan([], [{**ROW, "bronkenmerk": "jan@voorbeeld.nl"}])) == [
        (2, "bronkenmerk", "een e-mailadres")
    ]


def test_of_a_change_only_what_changes_is_looked_at():
    (record,) = after([], plan([], [{**ROW, "toelichting": PHONE}]))
    other = plan([record], [{**ROW, "soort": "stal", "peildatum": "2025-07-05"}], now=LATER)
    assert other.updates
    assert found(other) == []
    mine = edited(record, "2025-07-02T10:00:00Z", toelichting="niets")
    again = plan([mine], [{**ROW, "toelichting": PHONE, "peildatum": "2025-07-05"}], now=LATER)
    assert found(again) == [(2, "toelichting", "een telefoonnummer")]
    assert found(again, numbers={record["uuid"]: 17}) == [(17, "toelichting", "een telefoonnummer")]


def test_the_question_names_rows_and_fields_and_repeats_nothing():
    rows = [{**ROW, "bag_pand_id": f"16991000000000{n:02}", "toelichting": PHONE} for n in range(8)]
    asked = list(personal_texts(plan([], rows)))
    with pytest.raises(AtlasError) as caught:
        ask_about_persons(asked, accepted=False)
    error = caught.value
    assert error.where == (
        "leegstand_object, toelichting: een telefoonnummer in rij 2, 3, 4, 5, 6 en 3 andere"
    )
    assert "12345678" not in str(error)
    assert error.choices == ("accept_personal_text",)
    (note,) = ask_about_persons(asked, accepted=True)
    assert error.where in note


def test_without_a_sign_nobody_is_asked():
    assert ask_about_persons(personal_texts(plan([], [ROW])), accepted=False) == ()


@pytest.mark.parametrize("reason", ["", "  \n", "op verzoek van dhr. Boer", PHONE])
def test_a_reason_is_there_and_names_nobody(reason):
    with pytest.raises(AtlasError) as caught:
        check_reason(reason)
    assert "Boer" not in str(caught.value)
    assert "12345678" not in str(caught.value)


def test_a_reason_is_kept_on_one_line():
    assert check_reason(" verkeerd erf\n ingevoerd ") == "verkeerd erf ingevoerd"
