"""The names of the layers stand in one place, and are those of the schema."""

from __future__ import annotations

import ast
from pathlib import Path

from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.layer_names import LAYER_NAMES

ROOT = Path(__file__).parents[3]
#: where the same word is something else: a code, a heading, a noun, the name of a field or a widget
OTHER_WORDS = {
    "src/atlas/cli/asking.py": {"bevinding"},
    "src/atlas/cli/dutch.py": {"conflict"},
    "src/atlas/core/counts/campaign_progress.py": {"bevinding"},
    "src/atlas/core/counts/rural_rates.py": {"bevinding"},
    "src/atlas/core/records/campaign_account.py": {"campagne"},
    "src/atlas/core/records/field_return.py": {"conflict"},
    "src/atlas/core/records/import_file.py": {"conflict"},
    "src/atlas/core/records/list_columns.py": {"bevinding", "signaal"},
    "src/atlas/core/records/recipients.py": {"uitgifte"},
    "src/atlas/core/records/signal_rows.py": {"signaal"},
    "src/atlas/core/schema/fields.py": {"uitgifte"},
    "src/atlas/core/schema/rural.py": {"bevinding", "signaal", "uitgifte"},
    "src/atlas/core/schema/visits.py": {"erfbezoek"},
    "src/atlas/core/words/layer_names.py": set(LAYER_NAMES),
    "src/atlas/dossier/issue_mark.py": {"uitgifte"},
    "src/atlas/dossier/issue_register.py": {"uitgifte"},
    "src/atlas/fiction/records.py": {"signaal"},
    "src/atlas/flows/auditing.py": {"bevinding"},
    "src/atlas/jobs/field_return.py": {"conflict"},
    "src/atlas/jobs/selecting.py": {"campagne"},
    "qgis_plugin/provider/check_field_package.py": {"bevinding"},
    "src/atlas/rounds/telling.py": {"ronde"},
    "qgis_plugin/gui/conflict_view.py": {"conflict"},
    "qgis_plugin/project/round_layers.py": {"ronde"},
    "qgis_plugin/provider/import_field_package.py": {"conflict"},
}


def test_the_schema_describes_every_layer_that_has_a_name():
    assert set(LAYER_NAMES) == set(RURAL_LAYERS)


def _but_tags(node):
    """A node and what is in it, but not the words one finds an algorithm by."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "TAGS"):
            yield from _but_tags(child)


def test_no_layer_is_named_by_a_literal_elsewhere():
    found = {}
    for path in sorted([*ROOT.glob("src/atlas/**/*.py"), *ROOT.glob("qgis_plugin/**/*.py")]):
        nodes = _but_tags(ast.parse(path.read_text(encoding="utf-8")))
        literals = {node.value for node in nodes if isinstance(node, ast.Constant)}
        if words := literals & set(LAYER_NAMES):
            found[path.relative_to(ROOT).as_posix()] = words

    assert found == OTHER_WORDS
