"""Uploaded files are given out as they are, for good."""

import pytest

from tests.factories.core import ImageFactory, small_picture

pytestmark = pytest.mark.django_db


def test_an_image_is_served_and_may_be_kept(client):
    image = ImageFactory()

    response = client.get(image.file.url)

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == small_picture()
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing.png", "images/"])
def test_what_is_not_there_is_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("name", ["../settings.py", "..%2f..%2fmanage.py"])
def test_nothing_outside_the_folder_is_served(client, name):
    assert client.get(f"/media/{name}").status_code == 400
