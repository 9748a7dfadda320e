"""A dossier with made-up records of two municipalities in every layer, and another program that edits it."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from atlas.core.records.changes import plan_import
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.dossier.changes import apply_import
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.gpkg.spatial_index import register_spatial_functions

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASSEN, EMMEN = "GM0106", "GM0114"
EDITABLE = tuple(name for name, layer in RURAL_LAYERS.items() if not (layer.append_only or layer.made_here))

#: what an issue says of itself
ISSUE = {
    "purpose": "rondje maart",
    "audience": "team",
    "municipalities": [ASSEN],
    "user": "beheer",
    "now": NOW,
}


def handed_out(dossier, path, layer="leegstand_object", *, technical=True, **change):
    """A file that was handed out to a team, as the command does it."""
    from atlas.flows.dossier import hand_out
    from atlas.jobs.handing_out import Request

    asked = {**ISSUE, **change}
    signed = {name: asked.pop(name) for name in ("maker", "made_on") if name in asked}
    now = asked.pop("now")
    request = Request(**{**asked, "municipalities": tuple(asked["municipalities"])})
    return hand_out(dossier.folder, layer, path, request, now=now, technical=technical, **signed)


#: what every row says
ORIGIN = {"bron": "inventarisatie", "peildatum": "2026-01-15", "bewaren_tot": "2027-06-30"}


def uuid(number):
    """A uuid that is easy to tell apart."""
    return f"00000000-0000-4000-8000-{number:012d}"


def vbo(number):
    return f"010601{number:010d}"


def vacant(number, municipality=ASSEN, **more):
    return {
        "uuid": uuid(number), "adres": f"Verzonnen Lijst {number}, Nergenshuizen", "bag_vbo_id": vbo(number),
        "gemeente_code": municipality, "gemeente_zeker": "ja", "geometrie": (230_000.25 + number, 560_000.5),
        **ORIGIN, **more,
    }  # fmt: skip


def yard(number, municipality=ASSEN, **more):
    return vacant(number, municipality, woningen_250m=number % 5, afstand_kern_m=812.5, **more)


def evidence(number, about, **more):
    return {
        "uuid": uuid(number), "object_uuid": uuid(about), "bewijsbron": "waarneming", "waarde": "leeg",
        "bronkenmerk": f"bewijs-{number}", **ORIGIN, **more,
    }  # fmt: skip


def signal(number, municipality=ASSEN, **more):
    return {
        "uuid": uuid(number), "categorie": "gedumpt_afval", "melder_soort": "inwoner",
        "gemeente_code": municipality, "gemeente_zeker": "ja", "geometrie": (231_000.75 + number, 561_000.5),
        "bronkenmerk": f"melding-{number}", **ORIGIN, **more,
    }  # fmt: skip


def visit(number, **more):
    return {
        "uuid": uuid(number), "datum": "2026-01-10", "team": "Team Verzonnen", "soort": "preventief",
        "grondslag": "instemming", "doel": "kennismaken", "uitkomst": "toegang_verleend",
        "bronkenmerk": f"bezoek-{number}", **ORIGIN, **more,
    }  # fmt: skip


def campaign(number, municipality=ASSEN, **more):
    return {
        "uuid": uuid(number), "naam": f"Verzonnen reeks {number}", "soort": "preventief",
        "grondslag": "instemming", "doel": "kennismaken", "gemeente_code": municipality,
        "gemeente_zeker": "ja", **ORIGIN, **more,
    }  # fmt: skip


def tour(number, of_campaign, **more):
    return {
        "uuid": uuid(number), "campagne_uuid": uuid(of_campaign), "naam": "A", "dag": "2026-02-03",
        "team": "Team Verzonnen", "begin": "09:00", "eind": "15:30", **ORIGIN, **more,
    }  # fmt: skip


def stop(number, of_campaign, at_yard, **more):
    return {
        "uuid": uuid(number), "campagne_uuid": uuid(of_campaign), "bedrijf_uuid": uuid(at_yard), **ORIGIN,
        **more,
    }  # fmt: skip


def finding(number, about, **more):
    return {
        "uuid": uuid(number), "bezoek_uuid": uuid(about), "categorie": "opvallende_geur",
        "waarneming": "niet_waargenomen", "bronkenmerk": f"bevinding-{number}", **ORIGIN, **more,
    }  # fmt: skip


def rows():
    """Two municipalities, in every layer; Emmen has the even hundreds."""
    return {
        "leegstand_object": [vacant(101), vacant(102), vacant(201, EMMEN), vacant(202, EMMEN)],
        "leegstand_bewijs": [evidence(111, 101), evidence(112, 101), evidence(211, 201)],
        "agrarisch_bedrijf": [yard(121), yard(221, EMMEN)],
        "signaal": [signal(131, object_uuid=uuid(101)), signal(231, EMMEN), signal(232, EMMEN)],
        "campagne": [campaign(161), campaign(261, EMMEN)],
        "ronde": [tour(181, 161), tour(281, 261)],
        "ronde_stop": [stop(171, 161, 121), stop(271, 261, 221)],
        "erfbezoek": [visit(141, object_uuid=uuid(101)), visit(241, bedrijf_uuid=uuid(221))],
        "bevinding": [finding(151, 141), finding(251, 241)],
    }


def plan(dossier, layer, incoming, *, now=NOW, user="beheer", also=None):
    """What an import would do; `also`: records of parents that come along with it."""
    existing = read_layers(dossier)
    parents = {name: existing[name] + (also or {}).get(name, []) for name in EDITABLE}
    made = plan_import(existing[layer], incoming, now=now, user=user, layer=layer, parents=parents)
    assert made.refusals == ()
    return made


def plans(dossier, incoming, *, now=NOW, user="beheer"):
    """Plans for several layers at once, parents first."""
    made, new = [], {}
    for layer in (name for name in EDITABLE if name in incoming):
        one = plan(dossier, layer, incoming[layer], now=now, user=user, also=new)
        new[layer] = [item.record for item in one.inserts]
        made.append(one)
    return made


def filled(folder, incoming=None, *, fictitious=False):
    """A new dossier with records; one with those of `rows` is made once, and copied."""
    if incoming is None and not fictitious:
        shutil.copytree(_filled_once(), folder, dirs_exist_ok=True)
        return open_dossier(folder)
    return _filled(folder, rows() if incoming is None else incoming, fictitious=fictitious)


@cache
def _filled_once():
    room = tempfile.mkdtemp(prefix="buitengebied-dossier-")
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    return _filled(Path(room, "team"), rows()).folder


def _filled(folder, incoming, *, fictitious=False):
    init_dossier(folder, fictitious=fictitious)
    dossier = open_dossier(folder)
    apply_import(dossier, plans(dossier, incoming))
    return dossier


@contextmanager
def other_program(path, *, wal):
    """Another program that has a layer in edit mode, as QGIS has: it can write and has not done so yet."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    register_spatial_functions(connection)
    connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")
    try:
        yield connection
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA journal_mode = DELETE")  # so does QGIS when editing ends
        connection.close()


@contextmanager
def as_nobody(folder):
    """Somebody without rights of their own: root may write anywhere, whatever the bits say."""
    if os.geteuid():
        yield
        return
    nobody, above = 65534, [place for place in folder.parents if place.parent != place]
    modes = {place: place.stat().st_mode for place in above}
    for place in above:
        place.chmod(modes[place] | 0o011)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)
        for place, mode in modes.items():
            place.chmod(mode)


def contents(dossier):
    """Everything that people see in a dossier, and the history."""
    from atlas.dossier.records import read_history

    return read_layers(dossier), {name: read_history(dossier, name) for name in EDITABLE}


def without_line(path):
    """The bytes of a file that was handed out, with one fixed line of the register in all of them.

    Its line is one of two things that differ between two files of the same input; the other is a seal.
    """
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            content = b"".join(entry.encode() + archive.read(entry) for entry in archive.namelist())
    else:
        content = path.read_bytes()
    content = re.sub(rb"%atlas-uitgifte \d+ [0-9a-f]{64}\n%%EOF\n$", b"", content)
    return re.sub(rb"atlas-uitgifte \d+ [0-9a-f]{64}", b"atlas-uitgifte 0 " + b"0" * 64, content)


def tool(*command):
    """What a program of the system says."""
    return subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def sql(path, statement, *parameters):
    """The rows of a statement on a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement, parameters).fetchall()
