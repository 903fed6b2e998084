"""Rows of portal.core."""

from datetime import UTC, datetime
from io import BytesIO

import factory
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image as Picture

from portal.core import models
from portal.core.history.snapshots import take
from portal.core.image_files import write_image
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


class MadeImageFactory(ImageFactory):
    """With its sizes made, as every picture has them that was uploaded; give it ``pixels``."""

    class Params:
        pixels = (60, 40)

    file = factory.LazyAttribute(lambda made: ContentFile(small_picture(*made.pixels), name="picture.png"))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        image = model_class(*args, **kwargs)
        write_image(image)
        image.save()
        return image


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


class ProposalFactory(factory.django.DjangoModelFactory):
    """A draft, of an office's contact point unless another ``record`` is given."""

    class Meta:
        model = models.Proposal

    record = factory.SubFactory(ContactPointFactory)
    subject = factory.LazyAttribute(lambda o: str(o.record))
    written_by = factory.SubFactory(UserFactory, is_staff=True)
    holder = factory.SelfAttribute("written_by")
    submitted_by = factory.SelfAttribute("written_by")


class VersionFactory(factory.django.DjangoModelFactory):
    """Of an office's contact point unless another ``record`` is given."""

    class Meta:
        model = models.Version
        exclude = ("record",)

    record = factory.SubFactory(ContactPointFactory)
    content_type = factory.LazyAttribute(lambda o: ContentType.objects.get_for_model(o.record))
    object_id = factory.LazyAttribute(lambda o: str(o.record.pk))
    number = factory.Sequence(lambda n: n + 1)
    kind = "changed"
    data = factory.LazyAttribute(lambda o: take(o.record))
    subject = factory.LazyAttribute(lambda o: str(o.record))
    made_by = factory.SubFactory(UserFactory, is_staff=True)


class AuditEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AuditEntry

    at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    by = factory.SubFactory(UserFactory, is_staff=True)
    action = "sign_in"


class PreviewLinkFactory(factory.django.DjangoModelFactory):
    """A link of 25 November 2026, to an office's contact point unless another ``record`` is given."""

    class Meta:
        model = models.PreviewLink

    record = factory.SubFactory(ContactPointFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    recipient = "○○町企画課"
    made_by = factory.SubFactory(UserFactory, is_staff=True)
    made_at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    expires_at = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)


class SavedFilterFactory(factory.django.DjangoModelFactory):
    """Of the list of people, unless another model is given."""

    class Meta:
        model = models.SavedFilter
        exclude = ("model",)

    model = None
    user = factory.SubFactory(UserFactory, is_staff=True)
    content_type = factory.LazyAttribute(
        lambda o: ContentType.objects.get_for_model(o.model or models.User, for_concrete_model=False)
    )
    name = factory.Sequence(lambda n: f"条件{n}")
    query = "q=%E6%98%A5"


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A mail that waits to be sent."""

    class Meta:
        model = models.OutgoingMail

    recipient = "machi@town.example.lg.jp"
    subject = "【特別区全国連携プロジェクト】お知らせ"
    text = "本文"
