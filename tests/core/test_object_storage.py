"""Uploaded files in a storage that speaks S3: a real server on loopback."""

from io import StringIO
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from portal.core.image_files import write_image
from portal.core.models import Image
from portal.members.posting.uploads import NOT_WRITTEN
from portal.mirror.export import _copy_files
from tests.factories.core import small_picture
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory
from tests.portal.members.conftest import signed_in
from tests.portal.members.test_uploads import errors_of, jpeg, picture_row, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bucket(server, settings):
    """A bucket, which the site keeps its files in."""
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    # What lies in a bucket outlives the server.
    name = f"media-{uuid4().hex}"
    bucket = boto3.resource("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket=name)
    options = {"bucket_name": name, "location": "portal", "endpoint_url": endpoint, "region_name": "us-east-1"}
    options |= {"access_key": "k", "secret_key": "s"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "portal.core.object_storage.ObjectStorage", "OPTIONS": options}
    }
    return bucket


def names(bucket):
    return {entry.key.removeprefix("portal/") for entry in bucket.objects.all()}


@pytest.fixture
def picture(bucket):
    image = Image(alt_text="梅の花", file=ContentFile(small_picture(), name="photo.png"))
    write_image(image)
    image.save()
    return image


def test_a_picture_and_its_sizes_lie_there_and_nowhere_else(picture, bucket, settings):
    assert names(bucket) == picture.stored_names
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_it_is_given_out_at_the_same_address_as_ever(client, picture):
    address = picture.shown.address

    response = client.get(address)

    assert address.startswith("/media/images/")
    assert "?" not in address
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert "immutable" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["images/nothing.webp", "../../etc/passwd", "images/%2e%2e/%2e%2e/%2e%2e/x", "x" * 2000]
)
def test_what_is_not_there_is_not_found(client, bucket, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_what_is_deleted_is_gone_there_too(picture, bucket, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()

    assert names(bucket) == set()


def test_while_it_is_gone_a_file_is_asked_for_again_later(client, picture, server):
    server.stop()

    response = client.get(picture.shown.address)

    assert response.status_code == 503
    assert "ファイルの置き場所が応答しません" in response.content.decode()
    assert "immutable" not in response["Cache-Control"]


def test_while_it_is_gone_a_member_reads_that_the_file_was_not_kept(bucket, server):
    member = signed_in(MemberStaffFactory(municipality=MembershipFactory().municipality).user)
    server.stop()

    response = send(member, **picture_row(jpeg()))

    assert errors_of(response)[0] == NOT_WRITTEN
    assert Image.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_says_that_it_does_not_hold_them(picture, bucket, tmp_path):
    said = StringIO()

    call_command("backup", to=str(tmp_path), stdout=said)

    assert "このバックアップには入っていません" in said.getvalue()
    assert "ファイル0" in said.getvalue()


def test_the_mirror_holds_them(picture, bucket, tmp_path):
    address = picture.shown.address

    _copy_files(tmp_path / "new", None, {address, "/media/images/nothing.webp"})

    assert (tmp_path / "new" / address.strip("/")).read_bytes()[8:12] == b"WEBP"
    assert not (tmp_path / "new/media/images/nothing.webp").exists()
