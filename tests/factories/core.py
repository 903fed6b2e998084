"""Rows of portal.core."""

from datetime import UTC, datetime
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from PIL import Image as Picture

from portal.core import models
from portal.core.invitations import Invitation
from portal.core.publishing import PublicationState


class PublishedFactory(factory.django.DjangoModelFactory):
    """Published long ago unless the test says otherwise."""

    class Meta:
        abstract = True

    publication_state = PublicationState.PUBLISHED
    publish_at = datetime(2020, 1, 1, tzinfo=UTC)


def small_picture(width: int = 4, height: int = 3) -> bytes:
    """A real picture file."""
    buffer = BytesIO()
    Picture.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@city.example.jp")
    name = factory.Sequence(lambda n: f"利用者{n}")
    password = factory.django.Password("correct horse battery")


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    user = factory.SubFactory(UserFactory, is_staff=True)
    sent_at = datetime(2020, 1, 1, tzinfo=UTC)
    sent_by = factory.SubFactory(UserFactory, is_staff=True, is_superuser=True)


class SourceNoteFactory(factory.django.DjangoModelFactory):
    """Give it a ``record``."""

    class Meta:
        model = models.SourceNote

    source = "特別区全国連携プロジェクト概要資料"
    line = factory.Sequence(lambda n: n + 1)
    as_printed = "資料のとおりの記載"


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Image

    alt_text = factory.Sequence(lambda n: f"写真{n}")
    file = factory.LazyFunction(lambda: ContentFile(small_picture(), name="picture.png"))


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Attachment

    title = factory.Sequence(lambda n: f"資料{n}")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7\n", name="paper.pdf"))
    size = 9


class ContactPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    organization = factory.Sequence(lambda n: f"区役所{n}")
    department = "企画課"
