"""The region out of a BAG extract of the whole country, as a stream, beside GDAL's LVBAG driver.

The extract is made here, as the Kadaster sends it: a ZIP with a ZIP for each kind of object, in those XML
files of 10,000 objects. All of it is FICTIEF. One object in eight lies in the provinces with their margin.
"""

import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "geo"))

from extract_samples import extract_number, extract_object, extract_place, extract_street, extract_xml
from measuring import figure, run_once, sized
from register_samples import addresses

SIZES = sized((100_000, 1_000_000), (20_000,))
PER_FILE = 10_000
DAY = "08022026"
OURS = """
import sys
from pathlib import Path
from atlas.geo.registers.bag_extract import read_extract
if __name__ == "__main__":
    extract = read_extract(Path(sys.argv[1]), lambda _step, _done: None)
    print(len(extract.rows), *extract.notes, file=sys.stderr)
"""


def write_extract(path, objects):
    """Half of the objects are verblijfsobjecten, half nummeraanduidingen."""
    random_places = random.Random(20260208)
    model = addresses(1)[0]
    texts = {"VBO": extract_object(model), "NUM": extract_number(model)}
    own = {"VBO": (model.vbo_id, model.address_id, f"{model.x} {model.y} 0.0"), "NUM": (model.address_id,)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as outer:
        for kind in ("VBO", "NUM"):
            text = texts[kind]
            for number, value in enumerate(own[kind]):
                text = text.replace(value, f"\x00{number}\x00")
            inner = path.with_name(f"{kind}.zip")
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for first in range(0, objects // 2, PER_FILE):
                    numbers = range(first, min(first + PER_FILE, objects // 2))
                    made = (filled(text, kind, number, random_places) for number in numbers)
                    archive.writestr(
                        f"9999{kind}{DAY}-{first // PER_FILE + 1:06}.xml", extract_xml(kind, made)
                    )
            outer.write(inner, f"9999{kind}{DAY}.zip")
            inner.unlink()
        for kind, one in (("OPR", extract_street()), ("WPL", extract_place())):
            inner = path.with_name(f"{kind}.zip")
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"9999{kind}{DAY}-000001.xml", extract_xml(kind, [one]))
            outer.write(inner, f"9999{kind}{DAY}.zip")
            inner.unlink()


def filled(text, kind, number, places):
    if kind == "NUM":
        return text.replace("\x000\x00", f"999920{number:010}")
    inside = number % 8 == 0
    x = places.uniform(205_000, 280_000) if inside else places.uniform(20_000, 190_000)
    y = places.uniform(512_000, 620_000) if inside else places.uniform(310_000, 500_000)
    values = (f"999901{number:010}", f"999920{number:010}", f"{x:.3f} {y:.3f} 0.0")
    for position, value in enumerate(values):
        text = text.replace(f"\x00{position}\x00", value)
    return text


def unpack(path, folder):
    """GDAL is given the XML files of a kind in a folder: of a ZIP in a ZIP it reads none."""
    with zipfile.ZipFile(path) as outer:
        for kind in ("VBO", "NUM"):
            with outer.open(f"9999{kind}{DAY}.zip") as stream, zipfile.ZipFile(stream) as inner:
                inner.extractall(folder / kind)


def by_gdal(folder):
    """Seconds of `ogr2ogr` for both kinds, reading only: what it writes is thrown away with the folder."""
    seconds = 0.0
    for kind in ("VBO", "NUM"):
        options = ["-spat", "198000", "507000", "285000", "625000"] if kind == "VBO" else []
        target = folder / f"{kind}.csv"
        command = [
            "ogr2ogr",
            "-q",
            "-f",
            "CSV",
            target,
            folder / kind,
            *options,
            "-oo",
            "AUTOCORRECT_INVALID_DATA=NO",
        ]
        seconds += run_once([str(part) for part in command]).seconds
    return seconds


def main():
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        script = room / "read.py"
        script.write_text(OURS, encoding="utf-8")
        for size in SIZES:
            path = room / f"lvbag-extract-nl-{size}.zip"
            write_extract(path, size)
            ours = run_once([sys.executable, str(script), str(path)])
            minutes = ours.seconds / size * 10_000_000 / 60
            figure(f"extract of {size:,} objects: ten million at this rate", minutes, 10, unit="minutes")
            figure(f"extract of {size:,} objects: memory", ours.megabytes, 1000, unit="MB")
        folder = room / "uitgepakt"
        unpack(path, folder)
        gdal = by_gdal(folder)
        figure("extract: times as fast as ogr2ogr with LVBAG", gdal / ours.seconds, 3, at_least=True)


if __name__ == "__main__":
    if not subprocess.run(["ogr2ogr", "--version"], capture_output=True, check=False).stdout:
        sys.exit("ogr2ogr is not there")
    main()
