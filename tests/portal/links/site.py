"""A real web server on loopback, for links to lead to."""

import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portal.links.fetching import Visitor, look_up

# What each path answers: a code, and where it sends on to.
PAGES = {
    "/": (200, ""),
    "/moved": (301, "/"),
    "/loop": (302, "/loop"),
    "/gone": (404, ""),
    "/withdrawn": (410, ""),
    "/broken": (500, ""),
    "/guarded": (403, ""),
    "/inside": (302, "http://10.0.0.1/"),
    "/file": (302, "file:///etc/passwd"),
}


class Site(ThreadingHTTPServer):
    """Counts what it is asked, and how many it is asked at once."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.agents, self.now, self.most = Counter(), set(), 0, 0
        self.lock = threading.Lock()

    def address(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        site, path = self.server, self.path.partition("?")[0]
        with site.lock:
            site.now += 1
            site.most = max(site.most, site.now)
            site.asked[f"{self.command} {path}"] += 1
            site.agents.add(self.headers["User-Agent"])
        threading.Event().wait(0.02)
        code, target = PAGES.get(path, (200, ""))
        if path == "/get-only" and self.command == "HEAD":
            code = 405
        self.send_response(code)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        # Whoever has the answer may ask the next: this one is over before it is sent.
        with site.lock:
            site.now -= 1
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815

    def log_message(self, *args):
        """Says nothing."""


@contextmanager
def running_site():
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def visitor(**options):
    """One that may reach this machine, and does not wait between two questions."""
    return Visitor(**{"may_reach": lambda address: address == "127.0.0.1", "pause": 0, "look_up": look_up, **options})
