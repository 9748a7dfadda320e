import base64
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile

from atlas.core.words.errors import AtlasError
from atlas.geo.reading.crs import to_rd, to_wgs84
from atlas.geo.surfaces.grids import density_surface, grid_around, remoteness_surface
from atlas.geo.surfaces.surface_files import image_overlay, raster_style, read_surface, write_cog
from released_samples import leaving

GRID = grid_around((228_000, 560_000, 268_000, 600_000), 100)
CHANCE = np.random.default_rng(11)
X, Y = CHANCE.uniform(230_000, 266_000, 300), CHANCE.uniform(562_000, 598_000, 300)


@pytest.fixture(scope="module")
def surface():
    found = density_surface(
        X, Y, GRID, subject="leegstaande objecten", peildatum="2025-01-01", bandwidth_m=2000, fictitious=True
    )
    cells = found.cells.copy()
    cells[:, :30] = np.nan
    return replace(found, cells=cells)


@pytest.fixture(scope="module")
def written(surface, tmp_path_factory):
    path = tmp_path_factory.mktemp("raster") / "dichtheid.tif"
    write_cog(path, leaving(surface))
    return path


def test_what_is_written_is_read_back_whole(surface, written):
    found = read_surface(written)
    np.testing.assert_array_equal(found.cells, surface.cells)
    assert found.grid == surface.grid
    for name in ("title", "unit", "method", "parameters", "peildatum", "fictitious", "classes"):
        assert getattr(found, name) == getattr(surface, name)


def test_the_file_says_what_it_holds_to_any_program(written):
    with rasterio.open(written) as file:
        assert file.crs.to_epsg() == 28992
        assert file.nodata == -9999
        assert file.dtypes == ("float32",)
        assert file.bounds == (228_000, 560_000, 268_000, 600_000)
        tags = file.tags()
        assert tags["FICTIEF"] == "ja"
        assert tags["TITEL"] == "FICTIEF: dichtheid van leegstaande objecten"
        assert tags["PEILDATUM"] == "2025-01-01"
        assert "bandbreedte 2.000 m" in tags["METHODE"]
        assert '"bandbreedte_m": 2000' in tags["PARAMETERS"]
        assert file.units == ("per km²",)
        assert file.read(1).min() == -9999


def test_the_file_is_a_cloud_optimized_geotiff(written):
    # the rules of rio-cogeo: tiled, with overviews, all directories first and the whole image last
    with rasterio.open(written) as file:
        assert file.driver == "GTiff"
        assert file.profile["tiled"]
        assert file.block_shapes == [(256, 256)]
        assert file.overviews(1) == [2]
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        directory = [int(file.get_tag_item("IFD_OFFSET", "TIFF", bidx=1))]
        directory.append(int(file.get_tag_item("IFD_OFFSET", "TIFF", bidx=1, ovr=0)))
        data = [int(file.get_tag_item("BLOCK_OFFSET_0_0", "TIFF", bidx=1))]
        data.append(int(file.get_tag_item("BLOCK_OFFSET_0_0", "TIFF", bidx=1, ovr=0)))
    assert directory == sorted(directory)
    assert data == sorted(data, reverse=True)
    assert max(directory) < min(data)


def test_the_same_surface_gives_the_same_bytes(surface, written, tmp_path):
    again = tmp_path / "een andere naam.tif"
    style = write_cog(again, leaving(surface))
    assert again.read_bytes() == written.read_bytes()
    assert style.read_bytes() == written.with_suffix(".qml").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["een andere naam.qml", "een andere naam.tif"]


def test_the_style_gives_qgis_the_classes_and_leaves_it_nothing_to_decide(surface, written):
    shader = ET.fromstring(written.with_suffix(".qml").read_text("utf-8")).find(".//colorrampshader")
    assert shader.get("colorRampType") == "DISCRETE"
    found = [(float(item.get("value")), item.get("label")) for item in shader.iter("item")]
    assert found == [(one.upper, one.label) for one in surface.classes]
    alphas = [item.get("alpha") for item in shader.iter("item")]
    assert alphas == ["0", *["255"] * (len(alphas) - 1)]


def test_a_label_with_strange_signs_leaves_the_style_whole(surface):
    strange = replace(surface.classes[0], label="<\"&'>")
    style = ET.fromstring(raster_style((strange, *surface.classes[1:])))
    assert next(style.iter("item")).get("label") == "<\"&'>"


def picture_of(uri):
    assert uri.startswith("data:image/png;base64,")
    with MemoryFile(base64.b64decode(uri.partition(",")[2])) as memory, memory.open() as picture:
        return picture.read(1), picture.colormap(1)


# a picture has no place on earth, and rasterio says so
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_each_pixel_of_the_picture_shows_the_cell_leaflet_draws_there(surface, written):
    uri, (west, south, east, north) = image_overlay(written)
    shown, colours = picture_of(uri)
    chance = np.random.default_rng(1)
    # Leaflet: even steps in the projection of the map between the corners
    up, across = chance.integers(0, shown.shape[0], 2_000), chance.integers(0, shown.shape[1], 2_000)
    mercator = np.log(np.tan(np.pi / 4 + np.radians([south, north]) / 2))
    height = mercator[1] - (up + 0.5) / shown.shape[0] * (mercator[1] - mercator[0])
    latitude = np.degrees(2 * np.arctan(np.exp(height)) - np.pi / 2)
    longitude = west + (across + 0.5) / shown.shape[1] * (east - west)
    x, y = to_rd(np.column_stack((longitude, latitude))).T
    column, row = ((x - GRID.west) // 100).astype(int), ((GRID.north - y) // 100).astype(int)
    for position in range(up.size):
        colour = colours[int(shown[up[position], across[position]])]
        if not (0 <= column[position] < GRID.columns and 0 <= row[position] < GRID.rows):
            assert colour[3] == 0
            continue
        value = surface.cells[row[position], column[position]]
        if np.isnan(value) or value == 0:
            assert colour[3] == 0
        else:
            expected = next(one.colour for one in surface.classes if value <= one.upper)
            assert colour == (*bytes.fromhex(expected[1:]), 255)


def test_the_picture_covers_the_whole_surface_and_hardly_more(written):
    _, (west, south, east, north) = image_overlay(written)
    edges = GRID.bounds
    corners = np.array([(edges[i], edges[j]) for i in (0, 2) for j in (1, 3)])
    longitude, latitude = to_wgs84(corners).T
    assert west - 1e-9 <= longitude.min() < west + 0.01
    assert south - 1e-9 <= latitude.min() < south + 0.01
    assert east - 0.01 < longitude.max() <= east + 1e-9
    assert north - 0.01 < latitude.max() <= north + 1e-9


def test_the_picture_is_the_same_every_time(written):
    assert image_overlay(written) == image_overlay(written)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_picture_of_many_cells_keeps_a_size_that_browsers_draw(tmp_path):
    grid = grid_around((230_000, 580_000, 230_100, 585_000), 1)
    path = tmp_path / "fijn.tif"
    write_cog(path, leaving(remoteness_surface([230_050.0], [582_000.0], grid, peildatum="2025-01-01")))
    shown, _ = picture_of(image_overlay(path)[0])
    assert max(shown.shape) <= 4096


def test_a_surface_that_is_one_cell_can_be_written_and_shown(tmp_path):
    grid = grid_around((230_000, 580_000, 230_100, 580_100), 100)
    path = tmp_path / "een.tif"
    write_cog(path, leaving(remoteness_surface([230_050.0], [580_000.0], grid, peildatum="2025-01-01")))
    assert read_surface(path).cells.tolist() == [[50.0]]
    west, south, east, north = image_overlay(path)[1]
    assert west < east
    assert south < north


def test_another_name_than_tif_is_refused(surface, tmp_path):
    with pytest.raises(AtlasError, match="GeoTIFF"):
        write_cog(tmp_path / "raster.png", leaving(surface))


def test_a_file_that_is_no_raster_of_ours_is_refused(tmp_path, written):
    with pytest.raises(AtlasError, match="bestaat niet"):
        read_surface(tmp_path / "weg.tif")
    broken = tmp_path / "half.tif"
    broken.write_bytes(written.read_bytes()[:9_000])
    with pytest.raises(AtlasError, match="kan niet worden gelezen"):
        read_surface(broken)
    profile = {
        "driver": "GTiff", "width": 2, "height": 2, "count": 1, "dtype": "float32",
        "transform": rasterio.Affine(100, 0, 230_000, 0, -100, 580_000),
    }  # fmt: skip
    for name, crs, words in (
        ("elders.tif", "EPSG:4326", "niet in RD New"),
        ("zonder.tif", None, "niet in RD New"),
        ("vreemd.tif", "EPSG:28992", "niet door de atlas"),
    ):
        with rasterio.open(tmp_path / name, "w", crs=crs, **profile) as file:
            file.write(np.zeros((2, 2), dtype="float32"), 1)
        with pytest.raises(AtlasError, match=words):
            read_surface(tmp_path / name)


def test_a_raster_that_asks_for_all_memory_or_points_elsewhere_is_a_sentence(tmp_path, written):
    huge = tmp_path / "reus.tif"
    profile = {"width": 60_000, "height": 60_000, "count": 1, "dtype": "float32", "crs": "EPSG:28992"}
    with rasterio.open(
        huge, "w", driver="GTiff", sparse_ok=True, tiled=True, compress="DEFLATE",
        transform=rasterio.Affine(1, 0, 210_000, 0, -1, 610_000), **profile,
    ):  # fmt: skip
        pass
    assert huge.stat().st_size < 10_000_000
    with pytest.raises(AtlasError, match="groter dan hier wordt gelezen"):
        read_surface(huge)
    pointing = tmp_path / "verwijst.tif"
    pointing.write_text(
        '<VRTDataset rasterXSize="1" rasterYSize="1"><VRTRasterBand dataType="Float32" band="1">'
        f"<SimpleSource><SourceFilename>{written}</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(AtlasError, match="kan niet worden gelezen"):
        read_surface(pointing)


def test_a_raster_with_tags_that_are_not_ours_is_a_sentence(tmp_path, written):
    for tag in ("PARAMETERS", "KLASSEN"):
        path = tmp_path / f"{tag}.tif"
        path.write_bytes(written.read_bytes())
        with rasterio.open(path, "r+", IGNORE_COG_LAYOUT_BREAK="YES") as file:
            file.update_tags(**{tag: "[1, {"})
        with pytest.raises(AtlasError, match="kan niet worden gelezen"):
            read_surface(path)
