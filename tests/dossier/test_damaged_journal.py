"""A journal that is no journal: a sentence, and a dossier in which nothing has changed."""

import hashlib
import json

import pytest

from atlas.core.files.dossier_folder import JOURNAL_FILE
from atlas.core.words.errors import AtlasError
from atlas.dossier.opening import init_dossier, open_dossier

UUID = "01981b69-11b6-46ad-b359-490204c1837c"
WHOLE = {"kenmerk": "x", "tijdstip": "2026-01-01T00:00:00Z", "door": "x", "lagen": []}


def layer(name="signaal", **more):
    return {**WHOLE, "lagen": [{"laag": name, "nieuw": [], "gewijzigd": [], **more}]}


def changed(**fields):
    return layer(gewijzigd=[{"uuid": UUID, "bij": {}, "velden": {}, **fields}])


def sealed(text):
    return f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n".encode()


BROKEN = {
    "not utf-8": b"\xff\xfe abc\n{}",
    "not sealed": b"abc\n{}\n",
    "empty": b"",
    "no json": sealed("niet json"),
    **{
        name: sealed(json.dumps(plain))
        for name, plain in {
            "a list": [],
            "no keys": {},
            "a number": 3,
            "layers are no list": {**WHOLE, "lagen": 3},
            "an unknown layer": layer("anders"),
            "a path as a layer": layer("../signaal"),
            "the register": layer("uitgifte"),
            "an unknown field": changed(velden={"geenveld": [None, "x"]}),
            "an unknown stamp": changed(bij={"geenveld": "x"}),
            "no pair": changed(velden={"toelichting": ["x"]}),
            "a record without uuid": layer(nieuw=[{"toelichting": "x"}]),
            "a record that is a text": layer(nieuw=["x"]),
        }.items()
    },
    "nested without end": sealed("[" * 100_000),
}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return init_dossier(tmp_path_factory.mktemp("map") / "dossier", fictitious=True)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_journal_is_a_sentence_and_changes_nothing(dossier, content):
    journal = dossier.folder / JOURNAL_FILE
    before = {path.name: path.read_bytes() for path in dossier.folder.iterdir() if path != journal}
    journal.write_bytes(content)
    with pytest.raises(AtlasError, match="journaal ervan is beschadigd"):
        open_dossier(dossier.folder)
    assert journal.read_bytes() == content
    journal.unlink()
    after = {path.name: path.read_bytes() for path in dossier.folder.iterdir()}
    assert {name: after[name] for name in before} == before
