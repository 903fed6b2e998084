"""The history of the project: every app's steps in the order of time, as precisely as each is known."""

from datetime import UTC, date, datetime

import pytest

from events.choices import DatePrecision, EventKind, Status
from portal.history import Step, timeline
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import CooperationAgreementFactory, PartnerBodyFactory
from tests.factories.portal import FoundingDocumentFactory, MilestoneFactory, PolicyDocumentFactory
from tests.reading import texts

NOT_SHOWN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"is_demo": True},
]


def test_steps_stand_by_fiscal_year_the_less_precise_after_the_more():
    found = timeline(
        [
            Step("年度だけ", fiscal_year=2018),
            Step("月だけ", month=date(2018, 6, 1)),
            Step("いつか分からない"),
            Step("月の終わり", day=date(2018, 6, 30)),
            Step("月の初め", day=date(2018, 6, 1)),
            Step("年度の終わり", day=date(2019, 3, 31)),
            Step("前の年度", day=date(2018, 3, 31)),
        ]
    )

    assert [(year, [step.title for step in steps]) for year, steps in found.years] == [
        (2017, ["前の年度"]),
        (2018, ["月の初め", "月の終わり", "月だけ", "年度の終わり", "年度だけ"]),
    ]
    assert [step.title for step in found.undated] == ["いつか分からない"]


def test_steps_of_one_day_keep_their_order():
    day = date(2016, 4, 26)
    ((_, steps),) = timeline([Step("先", day=day), Step("後", day=day)]).years

    assert [step.title for step in steps] == ["先", "後"]


def test_nothing_is_an_empty_timeline():
    found = timeline([])

    assert (found.years, found.undated) == ((), ())


@pytest.fixture
def steps(client):
    """What the page shows, as (fiscal year, title)."""

    def asked():
        found = client.get("/about/history/").context["timeline"]
        dated = [(year, step.title) for year, steps in found.years for step in steps]
        return dated + [(None, step.title) for step in found.undated]

    return asked


@pytest.mark.django_db
def test_the_records_of_every_app_make_one_line(client, steps):
    FoundingDocumentFactory(title="趣意書", issuer="特別区長会", issued_on=date(2014, 9, 16))
    FoundingDocumentFactory(slug="another", title="別の文書", issued_on=date(2014, 10, 1))
    MilestoneFactory(title="ホームページを開設")
    MilestoneFactory(title="事業計画", fiscal_year=2015, detail="2020年度まで")
    MilestoneFactory(title="会議を開催", happened_on=date(2015, 5, 1))
    bodies = [PartnerBodyFactory(name="北海道町村会")]
    CooperationAgreementFactory(bodies=bodies, signed_on=date(2016, 4, 26), ends_on=date(2017, 1, 1))
    EventFactory(title="東北六魂祭2015秋田", kind=EventKind.SPONSORSHIP, first_day=date(2015, 5, 30))
    ExhibitionFactory(title="第1回全国連携展示", subtitle="お茶の京都", first_day=date(2017, 8, 21))
    PolicyDocumentFactory(name="総合戦略", decided_year=2017, decided_month=12)

    assert steps() == [
        (2014, "趣意書（特別区長会）"),
        (2014, "別の文書（特別区長会）"),
        (2015, "会議を開催"),
        (2015, "最初の協賛・特別協力：東北六魂祭2015秋田"),
        (2015, "事業計画"),
        (2016, "北海道町村会と広域連携協定を締結"),
        (2017, "最初の全国連携展示：第1回全国連携展示「お茶の京都」"),
        (2017, "「総合戦略」に位置づけ"),
        (None, "ホームページを開設"),
    ]
    response = client.get("/about/history/")
    html = response.content.decode()
    assert texts(response, "timeline__year")[1] == "2015年度（平成27年度）"
    assert '<a href="/about/prospectus/">趣意書（特別区長会）</a>' in html
    assert '<p class="timeline__what">別の文書（特別区長会）</p>' in html
    assert '<time datetime="2015-05-30">平成27年5月30日</time>' in html
    assert '<time datetime="2017-12">平成29年12月</time>' in html
    assert "日付は資料に記載なし" in html
    assert "2020年度まで" in html
    assert "時期の記載がないできごと" in html


@pytest.mark.django_db
def test_only_the_first_of_each_kind_is_a_step(steps):
    for day in (3, 1, 2):
        EventFactory(title=f"講演{day}", first_day=date(2017, 9, day))
        EventFactory(title=f"催し{day}", kind=EventKind.PROMOTION, first_day=date(2018, 9, day))
        ExhibitionFactory(title=f"展示{day}", first_day=date(2017, 8, day))
    EventFactory(title="同じ日の講演", first_day=date(2017, 9, 1))

    assert steps() == [
        (2017, "最初の全国連携展示：展示1"),
        (2017, "最初の講演会・シンポジウム・セミナー：講演1"),
        (2018, "最初の魅力発信イベント：催し1"),
    ]


@pytest.mark.django_db
def test_an_event_known_to_the_month_stays_a_month(client):
    EventFactory(
        title="秋の講演",
        date_precision=DatePrecision.MONTH,
        first_day=date(2017, 9, 1),
        last_day=date(2017, 9, 30),
    )

    html = client.get("/about/history/").content.decode()
    assert '<time datetime="2017-09">平成29年9月</time>' in html
    assert "2017-09-01" not in html


@pytest.mark.django_db
def test_what_is_hidden_fictional_or_never_took_place_is_no_step(steps):
    for extra in NOT_SHOWN:
        CooperationAgreementFactory(**extra)
        EventFactory(first_day=date(2017, 4, 1), **extra)
        ExhibitionFactory(first_day=date(2017, 4, 1), **extra)
    for status in (Status.CANCELLED, Status.POSTPONED, Status.WITHHELD):
        EventFactory(first_day=date(2017, 4, 1), status=status)
        ExhibitionFactory(first_day=date(2017, 4, 1), status=status)
    whole = EventFactory(title="全体", first_day=date(2018, 10, 6), last_day=date(2018, 10, 14))
    EventFactory(title="部分", parent=whole, first_day=date(2018, 10, 1))
    EventFactory(first_day=date(2199, 4, 1), kind=EventKind.MEMBER)
    ExhibitionFactory(first_day=date(2199, 4, 1))

    assert steps() == [(2018, "最初の講演会・シンポジウム・セミナー：全体")]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    FoundingDocumentFactory()
    for number in range(rows):
        MilestoneFactory()
        CooperationAgreementFactory()
        EventFactory(first_day=date(2017, 4, 1))
        ExhibitionFactory(first_day=date(2017, 4, 1))
        PolicyDocumentFactory(decided_year=2020 + number)

    with django_assert_num_queries(7):
        client.get("/about/history/")
