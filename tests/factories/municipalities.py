"""Rows of municipalities. Codes are real in form: their check digit is right."""

from datetime import UTC, date, datetime

import factory

from municipalities import models
from municipalities.choices import BodyKind, MunicipalityKind, TieKind
from municipalities.rules import check_digit
from tests.factories.core import PublishedFactory, UserFactory


def code6(code5: str) -> str:
    return code5 + check_digit(code5)


class PrefectureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Prefecture
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{n % 12 + 14:02d}")
    name = factory.LazyAttribute(lambda o: f"第{o.code}県")
    name_kana = factory.LazyAttribute(lambda o: f"だい{o.code}けん")
    name_en = factory.LazyAttribute(lambda o: f"Prefecture {o.code}")
    region = "関東"
    tile_column = factory.LazyAttribute(lambda o: int(o.code))
    tile_row = 1


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A town, each in turn, up to 800 in the prefecture given (or in one made for it)."""

    class Meta:
        model = models.Municipality

    class Params:
        number = factory.Sequence(lambda n: n % 800 + 200)

    prefecture = factory.SubFactory(PrefectureFactory, code="14", name="神奈川県")
    code = factory.LazyAttribute(lambda o: code6(f"{o.prefecture.code}{o.number:03d}"))
    kind = MunicipalityKind.TOWN
    name = factory.LazyAttribute(lambda o: f"第{o.number}町")
    name_kana = factory.LazyAttribute(lambda o: f"だい{o.number}ちょう")
    name_en = factory.LazyAttribute(lambda o: f"Town {o.number}")


class MunicipalitySuccessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MunicipalitySuccession

    predecessor = factory.SubFactory(MunicipalityFactory)
    successor = factory.SubFactory(MunicipalityFactory)


class WardFactory(factory.django.DjangoModelFactory):
    """One of the 23 wards, each in turn."""

    class Meta:
        model = models.Ward
        django_get_or_create = ("code",)

    class Params:
        number = factory.Sequence(lambda n: n % 23 + 1)

    prefecture = factory.SubFactory(PrefectureFactory, code="13", name="東京都")
    code = factory.LazyAttribute(lambda o: code6(f"13{100 + o.number}"))
    kind = MunicipalityKind.SPECIAL_WARD
    name = factory.LazyAttribute(lambda o: f"第{o.number}区")
    name_kana = factory.LazyAttribute(lambda o: f"だい{o.number}く")
    name_en = factory.LazyAttribute(lambda o: f"Ward {o.number}")


class WardTieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.WardTie

    ward = factory.SubFactory(WardFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    kind = TieKind.SISTER
    starts_on = date(2010, 4, 1)


class PartnerBodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PartnerBody

    name = factory.Sequence(lambda n: f"第{n}県町村会")
    prefecture = factory.SubFactory(PrefectureFactory)
    kind = BodyKind.TOWNS_AND_VILLAGES


class CooperationAgreementFactory(PublishedFactory):
    """Give it ``bodies`` and ``members`` (municipalities that joined when it was signed)."""

    class Meta:
        model = models.CooperationAgreement
        skip_postgeneration_save = True

    signed_on = date(2016, 4, 26)

    @factory.post_generation
    def bodies(self, create, extracted):
        self.bodies.set(extracted if extracted is not None else [PartnerBodyFactory()])

    @factory.post_generation
    def members(self, create, extracted):
        for municipality in extracted or []:
            AgreementMemberFactory(agreement=self, municipality=municipality, joined_on=self.signed_on)


class AgreementMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AgreementMember

    agreement = factory.SubFactory(CooperationAgreementFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    joined_on = date(2016, 4, 26)


class CompanyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Company

    name = factory.Sequence(lambda n: f"第{n}株式会社")


class CompanyAgreementFactory(PublishedFactory):
    class Meta:
        model = models.CompanyAgreement

    company = factory.SubFactory(CompanyFactory)
    title = factory.LazyAttribute(lambda o: f"{o.company.name}との包括連携協定")
    signed_on = date(2019, 4, 1)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Membership

    municipality = factory.SubFactory(MunicipalityFactory)
    registered_on = date(2015, 4, 1)


class WardStaffFactory(factory.django.DjangoModelFactory):
    """A post held since long ago, and still."""

    class Meta:
        model = models.WardStaff

    user = factory.SubFactory(UserFactory, is_staff=True)
    ward = factory.SubFactory(WardFactory)
    role = "editor"
    starts_on = date(2020, 4, 1)


class MemberStaffFactory(factory.django.DjangoModelFactory):
    """A person who has worked at a member municipality since 2020 and still does."""

    class Meta:
        model = models.MemberStaff

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    department = "企画課"
    starts_on = date(2020, 4, 1)


class MembershipApplicationFactory(factory.django.DjangoModelFactory):
    """Its address is confirmed, and it waits for the secretariat."""

    class Meta:
        model = models.MembershipApplication

    reference = factory.Sequence(lambda n: f"M-{n:04d}")
    municipality = factory.SubFactory(MunicipalityFactory)
    department = "企画課"
    name = "申込花子"
    phone = "0123-45-6789"
    email = factory.Sequence(lambda n: f"applicant{n}@town.example.lg.jp")
    address_kind = "local_government"
    state = "in_review"
    requested_at = datetime(2026, 11, 20, tzinfo=UTC)
    confirmed_at = datetime(2026, 11, 20, 1, tzinfo=UTC)


class MembershipConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MembershipConfirmation

    membership = factory.SubFactory(MembershipFactory)
    fiscal_year = 2026
    asked_at = datetime(2026, 4, 1, tzinfo=UTC)


class MunicipalityProfileFactory(PublishedFactory):
    class Meta:
        model = models.MunicipalityProfile

    municipality = factory.SubFactory(MunicipalityFactory)
    introduction = "川と山の町です。"


class MemberPostFactory(PublishedFactory):
    class Meta:
        model = models.MemberPost

    owner = factory.SubFactory(MunicipalityFactory)
    kind = "notice"
    title = factory.Sequence(lambda n: f"町からのお知らせ{n}")
    body = "体験の参加者を募集します。"
