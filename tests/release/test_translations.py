"""The translations follow the texts of the plugin, and the check says what is not complete."""

from __future__ import annotations

import json

import pytest
from release.translations import faults_of, main, read_translations, texts_of, write_translations

from release import translations


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """A small plugin of its own."""
    folder = tmp_path / "plugin"
    folder.mkdir()
    monkeypatch.setattr(translations, "PLUGIN", folder)
    monkeypatch.setattr(translations, "FOLDER", folder / "i18n")
    monkeypatch.setattr(translations.texts_of, "__defaults__", (folder,))
    (folder / "a.py").write_text('tr("Close & go")\nf(tr("Load {count} areas"))\n', encoding="utf-8")
    return folder


def _dutch(plugin):
    return plugin / "i18n" / "buitengebied_atlas_nl.ts"


def test_every_text_of_the_plugin_is_found_once_in_order(plugin):
    (plugin / "b.py").write_text('x = tr("Load {count} areas"), tr("Open")\n', encoding="utf-8")
    assert list(texts_of()) == ["Close & go", "Load {count} areas", "Open"]
    assert texts_of()["Load {count} areas"] == "a.py"


@pytest.mark.parametrize("source", ["tr(name)", 'tr(f"{x} areas")', 'tr("a", "b")', 'tr("a" + b)'])
def test_a_text_that_cannot_be_translated_is_refused(plugin, source):
    (plugin / "b.py").write_text(source, encoding="utf-8")
    with pytest.raises(SyntaxError, match=r"b\.py:1"):
        texts_of()


def test_new_texts_come_in_old_ones_go_and_translations_stay(plugin, tmp_path):
    dutch = tmp_path / "nl.json"
    dutch.write_text(json.dumps({"Close & go": "Sluit & ga", "Load {count} areas": "Laad {count} gebieden"}))
    assert main([]) == 1
    assert main(["--merge", str(dutch)]) == 0
    assert main(["--check"]) == 0
    (plugin / "a.py").write_text('tr("Close & go")\ntr("New")\n', encoding="utf-8")
    assert main(["--check"]) == 1
    assert main([]) == 1
    assert read_translations(_dutch(plugin)) == {"Close & go": "Sluit & ga", "New": ""}
    assert main(["--check"]) == 1


def test_the_check_changes_nothing(plugin):
    assert main(["--check"]) == 1
    assert not (plugin / "i18n").exists()


def test_missing_obsolete_unfinished_and_altered_placeholders_are_told():
    texts = {"A": "a.py", "Load {count}": "a.py", "New": "a.py"}
    found = faults_of(texts, {"A": "", "Load {count}": "Laad {aantal}", "Old": "Oud"}, "x.ts")
    assert [fault.split(": ")[1] for fault in found] == [
        "ontbreekt",
        "niet meer in de plugin",
        "niet vertaald",
        "andere invulplekken",
    ]


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "x.ts"
    translated = {"A < B & C": "A < B & C", 'Say "no"': "Zeg “nee”", "Not yet": ""}
    write_translations(path, "nl", dict.fromkeys(translated, "a.py"), translated)
    assert read_translations(path) == translated
