"""Pictures and files given to the back office."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from portal.core.models import Attachment, Image
from tests.admin.filling_in import errors_of, send
from tests.factories.core import AttachmentFactory, ImageFactory, small_picture

pytestmark = pytest.mark.django_db

ADD_IMAGE, ADD_FILE = "admin:core_image_add", "admin:core_attachment_add"


def test_a_picture_is_kept_as_webp_under_a_random_name(office):
    upload = SimpleUploadedFile("secret.png", small_picture(30, 20))
    assert send(office, reverse(ADD_IMAGE), file=upload, alt_text="港の夕日").status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, "secret" in image.file.name) == (30, 20, False)
    assert Picture.open(BytesIO(image.file.read())).format == "WEBP"


def test_what_is_no_picture_is_refused(office):
    upload = SimpleUploadedFile("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    refused = send(office, reverse(ADD_IMAGE), file=upload, alt_text="絵")
    assert errors_of(refused) == ["画像として読めません。JPEG、PNG、WebP、AVIF、GIFの画像を選んでください。"]
    assert Image.objects.count() == 0


@pytest.mark.parametrize("fields", [{"alt_text": ""}, {"alt_text": "絵", "is_decorative": "on"}])
def test_a_picture_is_described_or_decorative(office, fields):
    refused = send(office, reverse(ADD_IMAGE), file=SimpleUploadedFile("a.png", small_picture()), **fields)
    assert errors_of(refused) == ["代替テキストを入れるか、「装飾のみ」を選んでください（両方はできません）。"]
    assert Image.objects.count() == 0


def test_changing_the_description_keeps_the_picture(office):
    image = ImageFactory()
    send(office, reverse("admin:core_image_change", args=[image.pk]), alt_text="新しい説明")
    changed = Image.objects.get()
    assert (changed.alt_text, changed.file.name) == ("新しい説明", image.file.name)


def test_a_file_is_kept_with_its_size(office):
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n...")
    assert send(office, reverse(ADD_FILE), title="計画", file=upload).status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.size, attachment.file_type, "plan" in attachment.file.name) == (12, "PDF", False)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("plan.pdf", "ファイルの中身が、拡張子（pdf）と合いません。"),
        ("plan.svg", "ファイルの中身が、拡張子（svg）と合いません。"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(office, name, message):
    refused = send(office, reverse(ADD_FILE), title="計画", file=SimpleUploadedFile(name, b"<html>"))
    assert message in errors_of(refused)
    assert Attachment.objects.count() == 0


def test_changing_the_title_keeps_the_file(office):
    attachment = AttachmentFactory()
    send(office, reverse("admin:core_attachment_change", args=[attachment.pk]), title="新しい題名")
    changed = Attachment.objects.get()
    assert (changed.title, changed.file.name, changed.size) == ("新しい題名", attachment.file.name, 9)
