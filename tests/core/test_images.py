"""Uploaded pictures: what is taken in, what is refused, and what is left of them."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from portal.core import images
from portal.core.images import normalise

NOT_A_PICTURE = "画像として読めません。JPEG、PNG、WebP、AVIF、GIFの画像を選んでください。"


def picture(kind="JPEG", size=(40, 30), mode="RGB", colour="navy", **options):
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def upload(raw, name="picture.jpg"):
    return SimpleUploadedFile(name, raw)


def result(raw, name="picture.jpg"):
    return Image.open(normalise(upload(raw, name)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_kind_of_picture_becomes_webp(kind):
    written = result(picture(kind))
    assert (written.format, written.size, written.mode) == ("WEBP", (40, 30), "RGB")


def test_the_name_is_random():
    names = {normalise(upload(picture(), "secret-plan.jpg")).name for _ in range(2)}
    assert len(names) == 2
    assert all(name.endswith(".webp") and "secret" not in name for name in names)


def test_the_type_is_told_from_the_content():
    assert result(picture("PNG"), "picture.txt").format == "WEBP"


def test_it_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert result(picture(exif=exif)).size == (30, 40)


def test_the_place_and_all_other_metadata_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    raw = picture(exif=exif, comment=b"taken at home")
    written = normalise(upload(raw))
    assert b"somebody" in raw
    content = written.read()
    assert b"somebody" not in content
    assert b"taken at home" not in content
    assert dict(Image.open(ContentFile(content)).getexif()) == {}


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2400, 10), (2400, 10)), ((2401, 10), (2400, 10)), ((600, 4800), (300, 2400)), ((4800, 3200), (2400, 1600))],
)
def test_the_longest_side_is_at_most_2400(size, expected):
    assert result(picture(size=size)).size == expected


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    written = result(buffer.getvalue())
    assert getattr(written, "n_frames", 1) == 1
    red, _, blue = written.convert("RGB").getpixel((4, 4))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(("mode", "colour"), [("RGBA", (0, 0, 255, 0)), ("LA", (9, 0))])
def test_transparency_stays(mode, colour):
    assert result(picture("PNG", mode=mode, colour=colour)).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_pictures_for_print_and_in_grey_can_be_shown(mode):
    assert result(picture(mode=mode, colour=0)).mode == "RGB"


def test_colours_with_a_profile_stay_what_they_are():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    written = result(picture("PNG", colour=(200, 10, 10), icc_profile=profile))
    assert "icc_profile" not in written.info
    assert written.convert("RGB").getpixel((5, 5)) == pytest.approx((200, 10, 10), abs=6)


def test_a_broken_profile_does_no_harm():
    assert result(picture("PNG", icc_profile=b"broken")).size == (40, 30)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7 ...",
        picture("BMP"),
        picture("TIFF"),
        picture()[:300],
        picture("GIF")[:6] + b"=1;<script>alert(1)</script>",
    ],
    ids=["empty", "text", "svg", "pdf", "bmp", "tiff", "cut off", "gif and script"],
)
def test_what_is_no_picture_is_refused(raw):
    with pytest.raises(ValidationError) as refused:
        normalise(upload(raw))
    assert refused.value.messages == [NOT_A_PICTURE]


def test_a_picture_that_is_an_archive_too_is_refused():
    buffer = BytesIO(picture())
    buffer.seek(0, 2)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("page.html", "<script></script>")
    with pytest.raises(ValidationError) as refused:
        normalise(upload(buffer.getvalue()))
    assert refused.value.messages == [NOT_A_PICTURE]


def test_a_picture_that_is_a_page_too_is_refused():
    with pytest.raises(ValidationError) as refused:
        normalise(upload(picture(comment=b"<script>alert(1)</script>")))
    assert refused.value.messages == [NOT_A_PICTURE]


def test_a_file_over_20_megabytes_is_refused_unread():
    large = upload(b"x")
    large.size = 20 * 1024 * 1024 + 1
    with pytest.raises(ValidationError) as refused:
        normalise(large)
    assert refused.value.messages == ["画像は20MBまでです。"]


@pytest.mark.parametrize("size", [(8000, 5001), (20000, 20000)], ids=["40 megapixels and a bit", "a bomb"])
def test_too_many_pixels_are_refused_before_they_are_read(size):
    with pytest.raises(ValidationError) as refused:
        normalise(upload(picture("PNG", size=size, mode="1", colour=0)))
    assert refused.value.messages == ["画像は4,000万画素までです。小さくしてから選び直してください。"]


def test_just_40_megapixels_are_taken(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 1200)
    assert result(picture(size=(40, 30))).size == (40, 30)
    with pytest.raises(ValidationError):
        normalise(upload(picture(size=(41, 30))))
