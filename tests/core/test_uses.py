"""Where pictures and papers are used, and what becomes of that when one is replaced."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.core.actions import save_upload
from portal.core.library import Attachment, Image
from portal.core.uses import fields_leading_to, uses_of
from tests.factories.core import AttachmentFactory, ImageFactory
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.portal import NewsItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db


def names(model):
    return sorted(f"{field.model.__name__}.{field.name}" for field in fields_leading_to(model))


def test_the_uses_are_the_relations_of_the_models():
    """A new relation appears here by itself: it is then a use on every page of the library."""
    assert names(Image) == [
        "Event.images",
        "Event.report_images",
        "Exhibition.images",
        "MemberPost.images",
        "MunicipalityProfile.images",
        "NewsItem.images",
        "Publication.cover",
    ]
    assert names(Attachment) == [
        "Event.attachments",
        "Event.report_attachments",
        "Exhibition.attachments",
        "MemberPost.attachments",
        "NewsItem.attachments",
        "Publication.attachment",
    ]


def use_everywhere(image):
    """Every kind of record that uses a picture, public or not."""
    event, draft = EventFactory(), EventFactory(publication_state="draft", publish_at=None)
    exhibition, item = ExhibitionFactory(), NewsItemFactory()
    event.images.add(image)
    event.report_images.add(image)
    draft.images.add(image)
    exhibition.images.add(image)
    item.images.add(image)
    return {"Event": {event, draft}, "Exhibition": {exhibition}, "NewsItem": {item}} | {
        "Publication": {PublicationFactory(cover=image)}
    }


def test_every_use_is_found_in_one_query(django_assert_num_queries):
    image, other = ImageFactory(), ImageFactory()
    users = use_everywhere(image)
    EventFactory().images.add(other)
    with django_assert_num_queries(1):
        uses = uses_of(Image, [image.pk])
    assert sorted((use.field.model.__name__, use.field.name, use.user) for use in uses) == sorted(
        [
            *(("Event", "images", str(event.pk)) for event in users["Event"]),
            *(("Event", "report_images", str(event.pk)) for event in users["Event"] if event.report_images.exists()),
            *(("Exhibition", "images", str(row.pk)) for row in users["Exhibition"]),
            *(("NewsItem", "images", str(row.pk)) for row in users["NewsItem"]),
            *(("Publication", "cover", str(row.pk)) for row in users["Publication"]),
        ]
    )
    assert {use.used for use in uses} == {str(image.pk)}


def test_used_and_unused_and_how_often():
    image, unused = ImageFactory(), ImageFactory()
    use_everywhere(image)
    assert (list(Image.objects.used()), list(Image.objects.unused())) == ([image], [unused])
    assert dict(Image.objects.with_use_count().values_list("pk", "use_count")) == {image.pk: 6, unused.pk: 0}


def standing(users):
    rows = [row for found in users.values() for row in found]
    for row in rows:
        row.refresh_from_db()
    return [(row.revision, row.updated_at) for row in rows]


@pytest.mark.parametrize(
    ("name", "value"),
    [("alt_text", "新しい説明"), ("credit", "広報課"), ("rights_until", date(2030, 1, 1)), ("sizes_key", "ab")],
)
def test_what_is_changed_is_so_in_every_record_that_uses_it(name, value):
    image = ImageFactory()
    users = use_everywhere(image)
    bystander = NewsItemFactory()
    before, untouched = standing(users), standing({"NewsItem": {bystander}})
    moment = datetime(2030, 5, 1, tzinfo=UTC)
    setattr(image, name, value)
    with time_machine.travel(moment, tick=False):
        save_upload(image, by=None)
    assert standing(users) == [(revision + 1, moment) for revision, _ in before]
    assert standing({"NewsItem": {bystander}}) == untouched


def test_what_is_saved_as_it_was_tells_nobody():
    image, paper = ImageFactory(), AttachmentFactory()
    users = use_everywhere(image)
    NewsItemFactory().attachments.add(paper)
    before = standing(users)
    image.focus_x = 10
    save_upload(image, by=None)
    save_upload(paper, by=None)
    assert standing(users) == before
