"""What pages say to machines in the vocabulary of schema.org, as JSON-LD. Pure functions."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from portal.core.navigation import HOME, Crumb

# A thing of the vocabulary; its properties by name.
Thing = dict[str, Any]
# Makes a whole address of one of ours.
Absolute = Callable[[str], str]

CONTEXT = "https://schema.org"
# What would end or change the element that holds the text, as Django's json_script has it; and what ends a line for
# old readers of JavaScript.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def thing(kind: str, **properties: Any) -> Thing:
    """A thing of a kind with those of its properties that are known."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value not in (None, "", [], ())}


def word(name: str) -> str:
    """A member of one of the vocabulary's enumerations: ``EventScheduled``."""
    return f"{CONTEXT}/{name}"


def identified(address: str) -> Thing:
    """The properties by which a thing that has a page of its own is known, by the whole address of the page."""
    return {"@id": address, "url": address}


def breadcrumb_list(crumbs: Iterable[Crumb], absolute: Absolute) -> Thing:
    """The way to a page; the page itself has no address there."""
    steps = [
        thing(
            "ListItem",
            position=position,
            name=crumb.label,
            item=thing("WebPage", **{"@id": absolute(crumb.url)}) if crumb.url else None,
        )
        for position, crumb in enumerate(crumbs, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=steps)


def government_organization(name: str, logo: str, absolute: Absolute) -> Thing:
    """Who speaks on this site; ``logo`` is the address of its picture."""
    return thing("GovernmentOrganization", **identified(absolute(HOME.url)), name=name, logo=absolute(logo))


def web_site(name: str, search: str, absolute: Absolute) -> Thing:
    """The site as a whole, and the address at which it is searched for words (``?q=``)."""
    target = thing("EntryPoint", urlTemplate=f"{absolute(search)}?q={{words}}")
    action = thing("SearchAction", target=target, **{"query-input": "required name=words"})
    return thing("WebSite", **identified(absolute(HOME.url)), name=name, inLanguage="ja", potentialAction=action)


def as_json(things: list[Thing]) -> str:
    """JSON-LD that may stand in an element of a page, whatever people wrote into titles and texts."""
    [only, *others] = things
    document = {"@context": CONTEXT} | (only if not others else {"@graph": things})
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
