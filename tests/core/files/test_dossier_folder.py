"""The names by which a dossier is known are those of the layers."""

from __future__ import annotations

from atlas.core.files.dossier_folder import LAYERS
from atlas.core.schema.rural import RURAL_LAYERS


def test_a_dossier_is_known_by_every_layer_of_the_schema():
    assert set(LAYERS) == set(RURAL_LAYERS)
