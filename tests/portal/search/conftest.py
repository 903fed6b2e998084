"""What the tests of the search have in common."""

import re
from urllib.parse import quote

import pytest

from portal.core.publishing import PublicationState
from tests.factories import disaster_support, events, municipalities, portal

WORD = "翡翠"
DRAFT, IN_REVIEW, APPROVED, PUBLISHED, WITHDRAWN = PublicationState


def _agreement(**state):
    body = municipalities.PartnerBodyFactory(name=f"{WORD}県町村会")
    return municipalities.CooperationAgreementFactory(bodies=[body], **state)


# One of every kind that is published, with the word in its name.
PUBLISHABLE = {
    "event": lambda **state: events.EventFactory(title=f"{WORD}の会", **state),
    "exhibition": lambda **state: events.ExhibitionFactory(title=f"{WORD}の展示", **state),
    "wardproject": lambda **state: events.WardProjectFactory(title=f"{WORD}の事業", **state),
    "cooperationagreement": _agreement,
    "companyagreement": lambda **state: municipalities.CompanyAgreementFactory(title=f"{WORD}協定", **state),
    "disaster": lambda **state: disaster_support.DisasterFactory(name=f"{WORD}豪雨", **state),
    "newsitem": lambda **state: portal.NewsItemFactory(title=f"{WORD}のお知らせ", **state),
    "publication": lambda **state: portal.PublicationFactory(title=f"{WORD}だより", **state),
    "memberpost": lambda **state: municipalities.MemberPostFactory(title=f"{WORD}の特産品", **state),
    "municipalityprofile": lambda **state: municipalities.MunicipalityProfileFactory(
        introduction=f"<p>{WORD}の里</p>", **state
    ),
}


@pytest.fixture(autouse=True)
def _index_follows(search_index):
    """Here the index follows every change."""


class Answer:
    """A page of search results as a visitor reads it."""

    def __init__(self, response):
        self.response = response
        self.html = response.content.decode()

    @property
    def urls(self):
        return re.findall(r'<h3 class="record-list__title">\s*<a href="([^"]+)">', self.html)

    @property
    def titles(self):
        found = re.findall(r'<h3 class="record-list__title">\s*<a href="[^"]+">(.*?)</a>', self.html)
        return [re.sub("</?mark>", "", title) for title in found]

    @property
    def counts(self):
        """The numbers beside the kinds, by what the kinds are called."""
        found = re.findall(r'class="choices__link"[^>]*>([^<]+)<span class="choices__count">（(\d+)<', self.html)
        return {label: int(count) for label, count in found}

    @property
    def total(self):
        return int(re.search(r'id="results-heading">[^（]+（([\d,]+)件', self.html)[1].replace(",", ""))


@pytest.fixture
def ask(client):
    """Searches as a visitor does: ask("温泉", kind="news")."""

    def search(words, **asked):
        rest = "".join(f"&{name}={value}" for name, value in asked.items())
        return Answer(client.get(f"/search/?q={quote(words)}{rest}"))

    return search
