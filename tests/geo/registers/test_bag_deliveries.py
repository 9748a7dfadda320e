"""What is no extract of today gets a sentence: mutations, and BAG 1.0."""

from __future__ import annotations

import io
import zipfile

import pytest

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.addresses import read_addresses

OLD = b'<?xml version="1.0"?><xb:BAG-Extract-Deelbestand-LVC xmlns:xb="http://www.kadaster.nl/schemas/bag-verstrekkingen/extract-deelbestand-lvc/v20090901"/>'
MUTATIONS = b'<?xml version="1.0"?><ml:bagMutaties xmlns:ml="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-mutaties-lvc/v20200601"/>'


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (zipped(**{"9999VBO08102019-000001__xml": OLD}), "BAG 1.0"),
        (zipped(**{"9999WPL08102019__zip": zipped(**{"9999WPL08102019-000001__xml": OLD})}), "BAG 1.0"),
        (zipped(**{"9999MUT15082025-15092025-000001__xml": MUTATIONS}), "mutaties"),
        (zipped(**{"9999MUT15082025-15092025__zip": zipped(a__xml=b"<a/>")}), "mutaties"),
        (zipped(anders__xml=MUTATIONS), "mutaties"),
    ],
)
def test_another_delivery_of_the_bag_is_named(data, title, tmp_path):
    path = tmp_path / "levering.zip"
    path.write_bytes(data)
    with pytest.raises(AtlasError, match=title):
        read_addresses(path)
