"""Who made an edition, whom to ask and when: said on everything, and asked for what is public."""

from __future__ import annotations

import pytest

from atlas.core.figures.edition import (
    NOT_GIVEN,
    Edition,
    Maker,
    check_signed,
    checked_day,
    is_trial,
    made_facts,
    made_keys,
    made_line,
)
from atlas.core.words.errors import AtlasError

SIGNED = Maker("Gemeente Assen (FICTIEF)", "gis@assen.example")


def payload(edition):
    return {**made_keys(edition), "audience": edition.audience, "date_label": "november 2025"}


def test_a_signed_and_dated_edition_lacks_nothing():
    assert check_signed(Edition(maker=SIGNED, made_on="2026-12-01"), trial=False) == []


@pytest.mark.parametrize("maker", [Maker(), Maker("Assen"), Maker("", "gis@assen.example"), Maker(" ", " ")])
def test_an_edition_for_the_public_names_its_maker_and_who_answers_or_is_refused(maker):
    with pytest.raises(AtlasError, match="noemt wie haar maakte") as refusal:
        check_signed(Edition(maker=maker), trial=False)
    assert refusal.value.choices == ("maker", "contact", "trial")


@pytest.mark.parametrize("edition", [Edition(audience="partners"), Edition(audience="team")])
def test_for_others_what_is_missing_is_told(edition):
    assert check_signed(edition, trial=False) == [
        "Op deze uitgave staat niet wie haar maakte, wie vragen beantwoordt en op welke dag zij is gemaakt."
    ]


def test_an_edition_to_try_is_made_and_says_what_it_is():
    assert check_signed(Edition(), trial=True)
    assert is_trial(payload(Edition()))
    assert not is_trial(payload(Edition(maker=SIGNED)))
    assert not is_trial(payload(Edition(audience="team")))


def test_the_day_of_making_and_that_of_the_data_stand_beside_each_other():
    facts = dict(made_facts(payload(Edition(maker=SIGNED, made_on="2026-12-01"))))
    assert facts["Gemaakt op"] == "1 december 2026"
    assert facts["Nieuwste gegevens"] == "november 2025"
    assert made_line(payload(Edition())).count(NOT_GIVEN) == 3


@pytest.mark.parametrize(
    ("text", "day"), [("2026-12-01", "2026-12-01"), (" 1-12-2026 ", "2026-12-01"), ("", ""), ("  ", "")]
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert checked_day(text) == day


@pytest.mark.parametrize("text", ["vandaag", "2026-02-30", "31-11-2026", "20261201", "12/1/2026", "2026-12"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(AtlasError, match="geen datum"):
        checked_day(text)


def test_what_a_maker_types_holds_no_control_characters():
    """Word and PowerPoint refuse them, and one that turns text around changes what is read."""
    assert Maker("Regio\x1b[31m\n Noord\u202e", "a\tb").name == "Regio [31m Noord"
    assert Maker(contact="a\x07b").contact == "a b"
