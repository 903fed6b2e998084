"""The files of a picture: made at once or not at all, without metadata, and gone when nobody needs them."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from PIL import Image as Picture

from portal.core.actions import save_upload
from portal.core.image_files import write_image, write_sizes
from portal.core.images import normalise
from portal.core.models import Image
from tests.factories.core import AttachmentFactory, ImageFactory, MadeImageFactory, small_picture
from tests.factories.events import EventFactory
from tests.factories.portal import PublicationFactory

pytestmark = pytest.mark.django_db


def photo_with_a_place(width=2000, height=1000):
    """A JPEG as a telephone makes it: turned on its side, with the place where it was taken."""
    exif = Picture.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telephone of somebody"
    place = exif.get_ifd(0x8825)
    place |= {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)}
    buffer = BytesIO()
    picture = Picture.new("RGB", (width, height), "navy")
    picture.paste("red", (0, 0, width // 2, height))
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def uploaded(raw, **fields):
    image = Image(alt_text="写真", file=normalise(SimpleUploadedFile("photo.jpg", raw)), **fields)
    write_image(image)
    save_upload(image, by=None)
    return Image.objects.get(pk=image.pk)


def files(settings):
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in Path(settings.MEDIA_ROOT).rglob("*.*")}


def opened(name):
    with default_storage.open(name) as file:
        return Picture.open(BytesIO(file.read()))


def test_no_file_of_a_photo_tells_where_it_was_taken(settings):
    raw = photo_with_a_place()
    assert dict(Picture.open(BytesIO(raw)).getexif().get_ifd(0x8825)) != {}
    image = uploaded(raw)
    names = files(settings)
    assert names == image.stored_names
    assert len(names) == 6
    for name in names:
        content = default_storage.open(name).read()
        picture = Picture.open(BytesIO(content))
        assert (dict(picture.getexif()), {*picture.info} & {"exif", "xmp", "icc_profile"}) == ({}, set())
        assert b"somebody" not in content
        assert b"EXIF" not in content


def test_it_is_turned_upright_and_made_in_three_widths_and_as_a_card():
    image = uploaded(photo_with_a_place(4000, 2400))
    assert (image.width, image.height) == (1440, 2400)
    assert [(size.width, size.height) for size in image.sizes] == [(480, 800), (960, 1600), (1440, 2400)]
    assert [(size.width, size.height) for size in image.card_sizes] == [(480, 320), (960, 640)]
    for size in [*image.sizes, *image.card_sizes]:
        picture = opened(size.name)
        assert (picture.format, picture.size) == ("WEBP", (size.width, size.height))


def test_the_crop_and_the_focus_are_what_the_files_show():
    # Turned upright, the upper half is red and the lower half is blue.
    image = uploaded(photo_with_a_place(), crop_left=0, crop_top=50, crop_width=100, crop_height=50)
    red, _, blue = opened(image.sizes[-1].name).convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert blue > 100 > 30 > red
    image = uploaded(photo_with_a_place(), focus_y=0)
    red, _, blue = opened(image.card_sizes[-1].name).convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert red > 200 > 30 > blue


def test_the_names_tell_nothing_of_the_whole_picture():
    image = MadeImageFactory()
    stem = Path(image.file.name).stem
    assert [name for name in image.stored_names - {image.file.name} if stem in name] == []
    assert all("picture" not in name for name in image.stored_names)


def test_what_is_shown_is_never_the_whole_picture_once_its_sizes_are_made():
    image = MadeImageFactory(pixels=(1000, 500))
    for served, made in ((image.shown, image.sizes), (image.card, image.card_sizes)):
        assert served.address == f"/media/{made[-1].name}"
        assert served.srcset == ", ".join(f"/media/{size.name} {size.width}w" for size in made)
        assert (served.width, served.height) == (made[-1].width, made[-1].height)


def test_a_picture_from_before_sizes_were_made_is_shown_whole():
    image = ImageFactory()
    assert image.shown == image.card == (image.file.url, "", 4, 3)
    assert image.stored_names == {image.file.name}


def test_transparency_stays():
    buffer = BytesIO()
    Picture.new("RGBA", (30, 20), (0, 0, 255, 0)).save(buffer, "PNG")
    assert opened(uploaded(buffer.getvalue()).sizes[0].name).mode == "RGBA"


class FullDisk(FileSystemStorage):
    """Room for two files; of the third a part is written."""

    room = 2

    def _save(self, name, content):
        if FullDisk.room == 0:
            Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
            Path(self.path(name)).write_bytes(b"half")
            raise OSError(28, "No space left on device")
        FullDisk.room -= 1
        return super()._save(name, content)


def test_a_full_disk_leaves_nothing_behind_and_changes_nothing(settings, monkeypatch):
    image = MadeImageFactory(pixels=(1000, 800))
    before, key = files(settings), image.sizes_key
    monkeypatch.setattr(FullDisk, "room", 2)
    monkeypatch.setattr(image.file, "storage", FullDisk(location=settings.MEDIA_ROOT))
    with pytest.raises(OSError, match="No space left"):
        write_sizes(image)
    assert (files(settings), image.sizes_key) == (before, key)


def test_where_there_is_no_room_for_the_sizes_the_new_original_goes_too(settings, monkeypatch):
    image = Image(alt_text="写真", file=normalise(SimpleUploadedFile("a.png", small_picture(1000, 800))))
    monkeypatch.setattr(FullDisk, "room", 2)
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", FullDisk(location=settings.MEDIA_ROOT))
    with pytest.raises(OSError, match="No space left"):
        write_image(image)
    assert files(settings) == set()


def replace(image, content):
    image.file = normalise(SimpleUploadedFile("new.png", content))
    write_image(image)
    save_upload(image, by=None)


def test_replacing_removes_the_old_files_once_it_is_certain(settings, django_capture_on_commit_callbacks):
    image = MadeImageFactory()
    old = set(image.stored_names)
    with django_capture_on_commit_callbacks() as callbacks:
        replace(image, small_picture(20, 10))
        assert files(settings) == old | image.stored_names
    for callback in callbacks:
        callback()
    assert files(settings) == image.stored_names
    assert not old & image.stored_names


def test_what_cannot_be_saved_leaves_no_new_files(settings):
    image = MadeImageFactory()
    before = files(settings)
    image.alt_text = ""
    with pytest.raises(Exception, match="core_image_described_or_decorative"):
        replace(image, small_picture(20, 10))
    assert files(settings) == before


@pytest.mark.parametrize("factory", [MadeImageFactory, AttachmentFactory])
@pytest.mark.parametrize("way", ["one", "many"])
def test_deleting_removes_the_files(settings, django_capture_on_commit_callbacks, factory, way):
    row = factory()
    with django_capture_on_commit_callbacks(execute=True):
        row.delete() if way == "one" else type(row).objects.all().delete()
    assert files(settings) == set()


def test_a_disk_that_refuses_to_delete_is_told_to_the_log_only(monkeypatch, caplog, django_capture_on_commit_callbacks):
    image = ImageFactory()

    def refuse(storage, name):
        raise PermissionError(name)

    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert Image.objects.count() == 0
    assert [record.message for record in caplog.records] == [
        f"A file that is no longer used could not be removed: {image.file.name}"
    ]


def test_what_is_used_is_not_deleted_however_it_is_asked_for(settings):
    image, cover, paper = MadeImageFactory(), ImageFactory(), AttachmentFactory()
    EventFactory().images.add(image)
    PublicationFactory(cover=cover)
    EventFactory(publication_state="draft", publish_at=None).report_attachments.add(paper)
    before = files(settings)
    for row in (image, cover, paper):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()
        with pytest.raises(ProtectedError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
    assert files(settings) == before
