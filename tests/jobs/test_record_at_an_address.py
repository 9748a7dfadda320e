"""Which record is meant by an address: places by their fields, evidence by whether it counts."""

from __future__ import annotations

import pytest

from atlas.core.words.errors import AtlasError
from atlas.jobs.correcting import correct
from atlas.jobs.record_at import evidence_at, places_at, the_one_at
from dossier_samples import LATER, filled, uuid

ADDRESS = "Verzonnen Lijst 101, Nergenshuizen"


@pytest.fixture
def folder(tmp_path):
    return filled(tmp_path / "team").folder


def uuids(found):
    return [one.uuid for one in found]


def test_a_place_is_found_and_its_evidence_when_only_that_has_the_field(folder):
    assert uuids(places_at(folder, ADDRESS)) == [uuid(101)]
    assert uuids(places_at(folder, ADDRESS, fields=["prioriteit"])) == [uuid(101)]
    assert uuids(places_at(folder, ADDRESS, fields=["bewijsbron"])) == [uuid(111), uuid(112)]
    with pytest.raises(AtlasError, match="heeft dit veld niet"):
        places_at(folder, ADDRESS, fields=["prioriteit", "bewijsbron"])


@pytest.mark.parametrize(
    ("field", "meant"), [("prio", "Bedoelt u prioriteit?"), ("Statsu", "Bedoelt u status?"), ("qqq", "Kies")]
)
def test_a_field_that_no_record_has_is_told_from_one_that_another_record_has(folder, field, meant):
    with pytest.raises(AtlasError) as caught:
        places_at(folder, ADDRESS, fields=[field])
    assert meant in caught.value.hint
    assert "prioriteit" in caught.value.expected
    assert "conclusie" not in caught.value.expected.split(", ")
    with pytest.raises(AtlasError) as caught:
        places_at(folder, ADDRESS, fields=["prioriteit", "bewijsbron"])
    assert "uuid" in caught.value.hint


def test_evidence_that_was_withdrawn_is_found_only_to_be_restored(folder):
    with pytest.raises(AtlasError, match="geen ingetrokken bewijs"):
        evidence_at(folder, ADDRESS, withdrawn=True)
    found = evidence_at(folder, ADDRESS, withdrawn=False)
    assert uuids(found) == [uuid(111), uuid(112)]
    with pytest.raises(AtlasError) as caught:
        the_one_at(found, ADDRESS)
    assert all(uuid(number) in caught.value.got for number in (111, 112))
    correct(folder, uuid(111), reason="verkeerd erf", fields={}, withdraw=True, user="t", now=LATER)
    assert the_one_at(evidence_at(folder, ADDRESS, withdrawn=True), ADDRESS) == uuid(111)
    assert the_one_at(evidence_at(folder, ADDRESS, withdrawn=False), ADDRESS) == uuid(112)
