"""Signing up as people do, for tests of what follows."""

import re

from django.urls import reverse

from tests.factories.municipalities import MunicipalityFactory

GIVEN = {
    "department": "企画財政課",
    "name": "芽室花子",
    "phone": "0155-62-9720",
    "email": "kikaku@town.memuro.lg.jp",
}


def town(**fields):
    return MunicipalityFactory(name="芽室町", name_kana="めむろちょう", **fields)


def send(client, municipality, **given):
    """Sends the form, looked through."""
    address = reverse("member_signup_details", args=[municipality.pk])
    return client.post(address, GIVEN | given | {"step": "send"})


def link_in(mail):
    """The address within the site that a mail leads to."""
    return re.search(r"^https?://[^/\s]+(/\S+)$", mail.body, re.MULTILINE)[1]
