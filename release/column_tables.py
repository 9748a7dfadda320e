"""The page `docs/handleiding/9-kolommen.md` with the columns of every list, made from the schema.

`python -m release.column_tables` writes it.
"""

from __future__ import annotations

from pathlib import Path

from atlas.core.records.list_template import column_table
from atlas.core.schema.rural import RURAL_LAYERS

PAGE = Path(__file__).parents[1] / "docs" / "handleiding" / "9-kolommen.md"
_OPENING = """# 9. De kolommen van een lijst

Deze tabellen zijn uit de beschrijving van de lagen gemaakt; een leeg rekenblad met dezelfde kolommen, de
waarden als keuzelijst en een voorbeeldrij maakt:

    .venv/bin/atlas objects template leegstand_object -o objecten.xlsx

Uw eigen namen mogen ook: [atlas intake](8-innemen.md) vraagt wat niet zeker is. Een adres mag in één kolom
staan, of in straat, huisnummer, huisletter, toevoeging, postcode en woonplaats. De voorbeeldrij gaat niet
mee.
"""


def page() -> str:
    """The page, for every layer that a list can be for."""
    parts = [_OPENING]
    for name, layer in RURAL_LAYERS.items():
        if not (layer.append_only or layer.made_here):
            parts.append(f"## {layer.alias} (`{name}`)\n\n{column_table(name)}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
