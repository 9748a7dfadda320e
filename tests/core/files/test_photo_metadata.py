"""Photos lose what the camera says, and nothing of the picture; Pillow looks."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from atlas.core.files.photo_metadata import without_metadata
from atlas.core.words.errors import AtlasError

#: what stands in every piece of metadata below, and nowhere in a picture
TELLTALE = b"VERZONNEN-MAKER"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + TELLTALE + b"</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x14\x1c\x02\x50\x00\x0f" + TELLTALE


def picture(mode="RGB"):
    image = Image.effect_noise((67, 45), 90).convert(mode)
    image.info.clear()
    return image


def exif():
    told = Image.Exif()
    told[0x010E] = TELLTALE.decode()  # description
    told[0x0110] = TELLTALE.decode()  # model
    told.get_ifd(0x8825)[2] = (53.0, 12.0, 30.0)  # GPS latitude
    return told


def jpeg(**more):
    file = io.BytesIO()
    picture(more.pop("mode", "RGB")).save(file, "JPEG", exif=exif(), comment=TELLTALE, xmp=XMP, **more)
    content = file.getvalue()
    iptc = b"\xff\xed" + (len(IPTC) + 2).to_bytes(2, "big") + IPTC
    second = b"\xff\xe2" + (len(TELLTALE) + 6).to_bytes(2, "big") + b"FPXR" + TELLTALE
    return content[:2] + iptc + second + content[2:]


def png(**more):
    told = PngInfo()
    told.add_text("Author", TELLTALE.decode())
    told.add_text("Comment", TELLTALE.decode(), zip=True)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    file = io.BytesIO()
    picture(more.pop("mode", "RGBA")).save(file, "PNG", exif=exif(), pnginfo=told, **more)
    return file.getvalue()


PROFILE = b"\x00" * 128
CASES = {
    "baseline": jpeg(), "progressive": jpeg(progressive=True), "grey": jpeg(mode="L"),
    "cmyk": jpeg(mode="CMYK"), "restarts": jpeg(restart_marker_blocks=2),
    "profile": jpeg(icc_profile=PROFILE),
    "png": png(), "png palette": png(mode="P"), "png profile": png(icc_profile=PROFILE),
}  # fmt: skip


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_metadata_goes_and_every_dot_stays(content):
    clean = without_metadata(content)
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(clean))
    assert TELLTALE in content
    assert TELLTALE not in clean
    assert before.getexif()
    assert not after.getexif()
    assert not after.getexif().get_ifd(0x8825)
    assert not {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Author"} & set(after.info)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert (after.mode, after.size, after.tobytes()) == (before.mode, before.size, before.tobytes())


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_what_stands_behind_the_picture_goes(content):
    assert without_metadata(content + jpeg() + TELLTALE) == without_metadata(content)


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_doing_it_again_changes_nothing(content):
    clean = without_metadata(content)
    assert without_metadata(clean) == clean


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_a_photo_that_breaks_off_anywhere_is_refused(content):
    for length in range(0, len(content) - 1, 7):
        with pytest.raises(AtlasError, match="geen leesbare foto"):
            without_metadata(content[:length])


@given(st.sampled_from(list(CASES.values())), st.data())
def test_whatever_is_damaged_it_ends_and_says_so_or_is_smaller(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(AtlasError):
        assert len(without_metadata(bytes(damaged))) <= len(damaged)


@pytest.mark.parametrize(
    "content", [b"", b"uit het veld", b"GIF89a", b"%PDF-1.7", b"\xff\xd8\xff\xe1\x00\x00"]
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(AtlasError, match="geen leesbare foto"):
        without_metadata(content)
