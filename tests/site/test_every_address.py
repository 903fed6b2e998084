"""Every address of the portal answers, with its facts."""

import pytest
from django.urls import get_resolver

from disaster_support.models import Disaster
from events.models import Event, Exhibition
from municipalities.models import CooperationAgreement
from tests.factories.core import ImageFactory

pytestmark = pytest.mark.django_db

# The address of each page and something its visitor came for.
PAGES = {
    "home": ("/", "1,035"),
    "about": ("/about/", "信頼関係・絆の強化"),
    "prospectus": ("/about/prospectus/", "平成26年9月16日"),
    "history": ("/about/history/", "北海道町村会"),
    "policy": ("/about/policy/", "まち・ひと・しごと創生基本方針２０２１"),
    "plan": ("/about/plan/", "企業との包括連携協定の締結"),
    "news_list": ("/news/", "お知らせ"),
    "publication_list": ("/publications/", "東京23区全国連携NEWS"),
    "statistics": ("/statistics/", "約1.5倍"),
    "partner_list": ("/statistics/partners/?as_of=2018-05-01&set=agreement", "321"),
    "joint_project_list": ("/statistics/projects/?as_of=2021-01-01", "23区一体事業"),
    "partner_matrix": ("/statistics/matrix/?as_of=2021-01-01", "千代田区"),
    "partner_coverage": ("/statistics/prefectures/?as_of=2021-01-01", "1,718"),
    "partner_years": ("/statistics/years/?as_of=2021-01-01", "321"),
    "reconciliation": ("/statistics/reconciliation/", "根拠データなし"),
    "method": ("/statistics/method/", "partners.union"),
    "overview": ("/statistics/overview/?as_of=2021-01-01", "1,035"),
    "members_about": ("/members/", "登録までの流れ"),
    "member_signup": ("/members/signup/?q=はこだて", "函館市を選ぶ"),
    "member_signup_details": ("/members/signup/012025/", "北海道 函館市"),
    "member_signup_sent": ("/members/signup/sent/", "24時間以内"),
    "member_status": ("/members/status/", "受付番号"),
    "municipality_list": ("/municipalities/?prefecture=13", "千代田区"),
    "municipality_detail": ("/municipalities/012025/", "はこだてし"),
    "prefecture_list": ("/prefectures/", "沖縄県"),
    "prefecture_detail": ("/prefectures/26/", "京都府町村会"),
    "ward_list": ("/wards/", "江戸川区"),
    "ward_detail": ("/wards/131091/", "お茶の京都"),
    "agreement_list": ("/agreements/?as_of=2018-05-01", "321"),
    "company_agreement_list": ("/agreements/companies/", "企業との包括連携協定"),
    "event_list": ("/events/", "平成29年度"),
    "event_archive": ("/events/archive/2018/", "Nipponのシルクと光"),
    "event_subscribe": ("/events/subscribe/?ward=131091", "/events.ics?ward=131091"),
    "event_calendar": ("/events/calendar/", "イベントカレンダー"),
    "event_calendar_month": ("/events/calendar/2018/09/", "秋分の日"),
    "exhibitions_now": ("/exhibitions/now/", "いま見られる展示"),
    "exhibition_list": ("/exhibitions/", "品川区"),
    "project_list": ("/projects/", "各区事業"),
    "disaster_list": ("/disaster-support/", "37億4,025万円"),
    "accessibility": ("/accessibility/", "JIS X 8341-3:2016"),
    "accessibility_results": ("/accessibility/results/", "検査"),
    "privacy": ("/privacy/", "Cookie"),
    "site_policy": ("/site-policy/", "CC BY 4.0"),
    "member_post_list": ("/posts/", "関係人口のプログラム"),
    "site_map": ("/site-map/", "令和2年度（2020年度）"),
    "search": ("/search/?q=はこだて", "函館市"),
    "open_data": ("/open-data/", "CC BY 4.0"),
    "open_data_dictionary": ("/open-data/events/", "イベント名_カナ"),
    "api_reference": ("/api/v1/", "/api/v1/agreements?as_of=2018-05-01"),
    "contact": ("/contact/?ward=131091", "品川区"),
    "feedback": ("/feedback/?page=/wards/131091/&answer=no", "品川区"),
    "feedback_sent": ("/feedback/sent/?page=/wards/", "23区からさがす"),
    "healthz": ("/healthz", "ok"),
    "account_login": ("/accounts/login/", "パスワード"),
    "account_reset_password": ("/accounts/password/reset/", "メールアドレス"),
    "account_reset_password_done": ("/accounts/password/reset/done/", "メール"),
}
# The pages about one record: the address is the record's own.
RECORDS = {
    "agreement_detail": lambda: CooperationAgreement.objects.filter(bodies__name="京都府市長会"),
    "event_detail": lambda: Event.objects.filter(is_demo=False),
    "exhibition_detail": lambda: Exhibition.objects.filter(is_demo=False),
    "disaster_detail": lambda: Disaster.objects.all(),
}
LIVELY = {
    "company_agreement_detail": "company_agreement",
    "project_detail": "project",
    "news_detail": "news",
    "member_post_detail": "post",
}
# What programs read: how each begins.
FOR_PROGRAMS = {
    "search_suggestions": ("/search/suggestions/?q=はこだて", '{"suggestions": [{"title": "函館市"'),
    "event_subscription": ("/events.ics", "BEGIN:VCALENDAR"),
    "event_feed": ("/events/feed/", "<?xml"),
    "news_feed": ("/news/feed/", "<?xml"),
    "member_post_feed": ("/posts/feed/", "<?xml"),
}
CALENDAR_FILES = {"event_ics": "event", "exhibition_ics": "exhibition"}
# Django's admin, the pages behind a sign-in and what is no page have tests of their own.
ELSEWHERE = {
    "contact_sent",
    *("leave_mirror", "not_in_mirror"),
    *("readyz", "metrics"),
    *("media", "social_image", "sitemap", "robots", "component_gallery", "preview"),
    *("open_data_file", "projects_xlsx", "projects_csv", "read_back"),
    *("overview_pdf", "municipalities_xlsx", "cooperation_projects_xlsx", "figures_csv", "figures_json"),
    *("media", "social_image", "sitemap", "robots", "component_gallery"),
    *("member_signup_confirm", "member_application", "after_sign_in"),
    *("member_profile", "member_profile_step", "member_profile_preview"),
    *("member_posts", "member_post_add", "member_post_change", "member_post_step"),
    *("member_post_preview", "member_post_delete"),
    *("member_events", "member_events_submit", "member_event_add", "member_event_change", "member_event_step"),
    *("member_event_preview", "member_event_delete", "member_event_announce", "member_event_report"),
    "member_event_import",
    *("member_dashboard", "member_people", "member_me", "member_handover", "member_leave", "member_end"),
    *("member_membership", "member_membership_step", "member_confirmation"),
}


def public_names() -> set[str]:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    return {name for name in names if not name.startswith(("mfa_", "account_"))} - ELSEWHERE


def test_every_address_is_visited_here():
    pages = PAGES.keys() | RECORDS.keys() | LIVELY.keys()

    assert public_names() <= pages | FOR_PROGRAMS.keys() | CALENDAR_FILES.keys()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_answers_with_its_facts(client, lively, name):
    address, fact = PAGES[name]

    response = client.get(address)

    assert response.status_code == 200
    assert fact in response.content.decode()


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_official_record_has_a_page(client, name):
    records = list(RECORDS[name]())

    assert records
    for record in records:
        response = client.get(record.get_absolute_url())
        assert response.status_code == 200
        assert response.resolver_match.view_name == name


@pytest.mark.parametrize("name", sorted(LIVELY))
def test_every_other_record_has_a_page(client, lively, name):
    record = lively[LIVELY[name]]

    response = client.get(record.get_absolute_url())

    assert response.status_code == 200
    assert record.title in response.content.decode()


@pytest.mark.parametrize("name", sorted(FOR_PROGRAMS))
def test_what_programs_read_answers(client, lively, name):
    address, beginning = FOR_PROGRAMS[name]

    response = client.get(address)

    assert response.resolver_match.view_name == name
    assert response.content.decode().startswith(beginning)


@pytest.mark.parametrize("name", sorted(CALENDAR_FILES))
def test_every_record_with_days_has_a_calendar_file(client, lively, name):
    response = client.get(lively[CALENDAR_FILES[name]].get_calendar_url())

    assert response.resolver_match.view_name == name
    assert response.content.decode().startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("model", [Event, Exhibition])
def test_the_calendar_file_of_an_official_record_is_there_where_its_days_are_known(client, model):
    for record in model.objects.filter(is_demo=False):
        known = record.date_precision == "day" or (model is Exhibition and record.stops.exclude(first_day=None))
        assert client.get(record.get_calendar_url()).status_code == (200 if known else 404)


def test_every_prefecture_and_ward_and_a_town_of_each_kind_has_a_page(client, django_assert_max_num_queries):
    addresses = [f"/prefectures/{number:02d}/" for number in range(1, 48)]
    addresses += ["/municipalities/011002/", "/municipalities/013315/", "/municipalities/013030/"]
    for address in addresses:
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


def test_titles_are_unique(client, lively):
    addresses = [address for address, _ in PAGES.values()]
    titles = [
        client.get(address).context["page_title"]
        for address in addresses
        if address != "/healthz" and "account" not in address
    ]

    assert sorted(titles) == sorted(set(titles))


def test_an_image_is_served(client):
    assert client.get(ImageFactory().file.url).status_code == 200
