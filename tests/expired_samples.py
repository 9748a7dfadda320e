"""A dossier with records past their term and their photos, and erasing them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from atlas.dossier.expiry import expire
from atlas.dossier.records import read_layers
from dossier_samples import evidence, filled, finding, rows, signal, uuid, vacant, visit

#: the last day of keeping of what is short-lived, and the day after
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)
#: when it is erased: some days later
WHEN = datetime(2026, 7, 4, 9, 30, tzinfo=UTC)
SHORT = {"bewaren_tot": "2026-06-30"}


def incoming():
    """The usual records, and an object whose term is short, with all that hangs on it."""
    more = {
        "leegstand_object": [vacant(801, foto="fotos/erf801.jpg", **SHORT)],
        "leegstand_bewijs": [evidence(811, 801), evidence(812, 101, **SHORT)],
        "agrarisch_bedrijf": [],
        "signaal": [signal(831, object_uuid=uuid(801)), signal(832, weging="geen", **SHORT)],
        "erfbezoek": [visit(841, object_uuid=uuid(801), foto="fotos/bezoek841.jpg")],
        "bevinding": [finding(851, 841, toelichting="sporen van gebruik 851", foto="fotos/gedeeld.jpg")],
    }
    records = {name: items + more.get(name, []) for name, items in rows().items()}
    records["leegstand_object"][0]["foto"] = "fotos/gedeeld.jpg"
    return records


GONE = {
    "bevinding": (uuid(851),),
    "erfbezoek": (uuid(841),),
    "signaal": (uuid(832),),
    "leegstand_bewijs": (uuid(811), uuid(812)),
    "leegstand_object": (uuid(801),),
}
PHOTOS = ("erf801.jpg", "bezoek841.jpg", "gedeeld.jpg")


def with_photos(folder):
    """A dossier with these records and their photos."""
    dossier = filled(folder, incoming())
    (dossier.folder / "fotos").mkdir()
    for name in PHOTOS:
        (dossier.folder / "fotos" / name).write_bytes(b"foto " + name.encode())
    return dossier


def erase(dossier, today=AFTER, now=None):
    """Erase; what was edited by hand has the stamp of the real clock, and erasing comes after it."""
    stamps = (record["gewijzigd_op"] for items in read_layers(dossier).values() for record in items)
    now = now or max([WHEN, *map(datetime.fromisoformat, stamps)])
    return expire(dossier, today, erase=True, user="beheer", now=now)
