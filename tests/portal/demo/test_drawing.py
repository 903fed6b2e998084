"""The pictures of the demo data: drawn by our own code, the same every time, and marked."""

from io import BytesIO

import pytest
from PIL import Image

from portal.demo.drawing import HEIGHT, WIDTH, Canvas
from portal.demo.pictures import SCENES, drawn, poster

MARK_CORNER = (WIDTH - 174, HEIGHT - 104, WIDTH - 36, HEIGHT - 32)
INK = (27, 58, 107)


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_is_a_webp_of_the_size_the_pages_expect(name):
    picture = Image.open(BytesIO(drawn(name)))

    assert (picture.format, picture.size) == ("WEBP", (1600, 1067))
    assert len(drawn(name)) < 120_000


def test_there_are_twelve_different_pictures_each_described_in_its_own_words():
    assert len({drawn(name) for name in SCENES}) == 12
    assert len({scene.alt_text for scene in SCENES.values()}) == 12
    assert [scene.alt_text for scene in SCENES.values() if not scene.alt_text.endswith("イラスト")] == []


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_has_many_colours_and_fills_its_frame(name):
    picture = Image.open(BytesIO(drawn(name))).convert("RGB")

    assert len(picture.reduce(20).getcolors(10_000)) > 400
    assert [picture.getpixel(corner) for corner in ((0, 0), (WIDTH - 1, 0), (0, HEIGHT - 1))].count((0, 0, 0)) == 0


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_says_that_it_is_a_demo(name):
    canvas = Canvas(name)
    SCENES[name].paint(canvas)

    corner = canvas.finished().crop(MARK_CORNER)

    ink = sum(count for count, colour in corner.getcolors(20_000) if colour == INK)
    assert ink > corner.width * corner.height * 0.1


@pytest.mark.parametrize("name", ["orchard", "snow_village"])
def test_what_looks_accidental_is_the_same_every_time(name):
    first, second = Canvas(name), Canvas(name)
    SCENES[name].paint(first)
    SCENES[name].paint(second)

    assert first.finished().tobytes() == second.finished().tobytes()


def test_another_seed_makes_another_picture():
    first, second = Canvas("one"), Canvas("two")
    SCENES["orchard"].paint(first)
    SCENES["orchard"].paint(second)

    assert first.finished().tobytes() != second.finished().tobytes()


def test_a_leaflet_is_a_pdf():
    assert poster("orchard").startswith(b"%PDF-")
