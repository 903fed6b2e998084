"""What is written down of addresses that only their reader may know."""

import logging

import pytest

from portal.core.logs import HideSecrets


def written(message, *args):
    record = logging.LogRecord("test", logging.INFO, "", 0, message, args, None)
    assert HideSecrets().filter(record) is True
    return record.getMessage()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/accounts/invitation/12.1.abc-_/", "/accounts/invitation/…/"),
        ("/accounts/password/reset/key/2-abc/?next=/", "/accounts/password/reset/key/…/?next=/"),
        ("/accounts/confirm-email/MQ:abc/", "/accounts/confirm-email/…/"),
        ("/preview/abc-_DEF/", "/preview/…/"),
        ("/members/signup/confirm/ABC-DEF-GHJ:abc/", "/members/signup/confirm/…/"),
        ("/admin/events/event/7/preview/", "/admin/events/event/7/preview/"),
        ("/accounts/invitation/", "/accounts/invitation/"),
        ("/events/12/", "/events/12/"),
    ],
)
def test_the_secret_part_is_left_out(address, shown):
    assert written("Not Found: %s", address) == f"Not Found: {shown}"
    # As gunicorn writes it.
    assert written('%(h)s "%(r)s" %(s)s', {"h": "-", "r": f"GET {address} HTTP/1.1", "s": 200}) == (
        f'- "GET {shown} HTTP/1.1" 200'
    )
