"""Which addresses are public pages, and what each may be asked. Everything else is for one person, and no one keeps it.

What stands in a query beside the parameters a page knows is taken away before the page sees it: it cannot change the
page, so it makes no page of its own.
"""

_PAGED = ("page",)
_AS_OF = ("as_of",)
_SLICE = ("kind", "ward", "prefecture", "municipality")
_CALENDAR = (*_SLICE, "status", "free", "online")
_PROJECTS = ("q", "ward", "field", "prefecture", "municipality", "fiscal_year", "status", "counted")
_FILE = ("profile", "enc")

# By the name of the address.
PUBLIC: dict[str, tuple[str, ...]] = {
    "home": ("view",),
    "about": (),
    "prospectus": (),
    "history": (),
    "policy": (),
    "plan": (),
    "accessibility": (),
    "accessibility_results": (),
    "privacy": (),
    "site_policy": (),
    "site_map": (),
    "sitemap": (),
    "robots": (),
    "members_about": (),
    "news_list": _PAGED,
    "news_feed": (),
    "news_detail": (),
    "publication_list": (),
    "member_post_list": ("kind", "prefecture", "municipality", "page"),
    "member_post_detail": (),
    "member_post_feed": (),
    "municipality_list": ("q", "prefecture", "kind", "relation", "page"),
    "municipality_detail": (),
    "prefecture_list": (),
    "prefecture_detail": (),
    "ward_list": (),
    "ward_detail": (),
    "agreement_list": _AS_OF,
    "agreement_detail": (),
    "company_agreement_list": _PAGED,
    "company_agreement_detail": (),
    "event_list": (*_CALENDAR, "when", "from", "to", "fiscal_year", "page"),
    "event_detail": (),
    "event_ics": (),
    "event_archive": (),
    "event_calendar": _CALENDAR,
    "event_calendar_month": _CALENDAR,
    "event_subscription": _SLICE,
    "event_feed": _SLICE,
    "event_subscribe": _SLICE,
    "exhibition_list": (),
    "exhibitions_now": (),
    "exhibition_detail": (),
    "exhibition_ics": (),
    "project_list": (*_PROJECTS, "page"),
    "project_detail": (),
    "projects_xlsx": _PROJECTS,
    "projects_csv": (*_PROJECTS, "enc"),
    "disaster_list": (),
    "disaster_detail": (),
    "statistics": _AS_OF,
    "partner_list": ("as_of", "set", "prefecture", "ward", "outside", "page"),
    "joint_project_list": _AS_OF,
    "partner_matrix": _AS_OF,
    "partner_coverage": _AS_OF,
    "partner_years": _AS_OF,
    "reconciliation": (),
    "method": (),
    "overview": _AS_OF,
    "overview_pdf": _AS_OF,
    "municipalities_xlsx": _AS_OF,
    "cooperation_projects_xlsx": _AS_OF,
    "figures_csv": _AS_OF,
    "figures_json": _AS_OF,
    "open_data": (),
    "open_data_file": _FILE,
    "open_data_dictionary": (),
    "social_image": ("v",),
}
