"""What the e-mail address of somebody who writes for a municipality says by its form. Pure functions, no database.

The form proves nothing by itself: whoever reads the mail sent there has the address, and a person decides in the end.
"""

import re
from urllib.parse import urlsplit

from municipalities.choices import AddressKind

# How the names of municipalities begin under lg.jp and in the geographic names of JPRS (地域型ドメイン名).
_MUNICIPAL = frozenset({"city", "town", "vill"})
_PREFECTURES = frozenset(
    {
        *("hokkaido", "aomori", "iwate", "miyagi", "akita", "yamagata", "fukushima"),
        *("ibaraki", "tochigi", "gunma", "saitama", "chiba", "tokyo", "kanagawa"),
        *("niigata", "toyama", "ishikawa", "fukui", "yamanashi", "nagano", "gifu", "shizuoka", "aichi"),
        *("mie", "shiga", "kyoto", "osaka", "hyogo", "nara", "wakayama"),
        *("tottori", "shimane", "okayama", "hiroshima", "yamaguchi", "tokushima", "kagawa", "ehime", "kochi"),
        *("fukuoka", "saga", "nagasaki", "kumamoto", "oita", "miyazaki", "kagoshima", "okinawa"),
    }
)
# Where a site may stand that its municipality does not own: everybody may have an address or a page there.
_SHARED = frozenset(
    {
        *("facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "line.me", "note.com", "ameblo.jp"),
        *("google.com", "gmail.com", "yahoo.co.jp", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "ne.jp"),
        *("github.io", "jimdo.com", "jimdofree.com", "wixsite.com", "wordpress.com", "hatenablog.com", "livedoor.jp"),
        *("fc2.com", "goope.jp", "peraichi.com", "studio.site", "notion.site"),
    }
)
_LABEL = re.compile(r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

Labels = tuple[str, ...]


def kind_of_address(email: str, official_site: str = "") -> AddressKind:
    """What an address says by its form: of a municipality, of the site registered for it, or nothing.

    ``official_site`` is the whole address of the municipality's own site. Only a name that is a municipality's from its
    beginning to its end counts: what merely holds one (city.chiba.lg.jp.example.com) says nothing.
    """
    domain = _labels(email.rpartition("@")[2]) if "@" in email else ()
    if _is_local_government(domain):
        return AddressKind.LOCAL_GOVERNMENT
    if _is_geographic(domain):
        return AddressKind.GEOGRAPHIC
    if domain and domain == _own_domain(official_site):
        return AddressKind.OWN_SITE
    return AddressKind.OTHER


def _labels(host: str) -> Labels:
    """The parts of a host name; none where it is not plainly one: with other letters than ASCII, a dot too many."""
    labels = tuple(host.lower().split(".")) if host.isascii() else ()
    return labels if all(_LABEL.fullmatch(label) for label in labels) else ()


def _is_local_government(domain: Labels) -> bool:
    """city.NAME.lg.jp, or city.NAME.PREFECTURE.lg.jp."""
    if domain[-2:] != ("lg", "jp") or domain[0] not in _MUNICIPAL:
        return False
    return len(domain) == 4 or (len(domain) == 5 and domain[2] in _PREFECTURES)


def _is_geographic(domain: Labels) -> bool:
    """city.NAME.PREFECTURE.jp."""
    return len(domain) == 4 and domain[0] in _MUNICIPAL and domain[2] in _PREFECTURES and domain[3] == "jp"


def _own_domain(site: str) -> Labels:
    """The name under which a site stands, without www; none where others may have addresses under it."""
    try:
        domain = _labels(urlsplit(site).hostname or "")
    except ValueError:
        return ()
    domain = domain[1:] if domain[:1] == ("www",) else domain
    is_shared = any(".".join(domain[start:]) in _SHARED for start in range(len(domain)))
    is_name = len(domain) > 1 and not domain[-1].isdigit()
    # A prefecture gives its municipalities pages of its own site.
    return domain if is_name and not is_shared and domain[0] not in ("pref", "metro") else ()
