"""Sizes for the pictures that have none: whatever happens meanwhile, the rest is made."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from portal.core.management.commands.make_image_sizes import make_sizes
from portal.core.models import Image
from tests.factories.core import ImageFactory, MadeImageFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("make_image_sizes", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def all_there(image):
    image.refresh_from_db()
    return bool(image.sizes) and all(default_storage.exists(name) for name in image.stored_names)


def test_only_what_is_missing_is_made():
    made, old = MadeImageFactory(), ImageFactory()
    key = made.sizes_key
    assert run() == ("画像の大きさ：作成1件、失敗0件\n", "")
    assert all_there(old)
    made.refresh_from_db()
    assert made.sizes_key == key
    assert run() == ("画像の大きさ：作成0件、失敗0件\n", "")


def test_all_are_made_anew_and_the_old_files_go():
    image = MadeImageFactory()
    old = set(image.stored_names)
    assert run("--all") == ("画像の大きさ：作成1件、失敗0件\n", "")
    assert all_there(image)
    assert [name for name in old if default_storage.exists(name)] == [image.file.name]


def test_a_lost_file_does_not_keep_the_others_from_theirs():
    lost, broken, good = ImageFactory(), ImageFactory(), ImageFactory()
    lost.file.storage.delete(lost.file.name)
    with default_storage.open(broken.file.name, "wb") as file:
        file.write(b"no picture")
    out, err = run()
    assert out == "画像の大きさ：作成1件、失敗2件\n"
    assert [line.split("：")[0] for line in err.splitlines()] == [f"画像{lost.pk}", f"画像{broken.pk}"]
    assert all_there(good)


def test_its_progress_is_shown(monkeypatch):
    monkeypatch.setattr("portal.core.management.commands.make_image_sizes.TOLD_EVERY", 2)
    ImageFactory.create_batch(3)
    assert run()[0] == "2／3件\n画像の大きさ：作成3件、失敗0件\n"


def test_a_picture_that_somebody_replaced_meanwhile_is_left_as_it_is():
    image = ImageFactory()
    Image.objects.filter(pk=image.pk).update(sizes_key="made-by-somebody-else")
    assert make_sizes(image) is False
    assert [name for name in image.stored_names - {image.file.name} if default_storage.exists(name)] == []
    assert Image.objects.get().sizes_key == "made-by-somebody-else"
