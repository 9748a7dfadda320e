"""What an error asks to choose, in the words of QGIS; never in those of the command."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsApplication

_OF_THE_COMMAND = re.compile(r"(?<![\w-])--[a-z]|\batlas (objects|join|area)\b")


@pytest.fixture
def join_table(provider):
    return QgsApplication.processingRegistry().algorithmById("buitengebied_atlas:join_table")


def test_every_choice_is_a_field_a_tool_or_known_to_be_elsewhere(provider):
    from buitengebied_atlas.atlas.core.words.errors import CHOICES
    from buitengebied_atlas.controls import ELSEWHERE, PARAMETERS, TOOLS

    assert sorted([*PARAMETERS, *TOOLS, *ELSEWHERE]) == sorted(CHOICES)
    fields = {
        definition.name()
        for algorithm in provider.algorithms()
        for definition in algorithm.parameterDefinitions()
    }
    assert set(PARAMETERS.values()) <= fields
    assert all(provider.algorithm(name) is not None for name in TOOLS.values())


def test_a_field_is_named_as_the_dialog_shows_it(join_table, dutch):
    from buitengebied_atlas.atlas.core.words.errors import CHOICES, AtlasError
    from buitengebied_atlas.controls import PARAMETERS, told

    for choice, name in PARAMETERS.items():
        definition = join_table.parameterDefinition(name)
        if definition is not None:
            text = told(AtlasError("Fout.", choices=(choice,)), join_table)
            assert text == f"Fout.\nWaarmee: het veld '{definition.description()}'"
    everything = told(AtlasError("Fout.", choices=CHOICES), join_table)
    assert not _OF_THE_COMMAND.search(everything)


def test_outside_a_dialog_only_tools_are_named(provider, dutch):
    from buitengebied_atlas.atlas.core.words.errors import AtlasError
    from buitengebied_atlas.controls import told

    label = provider.algorithm("create_dossier").displayName()
    assert (
        told(AtlasError("Fout.", choices=("dash", "make_dossier")))
        == f"Fout.\nWaarmee: het gereedschap '{label}'"
    )


@pytest.mark.parametrize(
    ("tool", "asked"),
    [
        ("erase_record", ("uuid", "address", "reason", "user")),
        ("correct_record", ("uuid", "address", "reason", "accept_personal_text")),
        ("answer_access", ("address", "uuid", "user")),
        ("reading_list", ("purpose", "municipality", "user")),
        ("export_page", ("purpose", "municipality", "maker", "contact")),
    ],
)
def test_what_touches_a_person_names_the_fields_of_its_own_dialog(provider, dutch, tool, asked):
    from buitengebied_atlas.controls import PARAMETERS, controls

    algorithm = provider.algorithm(tool)
    named = controls(algorithm)
    for choice in asked:
        description = algorithm.parameterDefinition(PARAMETERS[choice]).description()
        assert named[choice] == f"het veld '{description}'"
