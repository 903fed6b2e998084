"""Signing up as people do, for tests of what follows."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.core.guard import stamp
from tests.factories.municipalities import MunicipalityFactory

GIVEN = {
    "department": "企画財政課",
    "name": "芽室花子",
    "phone": "0155-62-9720",
    "email": "kikaku@town.memuro.lg.jp",
}


def town(**fields):
    return MunicipalityFactory(name="芽室町", name_kana="めむろちょう", **fields)


def opened():
    """The stamp of a form that was opened a few seconds ago."""
    return {"opened": stamp(timezone.now() - timedelta(seconds=9))}


def send(client, municipality, step="send", **given):
    """Sends the form: looked through, unless another step is taken."""
    address = reverse("member_signup_details", args=[municipality.pk])
    return client.post(address, GIVEN | opened() | given | {"step": step})


def link_in(mail):
    """The address within the site that a mail leads to."""
    return re.search(r"^https?://[^/\s]+(/\S+)$", mail.body, re.MULTILINE)[1]
