"""Asking an address on the web whether it answers: politely, and never anything that is not public.

The name of a host is looked up first; what it leads to is refused unless it is public; and then that very IP address
is asked, so that a name cannot lead elsewhere a moment later. Every redirect is treated in the same way, and the
certificate is held against the name. No byte of a page's body is read.
"""

import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import BoundedSemaphore, Lock
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from django.conf import settings

SECONDS, AT_ONCE_PER_HOST, PAUSE_SECONDS, MOST_REDIRECTS = 10, 2, 1.0, 5
# The page is there; it only does not speak with programs.
_GUARDED = frozenset({401, 403, 407, 429})
# Where a gateway writes addresses of the older kind in those of the newer.
_TRANSLATED = IPv6Network("64:ff9b::/96")
# Resolvers answer so when they themselves have no way out.
_OWN_SIDE = frozenset({socket.EAI_AGAIN, socket.EAI_FAIL})

Lookup = Callable[[str, int], Iterable[str]]


class Answer(NamedTuple):
    """What an address said. ``reason`` is empty where it works.

    ``is_ours``: the failure may lie on our own side; ``is_refused``: it was not asked, and whoever asks gets no answer.
    """

    code: int | None = None
    reason: str = ""
    is_ours: bool = False
    is_refused: bool = False


class Refused(Exception):
    """An address that is not asked."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, wherever it is written in another."""
    found: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found.sixtofour is not None or found.teredo is not None or found in _TRANSLATED:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Visitor:
    """Asks addresses, a few at once of each host, with a pause between.

    ``may_reach`` says which IP addresses may be asked; ``look_up`` finds those of a host.
    """

    def __init__(
        self,
        *,
        may_reach: Callable[[str], bool] = is_public,
        look_up: Lookup = look_up,
        pause: float = PAUSE_SECONDS,
        seconds: float = SECONDS,
    ):
        self.may_reach, self.look_up, self.pause = may_reach, look_up, pause
        self.timeout = urllib3.Timeout(total=seconds)
        # A header is written in Latin letters; who wonders about it finds the portal, whose name it is, at its address.
        self.headers = {"User-Agent": f"zenkoku-renkei-portal link check ({settings.SITE_URL or 'no public address'})"}
        self._lock = Lock()
        self._turns: dict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(AT_ONCE_PER_HOST))

    def ask(self, address: str) -> Answer:
        """How an address answers; whatever happens on the way is an answer, never an error."""
        try:
            answer = self._follow("HEAD", address)
            return answer if not answer.reason else self._follow("GET", address)
        except Refused as refusal:
            return Answer(reason=str(refusal), is_refused=True)
        except socket.gaierror as error:
            return Answer(reason="サーバーの名前が見つかりません。", is_ours=error.errno in _OWN_SIDE)
        except urllib3.exceptions.SSLError:
            return Answer(reason="安全な接続（TLS）ができません。")
        except (urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.ReadTimeoutError) as error:
            is_refused = isinstance(error, urllib3.exceptions.NewConnectionError)
            return Answer(reason="サーバーに接続できません。" if is_refused else "10秒待っても応答がありません。")
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            return Answer(reason="サーバーに接続できません。")

    def is_online(self) -> bool:
        """Whether this side reaches the names of the internet at all: the root servers keep theirs for good."""
        try:
            return bool(list(self.look_up("a.root-servers.net", 53)))
        except OSError:
            return False

    def _follow(self, method: str, address: str) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            code, target = self._request(method, address)
            if not target:
                return Answer(code, _reason_of(code))
            address = urljoin(address, target)
        raise Refused("転送が多すぎます。")

    def _request(self, method: str, address: str) -> tuple[int, str]:
        """The code of an answer, and where it sends on to."""
        parts, port = _parts_of(address)
        host = parts.hostname or ""
        with self._turn(host):
            response = self._pool(parts.scheme, host, port).urlopen(
                method,
                f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
                headers=self.headers | {"Host": parts.netloc.rpartition("@")[2]},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                return response.status, response.get_redirect_location() or ""
            finally:
                response.close()
                time.sleep(self.pause)

    def _turn(self, host: str) -> BoundedSemaphore:
        with self._lock:
            return self._turns[host]

    def _pool(self, scheme: str, host: str, port: int) -> Any:
        """Connections to the one IP address that was looked up and found fit to be asked."""
        found = list(self.look_up(host, port))
        if not found or not all(self.may_reach(address) for address in found):
            raise Refused("公開されていない場所を指すアドレスです。")
        target = f"[{found[0]}]" if ":" in found[0] else found[0]
        if scheme == "http":
            return urllib3.HTTPConnectionPool(target, port, timeout=self.timeout)
        return urllib3.HTTPSConnectionPool(
            target, port, timeout=self.timeout, server_hostname=host, assert_hostname=host
        )


def _parts_of(address: str) -> tuple[SplitResult, int]:
    """An address in its parts. Raises Refused for what is no address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Refused("アドレスの形が正しくありません。") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("http:// か https:// のアドレスではありません。")
    return parts, port


def _reason_of(code: int) -> str:
    """Why a code is no answer; empty where it is one."""
    if code < 400 or code in _GUARDED:
        return ""
    if code in (404, 410):
        return "ページがありません。"
    return f"サーバーがエラーを返します（{code}）。"
