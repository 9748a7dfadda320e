"""Photos come back from the field under a name of their own, without what a camera says of itself."""

from __future__ import annotations

import pytest
from field_packages import NOW, PICTURE, pack, photographed, unpacked

from atlas.core.words.errors import AtlasError
from atlas.dossier import changes
from atlas.dossier.checking import check_dossier
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_records
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.field_return import return_package
from field_days import VISIT, VISITS, uuid, work


def test_a_photo_of_another_phone_with_a_name_that_is_taken_behind_a_link_is_kept_too(folder, tmp_path):
    elsewhere = tmp_path / "grote_schijf"
    elsewhere.mkdir()
    (elsewhere / "IMG_1.jpg").write_bytes(b"van kantoor")
    (folder / "fotos").symlink_to(elsewhere)
    pack(folder, tmp_path / "veld.zip")
    package = photographed(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), "fotos/IMG_1.jpg")
    return_package(folder, package, now=NOW, user="terug")
    assert sorted(path.read_bytes() for path in elsewhere.iterdir()) == [b"van kantoor", PICTURE]


@pytest.mark.parametrize("name", ["fotos/weg.jpg", "leegstand_object.gpkg"])
def test_a_photo_that_is_not_in_the_package_is_said(folder, tmp_path, name):
    pack(folder, tmp_path / "veld.zip")
    package = photographed(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), name, content=b"")
    done = return_package(folder, package, now=NOW, user="terug")
    assert any(f"De foto {name} zit niet in het pakket" in note for note in done.notes)


def test_a_photo_comes_back_without_what_the_camera_says(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    told = b"\xff\xe1\x00\x12Exif\x00\x00waar en wie"[:20]
    photo = PICTURE[:2] + told + PICTURE[2:]
    package = photographed(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), "fotos/IMG_7.jpg", photo)
    for _ in range(2):  # also when it comes back again
        return_package(folder, package, now=NOW, user="terug")
        assert [path.read_bytes() for path in (folder / "fotos").iterdir()] == [PICTURE]
    assert (package / "fotos/IMG_7.jpg").read_bytes() == photo


def test_photos_stay_when_the_records_that_name_them_are_finished_later(folder, tmp_path, monkeypatch):
    pack(folder, tmp_path / "veld.zip")
    package = photographed(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), "fotos/a.jpg")
    work(package, [(VISITS, uuid(51), VISIT)], register_spatial_functions)

    def full_after_the_first(connections, _journal):
        next(iter(connections.values())).execute("COMMIT")
        raise AtlasError("Het inlezen is halverwege gestopt.")

    with monkeypatch.context() as patch:
        patch.setattr(changes, "_commit", full_after_the_first)
        with pytest.raises(AtlasError, match="halverwege"):
            return_package(folder, package, now=NOW, user="terug")
    dossier = open_dossier(folder)
    assert [record["uuid"] for record in read_records(dossier, VISITS)] == [uuid(51)]
    assert check_dossier(dossier).notes == ()


def test_what_is_no_photo_stays_behind_and_is_named(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = photographed(
        unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), "fotos/a.jpg", b"geen foto"
    )
    done = return_package(folder, package, now=NOW, user="terug")
    assert not (folder / "fotos" / "a.jpg").exists()
    assert any(
        "fotos/a.jpg is niet overgenomen: Dit bestand is geen leesbare foto" in note for note in done.notes
    )
