"""Somebody at a browser of their own: cookies, forms as they were opened, both factors."""

import json
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener
from uuid import uuid4

import html5lib

from tests.accounts.signing_in import code_now
from tests.browser.demo_site import PASSWORD, TOTP_SECRET
from tests.faults.crowd import Got

NOT_SENT = {"submit", "button", "reset", "image", "file"}


def _browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


@dataclass
class Person:
    """A browser that keeps its cookies and follows where it is sent; ``comes_from`` is told as a proxy tells it."""

    address: str
    comes_from: str = "203.0.113.1"
    browser: OpenerDirector = field(default_factory=_browser)
    timeout: float = 30

    def get(self, path: str) -> Got:
        return self._ask(Request(self.address + path))

    def send(self, path: str, files: dict[str, tuple[str, bytes]] | None = None, /, **answers: str) -> Got:
        """Opens the form at an address, changes what is answered, and sends it; its opening where that failed."""
        page = self.get(path)
        if page.status != 200:
            return page
        return self.post(path, fields_of(page.body) | answers, files)

    def post(self, path: str, values: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> Got:
        body, kind = multipart(values, files) if files else (urlencode(values).encode(), _FORM)
        return self._ask(Request(self.address + path, body, {"Content-Type": kind, "Referer": self.address + path}))

    def sign_in(self, email: str, password: str = PASSWORD, steps: int = 0) -> Got:
        """With both factors; ``steps`` takes the code before or after, for whoever signs in twice in half a minute."""
        got = self.send("/accounts/login/", login=email, password=password)
        if got.path.startswith("/accounts/2fa/authenticate/"):
            return self.send("/accounts/2fa/authenticate/", code=code_now(TOTP_SECRET, steps))
        return got

    def _ask(self, request: Request) -> Got:
        start = time.monotonic()
        request.add_header("X-Forwarded-For", self.comes_from)
        try:
            with self.browser.open(request, timeout=self.timeout) as answer:
                body, status, url = answer.read(), answer.status, answer.url
        except HTTPError as error:
            body, status, url = error.read(), error.code, error.url
        except OSError:
            body, status, url = b"", 0, request.full_url
        return Got(start, time.monotonic() - start, url.removeprefix(self.address), status, body)


_FORM = "application/x-www-form-urlencoded"


def fields_of(page: bytes) -> dict[str, str]:
    """What the forms of a page would send as they were opened, the last of a name; files are left to the test."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    found = {}
    for element in document.iter():
        if element.tag not in ("input", "textarea", "select"):
            continue
        name, kind = element.get("name"), element.get("type", "text")
        if not name or kind in NOT_SENT or (kind in ("checkbox", "radio") and element.get("checked") is None):
            continue
        found[name] = value_of(element)
    return found


def value_of(element) -> str:
    """What a browser would send of a field as it was opened."""
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    return element.get("value", "on" if element.get("type") in ("checkbox", "radio") else "")


def multipart(values: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form with files, as a browser writes it; and its kind."""
    border = uuid4().hex
    parts = [(f'name="{name}"', value.encode()) for name, value in values.items()]
    for name, (called, content) in files.items():
        parts.append((f'name="{name}"; filename={json.dumps(called)}', content))
    lines = [
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (border.encode(), head.encode(), content)
        for head, content in parts
    ]
    return b"".join(lines) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
