"""One address for each template of the demo site, for what is looked at page by page."""

from functools import cache
from urllib.request import urlopen

import html5lib

FIXED = [
    "/",
    "/about/",
    "/about/prospectus/",
    "/about/history/",
    "/about/policy/",
    "/about/plan/",
    "/news/",
    "/publications/",
    "/members/",
    "/members/signup/?q=はこだて",
    "/members/signup/012025/",
    "/members/signup/sent/",
    "/members/status/",
    "/municipalities/",
    "/municipalities/?q=あいうえお",
    "/prefectures/",
    "/prefectures/26/",
    "/wards/",
    "/wards/131091/",
    "/agreements/",
    "/agreements/?as_of=2021-02-30",
    "/posts/",
    "/agreements/companies/",
    "/events/",
    "/events/?when=all&kind=lecture",
    "/events/archive/2018/",
    "/events/subscribe/?ward=131091",
    "/events/calendar/",
    "/events/calendar/2018/09/",
    "/events/calendar/1950/01/",
    "/exhibitions/",
    "/exhibitions/now/",
    "/projects/",
    "/disaster-support/",
    "/statistics/",
    "/statistics/matrix/",
    "/statistics/projects/?as_of=2021-01-01",
    "/statistics/partners/?as_of=2021-01-01&set=exchange-member",
    "/statistics/prefectures/?as_of=2021-01-01",
    "/statistics/years/",
    "/statistics/reconciliation/",
    "/statistics/method/",
    "/statistics/partners/?as_of=2021-01-01&set=agreement",
    "/statistics/overview/?as_of=2021-01-01",
    "/accessibility/",
    "/accessibility/results/",
    "/privacy/",
    "/site-policy/",
    "/site-map/",
    "/search/",
    "/search/?q=温泉",
    "/search/?q=ちょだ",
    "/open-data/",
    "/open-data/events/",
    "/api/v1/",
    "/contact/?ward=131091",
    "/feedback/?page=/wards/131091/&answer=no",
    "/feedback/sent/?page=/wards/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/there-is-no-such-page/",
]
# The first record that a list leads to.
RECORDS = {
    "/news/": "/news/",
    "/posts/": "/posts/",
    "/agreements/": "/agreements/",
    "/agreements/companies/": "/agreements/companies/",
    "/events/": "/events/",
    "/exhibitions/": "/exhibitions/",
    "/projects/": "/projects/",
    "/disaster-support/": "/disaster-support/",
    "/wards/131091/": "/municipalities/",
}


@cache
def addresses_of(site: str) -> list[str]:
    """The addresses to look at: those that never change, and one record of each kind."""
    return FIXED + [_first_record(site, page, prefix) for page, prefix in RECORDS.items()]


def _first_record(site: str, page: str, prefix: str) -> str:
    with urlopen(site + page) as response:
        document = html5lib.parse(response.read(), namespaceHTMLElements=False)
    links = (link.get("href", "") for link in document.find(".//main").iter("a"))
    return next(href for href in links if href.startswith(prefix) and href.removeprefix(prefix).rstrip("/").isdigit())
