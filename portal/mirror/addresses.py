"""Which addresses the mirror holds, and under which names: a file has no query, so its path tells what was asked."""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils.html import escape

from portal.serving.public import PUBLIC

# Of all that can be asked of a page, what leads on in lists, to the numbers of another day, or to another encoding;
# one at a time. What people choose in forms has no end.
MIRRORED_PARAMETERS = frozenset({"page", "as_of", "when", "enc", "profile"})
# Pictures beside links elsewhere: nobody comes to them by a link of ours.
LEFT_OUT = frozenset({"social_image"})
NOT_HERE = "/not-in-mirror/"
MARK = "@"

# As the address of a copy is written; see Address.in_mirror.
_COPY = re.compile(rf"(?P<folder>.*/){MARK}(?P<query>[^/]+)/(?P<name>[^/]*)")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9_-]+")
_LINK = re.compile(r'\b(href|src)="((?:/(?!/)|\?)[^"]*)"')
_FORM = re.compile(r"<form\b([^>]*)>")
_FORM_TARGET = re.compile(r'\s(?:action|method)="[^"]*"')
# A nonce is of one answer, and data need none.
_NONCE = re.compile(r'\snonce="[^"]*"')


class Address(NamedTuple):
    """An address of the portal, with its query as the page would have it."""

    path: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def in_mirror(self) -> str:
        """The address of its copy: 「/events/?page=2」 is 「/events/@page=2/」."""
        folder, slash, name = self.path.rpartition("/")
        asked = f"/{MARK}{self.query}" if self.query else ""
        # A server finds index.html by itself, and no other.
        return f"{folder}{asked}{slash}{name or ('index.xml' if self.is_feed else '')}"

    @property
    def file(self) -> str:
        """Where its copy lies within the mirror."""
        copy = self.in_mirror.removeprefix("/")
        return f"{copy}index.html" if copy.endswith("/") or not copy else copy

    @property
    def is_feed(self) -> bool:
        return self.path.endswith("/feed/")


def original(path: str) -> str:
    """The address whose copy lies at a path; a path that is none of a copy's is its own."""
    copy = _COPY.fullmatch(path)
    if copy:
        return f"{copy['folder']}{copy['name']}?{copy['query']}"
    return path.removesuffix("index.xml") if path.endswith("/feed/index.xml") else path


def view_name(path: str) -> str:
    """The name of the address that answers at a path; empty where none does."""
    try:
        return resolve(path).view_name
    except Http404:
        return ""


def mirrored(target: str) -> Address | None:
    """The address that a link within the portal leads to, where the mirror holds it."""
    parts = urlsplit(target)
    name = "" if parts.netloc else view_name(parts.path)
    known = PUBLIC.get(name)
    if known is None or name in LEFT_OUT:
        return None
    asked = [(key, value) for key, value in parse_qsl(parts.query) if key in known]
    if not asked:
        return Address(parts.path)
    if len(asked) > 1 or not _may_be_asked(*asked[0]):
        return None
    return Address(parts.path, "=".join(asked[0]))


def _may_be_asked(name: str, value: str) -> bool:
    return name in MIRRORED_PARAMETERS and _PLAIN_VALUE.fullmatch(value) is not None


def is_file(target: str) -> bool:
    """Whether a link leads to an uploaded file or to one of the portal's own."""
    return target.startswith((settings.STATIC_URL, settings.MEDIA_URL))


class Copy(NamedTuple):
    """A page as the mirror holds it: its text, the pages and the uploaded files that it leads to."""

    html: str
    pages: frozenset[Address]
    media: frozenset[str]


def copy_of(html: str, page: Address) -> Copy:
    """A page that leads to the files of the mirror; what it lacks, and every form, to a page that says so."""
    pages: set[Address] = set()
    media: set[str] = set()

    def lead_on(link: re.Match[str]) -> str:
        attribute, target = link[1], urljoin(page.path, unescape(link[2]))
        if is_file(target):
            if target.startswith(settings.MEDIA_URL):
                media.add(target)
            return link[0]
        address = mirrored(target)
        if address is None:
            return f'{attribute}="{NOT_HERE}"'
        pages.add(address)
        fragment = urlsplit(target).fragment
        return f'{attribute}="{escape(address.in_mirror)}{f"#{escape(fragment)}" if fragment else ""}"'

    def lead_nowhere(form: re.Match[str]) -> str:
        return f'<form method="get" action="{NOT_HERE}"{_FORM_TARGET.sub("", form[1])}>'

    copied = _FORM.sub(lead_nowhere, _LINK.sub(lead_on, _NONCE.sub("", html)))
    return Copy(copied, frozenset(pages), frozenset(media))
