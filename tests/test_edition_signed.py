"""The command says how an edition gets what it doesn't say of its maker, unless somebody only tries."""

import pytest

from atlas.cli.making import signed
from atlas.core.disclosure.audiences import Audience
from atlas.core.figures.edition import Edition


def told(*, maker=None, contact=None, made_on=None, trial=False):
    return signed(Edition(), Audience.TEAM, maker=maker, contact=contact, made_on=made_on, trial=trial)[1]


@pytest.mark.parametrize("given", [{}, {"maker": "Gemeente Voorbeeld"}, {"contact": "gis@voorbeeld.example"}])
def test_what_is_not_said_comes_with_the_options_that_say_it(given):
    (sentence,) = told(**given)
    assert sentence.endswith("Zet het erop met --maker, --contact en --made-on.")


def test_who_only_tries_is_not_told_how():
    (sentence,) = told(trial=True)
    assert "--maker" not in sentence


def test_a_signed_edition_hears_nothing():
    assert told(maker="Gemeente", contact="gis@voorbeeld.example", made_on="2026-12-01") == []
