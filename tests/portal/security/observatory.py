"""The rules by which MDN's HTTP Observatory scores an answer: github.com/mdn/mdn-http-observatory, 1.6.3.

An answer begins with 100. What is wrong takes points away; with 90 or more left, what is better than needed adds some.
Two rules are left out, for an answer alone cannot tell: whether the name is on the browsers' preload list (+5), and
where plain http leads (test_headers.py tries that). The Observatory itself visits only answers of 2xx, 3xx, 401 and
403; here every answer is scored.
"""

from collections.abc import Callable

import html5lib

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = BROAD | {"'unsafe-inline'", "data:"}
HALF_A_YEAR = 15_768_000
ENOUGH_FOR_EXTRA = 90
GOOD_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OTHER_REFERRERS = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}


def policy_of(response) -> dict[str, list[str]]:
    """The directives of the Content-Security-Policy; the first of a name counts."""
    directives: dict[str, list[str]] = {}
    for directive in response.headers.get("Content-Security-Policy", "").split(";"):
        name, _, sources = directive.strip().partition(" ")
        directives.setdefault(name.lower(), sources.split())
    return directives


def content_security_policy(response) -> int:
    if "Content-Security-Policy" not in response.headers:
        return -25
    policy = policy_of(response)
    default = policy.get("default-src", ["*"])
    script, style = set(policy.get("script-src", default)), set(policy.get("style-src", default))
    passive = {source for name in ("img-src", "media-src") for source in policy.get(name, default)}
    active = {source for name, sources in policy.items() if name not in ("img-src", "media-src") for source in sources}
    found = [
        (-20, bool(script & UNSAFE or set(policy.get("object-src", default)) & BROAD)),
        (-20, any(source.startswith(("http:", "ftp:")) for source in active)),
        (-10, "'unsafe-eval'" in script | style),
        (-10, any(source.startswith(("http:", "ftp:")) for source in passive)),
        (0, bool(style & UNSAFE)),
        (10, policy.get("default-src") == ["'none'"]),
    ]
    return next((modifier for modifier, applies in found if applies), 5)


def cookies(response) -> int:
    """5 where all are Secure, those of a session HttpOnly, and every one SameSite; 0 without any."""
    set_here = list(response.cookies.values())
    if not set_here:
        return 0
    faults = [0]
    has_transport_security = strict_transport_security(response) == 0
    for cookie in set_here:
        is_session = any(word in cookie.key.lower() for word in ("login", "sess"))
        is_token = "csrf" in cookie.key.lower()
        if not cookie["secure"]:
            faults.append((-10 if is_session else -5) if has_transport_security else (-40 if is_session else -20))
        if is_session and not cookie["httponly"]:
            faults.append(-30)
        if (is_token and not cookie["samesite"]) or cookie["samesite"] not in ("", "Lax", "Strict"):
            faults.append(-20)
    is_whole = all(cookie["samesite"] for cookie in set_here)
    return min(faults) or (5 if is_whole else 0)


def strict_transport_security(response) -> int:
    words = [word.strip() for word in response.headers.get("Strict-Transport-Security", "").lower().split(";")]
    ages = [word.removeprefix("max-age=") for word in words if word.startswith("max-age=")]
    if len(ages) != 1 or not ages[0].isdecimal():
        return -20
    return 0 if int(ages[0]) >= HALF_A_YEAR else -10


def referrer_policy(response) -> int:
    words = [word.strip() for word in response.headers.get("Referrer-Policy", "").lower().split(",")]
    known = [word for word in words if word in GOOD_REFERRERS | OTHER_REFERRERS]
    if words == [""]:
        return 0
    return 5 if known and known[-1] in GOOD_REFERRERS else -5


def frame_options(response) -> int:
    if "frame-ancestors" in policy_of(response) or response.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN"):
        return 5
    return -20


def content_type_options(response) -> int:
    return 0 if response.headers.get("X-Content-Type-Options", "").strip().lower() == "nosniff" else -5


def _one_of(name: str, worth: dict[str, int]) -> Callable[..., int]:
    def rule(response) -> int:
        value = response.headers.get(name, "").strip().lower()
        return worth.get(value, -5) if value else 0

    return rule


def cross_origin_resource_sharing(response) -> int:
    is_for_all = response.headers.get("Access-Control-Allow-Origin") not in (None, "*")
    return -50 if is_for_all and "Access-Control-Allow-Credentials" in response.headers else 0


def subresource_integrity(response) -> int:
    """5 where a script of our own has its hash; 0 without scripts of others; they cost, and more without https."""
    document = html5lib.parse(response.content, namespaceHTMLElements=False)
    scripts = [script for script in document.iter("script") if script.get("src")]
    modifiers = [5 if any(script.get("integrity") for script in scripts) else 0]
    for script in scripts:
        if script.get("src").startswith("http:") or script.get("src").startswith("//"):
            modifiers.append(-20 if script.get("integrity") else -50)
        elif script.get("src").startswith("https:") and not script.get("integrity"):
            modifiers.append(-5)
    return min(modifiers) if min(modifiers) < 0 else modifiers[0]


RULES: dict[str, Callable[..., int]] = {
    "content-security-policy": content_security_policy,
    "cookies": cookies,
    "cross-origin-embedder-policy": _one_of(
        "Cross-Origin-Embedder-Policy", {"require-corp": 10, "credentialless": 10, "unsafe-none": 0}
    ),
    "cross-origin-opener-policy": _one_of(
        "Cross-Origin-Opener-Policy",
        {"same-origin": 10, "same-origin-allow-popups": 10, "noopener-allow-popups": 10, "unsafe-none": 0},
    ),
    "cross-origin-resource-policy": _one_of(
        "Cross-Origin-Resource-Policy", {"same-origin": 10, "same-site": 10, "cross-origin": 0}
    ),
    "cross-origin-resource-sharing": cross_origin_resource_sharing,
    "referrer-policy": referrer_policy,
    "strict-transport-security": strict_transport_security,
    "subresource-integrity": subresource_integrity,
    "x-content-type-options": content_type_options,
    "x-frame-options": frame_options,
}


def score(response) -> int:
    """What an answer that came by https is worth."""
    modifiers = [rule(response) for rule in RULES.values()]
    without_extra = 100 + sum(modifier for modifier in modifiers if modifier < 0)
    return max(0, 100 + sum(modifiers) if without_extra >= ENOUGH_FOR_EXTRA else without_extra)
