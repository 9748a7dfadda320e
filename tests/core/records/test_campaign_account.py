"""What a municipality says of its campaign is checked, and never about one yard or person."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.core.records.campaign_account import NOTHING, account_from, check_tally, read_account
from atlas.core.words.errors import AtlasError

EXAMPLE = Path(__file__).parents[3] / "docs" / "voorbeeld" / "erfbezoeken-verslag.toml"


def test_the_example_is_read_and_has_all_five_inputs():
    account = read_account(EXAMPLE)
    assert account.tally == {"benaderd": 0, "waardering": 3, "bondgenoot": 1}
    assert [one.was_asked for one in account.inputs] == [True, True, False, True, False]
    assert len(NOTHING.inputs) == 5
    check_tally(account, {account.campaign: 3})
    check_tally(NOTHING, {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"tellingen": {}}, "klopt niet"),
        ({"telling": {"benadert": 1}}, "klopt niet"),
        ({"telling": {"campagne": "A", "benaderd": -1}}, "klopt niet"),
        ({"telling": {"campagne": "A", "benaderd": True}}, "klopt niet"),
        ({"telling": {"benaderd": 1}}, "klopt niet"),
        ({"telling": {"campagne": "A", "bondgenoot": 2}}, "toestemming"),
        ({"telling": {"campagne": "A", "bondgenoot_tot": "2028-01-01"}}, "klopt niet"),
        ({"invoer": [{"soort": "roddels"}]}, "klopt niet"),
        ({"invoer": [{"soort": "meldingen", "gevraagd": True}]}, "klopt niet"),
        ({"invoer": [{"soort": "meldingen", "gevraagd": False, "aan": "iemand"}]}, "klopt niet"),
        ({"invoer": [{"soort": "meldingen"}, {"soort": "meldingen"}]}, "klopt niet"),
        ({"terugkoppeling": {"gedaan": "een zin"}}, "klopt niet"),
        ({"terugkoppeling": {"gedaan": ["Bel 06-12345678."]}}, "over een persoon"),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_a_sentence(content, said):
    with pytest.raises(AtlasError, match=said):
        account_from(content, "verslag.toml")


@pytest.mark.parametrize("reached", [{}, {"Andere": 9}, {"Erfbezoeken (FICTIEF)": 2}])
def test_more_than_was_visited_is_refused(reached):
    with pytest.raises(AtlasError):
        check_tally(read_account(EXAMPLE), reached)
