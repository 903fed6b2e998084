"""The pages of the portal as a tree: the menu, the breadcrumb and the site map are read from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Page:
    """A page: the name of its address, what the menu calls it, and the pages below it.

    ``label`` is empty for pages about one record: their title is the record's.
    """

    view_name: str
    label: str = ""
    children: tuple["Page", ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.view_name)

    @property
    def listed(self) -> tuple["Page", ...]:
        """The pages right below it that are not about one record."""
        return tuple(child for child in self.children if child.label)


HOME = Page("home", "ホーム")
MENU = (
    Page(
        "municipality_list",
        "自治体をさがす",
        (
            Page("municipality_detail"),
            Page("prefecture_list", "都道府県からさがす", (Page("prefecture_detail"),)),
            Page("ward_list", "23区からさがす", (Page("ward_detail"),)),
            Page(
                "members_about",
                "会員登録について",
                (
                    Page(
                        "member_signup",
                        "会員登録の申込み",
                        (Page("member_signup_details"), Page("member_signup_sent"), Page("member_signup_confirm")),
                    ),
                    Page("member_status", "申込みの状況"),
                ),
            ),
            Page("member_post_list", "会員自治体からの投稿", (Page("member_post_detail"),)),
        ),
    ),
    Page(
        "event_list",
        "イベント・展示",
        (
            Page("event_detail"),
            Page("event_archive"),
            Page("event_calendar", "イベントカレンダー", (Page("event_calendar_month"),)),
            Page("exhibition_list", "全国連携展示", (Page("exhibition_detail"),)),
            Page("exhibitions_now", "いま、どこで見られるか"),
            Page("project_list", "各区事業", (Page("project_detail"),)),
            Page("event_subscribe", "カレンダー登録とフィード"),
        ),
    ),
    Page(
        "agreement_list",
        "協定",
        (
            Page("agreement_detail"),
            Page("company_agreement_list", "企業との包括連携協定", (Page("company_agreement_detail"),)),
        ),
    ),
    Page("disaster_list", "被災地支援", (Page("disaster_detail"),)),
    Page(
        "statistics",
        "数字で見る",
        (
            Page("partner_list", "連携自治体の一覧"),
            Page("partner_years", "年度ごとの連携自治体"),
            Page("partner_coverage", "都道府県別の連携自治体"),
            Page("partner_matrix", "区と都道府県の組合せ"),
            Page("joint_project_list", "23区一体事業の一覧"),
            Page("reconciliation", "公表値と記録の照合"),
            Page("method", "算出方法"),
            Page("overview", "概要資料"),
        ),
    ),
    Page(
        "news_list",
        "お知らせ",
        (Page("news_detail"), Page("publication_list", "刊行物")),
    ),
    Page(
        "about",
        "プロジェクトについて",
        (
            Page("prospectus", "趣意書と三つの目的"),
            Page("history", "これまでの経緯"),
            Page("policy", "国の政策への位置づけ"),
            Page("plan", "今後の展開"),
        ),
    ),
)

# What the foot of every page leads to, beside the menu.
FOOTER = (
    Page("contact", "お問い合わせ"),
    Page("search", "サイト内検索"),
    Page("site_map", "サイトマップ"),
    Page(
        "accessibility",
        "アクセシビリティ方針",
        (Page("accessibility_results", "アクセシビリティ検査の結果"),),
    ),
    Page(
        "open_data",
        "オープンデータ",
        (Page("open_data_dictionary"), Page("api_reference", "プログラムでの利用")),
    ),
    Page("privacy", "個人情報の取扱い"),
    Page("site_policy", "サイトポリシー"),
)

# Where the people of a member municipality work; only they are led here.
MEMBERS_AREA = Page(
    "member_dashboard",
    "会員のページ",
    (
        Page("member_profile", "自治体の紹介"),
        Page(
            "member_posts",
            "投稿の一覧",
            (Page("member_post_add"), Page("member_post_change"), Page("member_post_delete")),
        ),
        Page(
            "member_events",
            "催しの一覧",
            (
                *(Page("member_event_add"), Page("member_event_import"), Page("member_event_change")),
                *(Page("member_event_delete"), Page("member_event_announce"), Page("member_event_report")),
            ),
        ),
        Page(
            "member_people",
            "担当者",
            (
                *(Page("member_me"), Page("member_handover"), Page("member_leave"), Page("member_end")),
                Page("member_application"),
            ),
        ),
        Page("member_membership", "会員登録", (Page("member_membership_step"),)),
    ),
)


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; the page itself has no address."""

    label: str
    url: str = ""


def every_page() -> Iterator[Page]:
    """Every page of the tree that is not about one record, in the order of the site map."""
    return (page for page in _within((HOME, *MENU, *FOOTER)) if page.label)


def find(view_name: str) -> Page | None:
    """The page of the tree that has a name; None for what is outside of it: forms, files, what is behind a sign-in."""
    return next((page for page in _within((HOME, *MENU, *FOOTER)) if page.view_name == view_name), None)


def _within(pages: tuple[Page, ...]) -> Iterator[Page]:
    for page in pages:
        yield page
        yield from _within(page.children)


def trail(view_name: str, title: str) -> list[Crumb]:
    """The way from home to a page, the page itself last, under its own title. Empty for home."""
    if view_name == HOME.view_name:
        return []
    above = next(_paths_to(view_name, (*MENU, *FOOTER, MEMBERS_AREA), ()), ())
    return [*(Crumb(page.label, page.url) for page in (HOME, *above)), Crumb(title)]


def section_of(view_name: str) -> str:
    """The name of the menu's page that a page lies under, or is; empty outside the menu."""
    for page in MENU:
        if page.view_name == view_name or next(_paths_to(view_name, page.children, ()), None) is not None:
            return page.view_name
    return ""


def _paths_to(view_name: str, pages: tuple[Page, ...], above: tuple[Page, ...]) -> Iterator[tuple[Page, ...]]:
    for page in pages:
        if page.view_name == view_name:
            yield above
        yield from _paths_to(view_name, page.children, (*above, page))
