"""Rows of the roof."""

from datetime import date

import factory

from portal import models
from portal.choices import FigureTable, PublicationKind
from tests.factories.core import PublishedFactory


class NewsItemFactory(PublishedFactory):
    class Meta:
        model = models.NewsItem

    title = factory.Sequence(lambda n: f"お知らせ{n}")
    body = "お知らせの本文です。"


class PublicationFactory(PublishedFactory):
    class Meta:
        model = models.Publication

    kind = PublicationKind.NEWSLETTER
    title = factory.Sequence(lambda n: f"東京23区全国連携NEWS 第{n}号")
    issued_on = date(2020, 10, 1)


class FoundingDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FoundingDocument

    slug = "prospectus"
    title = "趣意書"
    issuer = "特別区長会"
    issued_on = date(2014, 9, 16)
    summary = "要約です。"


class AimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Aim

    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda o: f"目的{o.number}")


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Milestone

    title = factory.Sequence(lambda n: f"できごと{n}")


class PlanItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PlanItem

    heading = "事業の展開"
    title = factory.Sequence(lambda n: f"取組{n}")


class PolicyDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PolicyDocument

    name = factory.Sequence(lambda n: f"基本方針{n}")
    decided_year = 2017
    decided_month = 12


class PublishedFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PublishedFigure

    table = FigureTable.PARTNERS
    row = factory.Sequence(lambda n: f"row-{n}")
    label = factory.LazyAttribute(lambda o: f"区分{o.row}")
    unit = "自治体"
    fiscal_year = 2015
    value = 1
