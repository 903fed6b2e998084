"""Which part of a picture is shown, and in which sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.crops import CARD_WIDTHS, WIDTHS, Box, Crop, Focus, card_box, crop_box, sizes_of

WHOLE, MIDDLE = Crop(), Focus()


@pytest.mark.parametrize(
    ("pixels", "crop", "expected"),
    [
        ((1600, 1067), WHOLE, Box(0, 0, 1600, 1067)),
        ((1600, 1000), Crop(25, 10, 50, 80), Box(400, 100, 800, 800)),
        ((3, 3), Crop(95, 95, 5, 5), Box(2, 2, 1, 1)),
    ],
)
def test_the_crop_in_pixels(pixels, crop, expected):
    assert crop_box(*pixels, crop) == expected


@pytest.mark.parametrize(
    ("pixels", "crop", "focus", "expected"),
    [
        ((1600, 1000), WHOLE, MIDDLE, Box(50, 0, 1500, 1000)),
        ((1600, 1000), WHOLE, Focus(0, 50), Box(0, 0, 1500, 1000)),
        ((1600, 1000), WHOLE, Focus(100, 50), Box(100, 0, 1500, 1000)),
        ((1000, 1600), WHOLE, MIDDLE, Box(0, 466, 1000, 667)),
        ((1000, 1600), WHOLE, Focus(50, 20), Box(0, 0, 1000, 667)),
        ((1000, 1600), WHOLE, Focus(50, 30), Box(0, 146, 1000, 667)),
        ((1000, 1000), Crop(50, 50, 50, 50), Focus(0, 0), Box(500, 500, 500, 333)),
        ((1, 1), WHOLE, MIDDLE, Box(0, 0, 1, 1)),
    ],
)
def test_the_card_lies_around_the_focus_within_the_crop(pixels, crop, focus, expected):
    assert card_box(*pixels, crop, focus) == expected


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (2400, [480, 960, 1600]),
        (1600, [480, 960, 1600]),
        (1599, [480, 960, 1599]),
        (961, [480, 960, 961]),
        (960, [480, 960]),
        (480, [480]),
        (479, [479]),
        (1, [1]),
    ],
)
def test_three_widths_at_most_and_nothing_enlarged(width, expected):
    made = sizes_of("images/x", Box(0, 0, width, width), WIDTHS)
    assert [(size.name, size.width, size.height) for size in made] == [
        (f"images/x-{one}.webp", one, one) for one in expected
    ]


percent_of = st.integers(0, 100)


@given(
    pixels=st.tuples(st.integers(1, 2400), st.integers(1, 2400)),
    left=st.integers(0, 95),
    top=st.integers(0, 95),
    data=st.data(),
    focus=st.builds(Focus, percent_of, percent_of),
)
def test_every_part_lies_within_the_picture_and_the_card_within_the_crop(pixels, left, top, data, focus):
    crop = Crop(left, top, data.draw(st.integers(5, 100 - left)), data.draw(st.integers(5, 100 - top)))
    whole, card = crop_box(*pixels, crop), card_box(*pixels, crop, focus)
    for inner, outer in ((whole, Box(0, 0, *pixels)), (card, whole)):
        assert inner.width >= 1
        assert inner.height >= 1
        assert outer.left <= inner.left <= inner.left + inner.width <= outer.left + outer.width
        assert outer.top <= inner.top <= inner.top + inner.height <= outer.top + outer.height
    for size in [*sizes_of("x", whole, WIDTHS), *sizes_of("x", card, CARD_WIDTHS)]:
        assert size.width <= size.box.width
        assert size.height >= 1
