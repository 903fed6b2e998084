"""Writing outside the back office: what is public stays until it is approved, and what is sent back is as proposed."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from portal.core.approval.actions import approve, publish, submit
from portal.core.approval.writing import form_as_proposed, write
from portal.core.models import Proposal, Version
from portal.models import NewsItem
from tests.factories.core import ImageFactory, UserFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

Form = modelform_factory(NewsItem, fields=("title", "images"))


def sent(record, by, **data):
    return write(record=record, make_form=lambda instance: Form(data, instance=instance), by=by)


@pytest.fixture
def author():
    return UserFactory()


def test_what_is_new_is_a_draft_of_whoever_wrote_it(author):
    written = sent(NewsItem(), author, title="春の体験", images=[ImageFactory().pk])
    item = NewsItem.objects.get()
    assert (item.title, item.publication_state, item.images.count()) == ("春の体験", "draft", 1)
    assert (written.proposal.written_by, written.proposal.changes) == (author, {})
    assert [(version.kind, version.made_by) for version in Version.objects.of(item)] == [("added", author)]


def test_a_wrong_form_says_so_and_writes_nothing(author):
    written = sent(NewsItem(), author, title="")
    assert (written.proposal, list(written.form.errors)) == (None, ["title"])
    assert not NewsItem.objects.exists()
    assert not Proposal.objects.exists()


def test_what_is_public_stays_until_the_change_is_approved(author):
    picture = ImageFactory()
    item = NewsItemFactory(title="春の体験")
    sent(item, author, title="夏の体験", images=[picture.pk])
    item = NewsItem.objects.get()
    assert (item.title, item.images.count()) == ("春の体験", 0)
    shown = form_as_proposed(item, lambda instance: Form(instance=instance))
    assert shown.initial == {"title": "夏の体験", "images": [picture]}
    # What is sent again goes on from what was proposed.
    proposal = sent(item, author, title="秋の体験", images=[picture.pk]).proposal
    assert Proposal.objects.get() == proposal
    submit(proposal=proposal, by=author)
    with pytest.raises(ValidationError):
        sent(item, author, title="冬の体験")
    approve(proposal=proposal, by=UserFactory())
    publish(proposal=proposal, by=None)
    item = NewsItem.objects.get()
    assert (item.title, list(item.images.all())) == ("秋の体験", [picture])


def test_what_changes_nothing_is_no_proposal(author):
    item = NewsItemFactory(title="春の体験")
    assert sent(item, author, title="春の体験").proposal is None
    assert not Proposal.objects.exists()
