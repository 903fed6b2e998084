"""Fixing numbers: who, when, for good."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.models import FigureExplanation, PublishedFigure
from portal.statistics.actions import freeze_counts, freeze_figures
from tests.admin.filling_in import send
from tests.factories.core import UserFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    WardTieFactory,
)
from tests.factories.portal import PublishedFigureFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)


@pytest.fixture
def person():
    return UserFactory(name="事務局")


def test_a_frozen_figure_is_neither_changed_nor_deleted(person):
    figure = PublishedFigureFactory(value=732)

    assert freeze_figures(figures=[figure], by=person) == 1
    assert freeze_figures(figures=[figure], by=UserFactory()) == 0

    figure.refresh_from_db()
    assert (figure.frozen_by, figure.value) == (person, 732)
    for change in (
        lambda: PublishedFigure.objects.update(value=1035),
        lambda: PublishedFigure.objects.update(frozen_at=None, frozen_by=None),
        lambda: PublishedFigure.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    figure.full_clean()
    figure.value = 1035
    with pytest.raises(ValidationError, match="確定した公表値は変えられません。"):
        figure.full_clean()


def test_the_numbers_of_a_day_are_fixed_with_who_and_when(person):
    MembershipFactory(registered_on=DAY)
    MembershipFactory(registered_on=DAY + timedelta(days=1))

    fixed = freeze_counts(day=DAY, by=person)

    assert {figure.label: figure.value for figure in fixed} == {"全国連携ホームページ会員登録自治体": 1}
    assert {(figure.as_of, figure.fiscal_year, figure.frozen_by) for figure in fixed} == {(DAY, 2026, person)}
    with pytest.raises(ValidationError, match="この日の数はすでに確定しています。"):
        freeze_counts(day=DAY, by=person)
    assert PublishedFigure.objects.printed().count() == 0


def test_only_what_the_printed_tables_have_is_fixed(person):
    town = MunicipalityFactory()
    WardTieFactory(municipality=town)
    MembershipFactory(municipality=town)
    CooperationAgreementFactory(members=[town])

    fixed = freeze_counts(day=DAY, by=person)

    assert [(figure.table, figure.row, figure.is_total) for figure in fixed] == [
        ("partners", "exchange", False),
        ("partners", "member", False),
        ("partners", "agreement", False),
        ("partners", "total", True),
        ("agreements", "total", True),
    ]


def test_a_day_to_come_cannot_be_fixed(person):
    MembershipFactory()
    with pytest.raises(ValidationError, match="先の日付の数は確定できません。"):
        freeze_counts(day=timezone.localdate() + timedelta(days=1), by=person)
    assert PublishedFigure.objects.count() == 0


def test_the_back_office_shows_the_numbers_before_they_are_fixed(office, administrator):
    MembershipFactory(registered_on=date(2020, 4, 1))
    address = reverse("admin:portal_publishedfigure_freeze")

    shown = office.get(address, {"day": "令和2年4月1日"})

    assert "全国連携ホームページ会員登録自治体" in shown.content.decode()
    assert "根拠データなし（確定しません）" in shown.content.decode()
    assert PublishedFigure.objects.count() == 0
    assert office.post(address, {"day": "2020-04-01"}).status_code == 302
    assert set(PublishedFigure.objects.values_list("frozen_by", flat=True)) == {administrator.pk}
    again = office.post(address, {"day": "2020-04-01"})
    assert "この日の数はすでに確定しています。" in again.content.decode()


def test_who_may_only_look_cannot_fix_numbers(client):
    person = UserFactory(is_staff=True)
    client.force_login(person)
    assert client.post(reverse("admin:portal_publishedfigure_freeze"), {"day": "2020-04-01"}).status_code != 200
    assert PublishedFigure.objects.count() == 0


def test_a_frozen_figure_can_still_be_explained(office, administrator):
    figure = PublishedFigureFactory()
    freeze_figures(figures=[figure], by=administrator)
    address = reverse("admin:portal_publishedfigure_change", args=[figure.pk])

    response = send(office, address, explanation____0____text="一覧がないためです。")

    assert response.status_code == 302
    explanation = FigureExplanation.objects.get()
    assert (explanation.text, explanation.written_by) == ("一覧がないためです。", administrator)
