"""What people type changes no header: not of an answer, not of a file, not of a mail."""

import re
from email import message_from_bytes
from email.message import Message
from email.utils import collapse_rfc2231_value

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal.core.downloads import download
from portal.core.mail.actions import post
from portal.core.mail.models import OutgoingMail
from portal.core.spreadsheets import XLSX
from portal.models import Inquiry
from portal.roles import Role, ensure_groups
from portal.serving.public import PUBLIC
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory
from tests.guarded import guarded
from tests.portal.members import signing_up

pytestmark = pytest.mark.django_db

NASTY = ["x\r\nX-Evil: 1", "x\nX-Evil: 1", "x\rX-Evil: 1", "嘉\u2028\r\nSet-Cookie: a=b"]
# The addresses of public pages that need no record.
OF_RECORDS = re.compile("detail|ics|archive|month|_file|dictionary|image")
ADDRESSES = {name: reverse(name) for name in PUBLIC if not OF_RECORDS.search(name)}
FORMS = ["/accounts/login/", "/contact/", "/feedback/", "/feedback/sent/", "/members/signup/", "/members/status/"]
NAMES = ["next", "page", "answer", "ward", "kind", "q", "utm_source"]


def headers_are_ours(response):
    told = {name.lower() for name in response.headers}
    whole = all("\n" not in value and "\r" not in value for value in response.headers.values())
    return whole and not told & {"x-evil"} and "a" not in response.cookies


@pytest.mark.parametrize("nasty", NASTY)
def test_no_parameter_of_a_public_page_becomes_a_header(client, nasty):
    tried = 0
    for name, address in ADDRESSES.items():
        # The PDF is drawn anew for each question, by a program of its own.
        if PUBLIC[name] and name != "overview_pdf":
            response = client.get(address, dict.fromkeys(PUBLIC[name], nasty))
            assert (name, headers_are_ours(response)) == (name, True)
            assert response.status_code in (200, 400, 404)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("nasty", NASTY)
def test_no_parameter_of_a_form_becomes_a_header(client, nasty):
    for address in FORMS:
        response = client.get(address, dict.fromkeys(NAMES, nasty))
        assert (address, headers_are_ours(response)) == (address, True)


@pytest.mark.parametrize("nasty", NASTY)
def test_the_name_of_a_record_names_no_header_of_its_file(client, nasty):
    event = EventFactory(title=nasty, short_title=nasty)

    response = client.get(event.get_calendar_url())

    assert response.status_code == 200
    assert headers_are_ours(response)
    assert b"\r\nX-Evil" not in response.content


@pytest.mark.parametrize("nasty", [*NASTY, 'x"; filename="evil.exe', "x\\", "x; filename=evil.exe"])
def test_a_file_has_the_one_name_it_is_given(nasty):
    response = download(b"", XLSX, nasty, "xlsx")
    read = Message()
    read["Content-Disposition"] = response.headers["Content-Disposition"]

    assert headers_are_ours(response)
    assert read.get_content_disposition() == "attachment"
    assert [name for name, _ in read.get_params(header="Content-Disposition")[1:]] == ["filename"]
    assert read.get_filename().endswith(f"_{timezone.localdate().isoformat()}.xlsx")
    assert collapse_rfc2231_value(read.get_filename()).startswith(nasty)


@pytest.fixture
def secretariat():
    person = UserFactory(is_staff=True, email="jimukyoku@example.jp")
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def headers_of_mails():
    """Every header of every mail that left, read as a mail server reads it, but for the moment and the part's mark."""
    parsed = [message_from_bytes(message.message().as_bytes()) for message in mail.outbox]
    return [set(message.keys()) for message in parsed]


USUAL = {
    *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"),
}


@pytest.mark.parametrize("field", ["name", "email", "topic", "body"])
@pytest.mark.parametrize("nasty", ["a@example.jp\r\nBcc: evil@example.jp", "a@example.jp\nBcc:evil@example.jp"])
def test_an_inquiry_adds_no_header_to_any_mail(client, secretariat, mailoutbox, field, nasty):
    letter = {"topic": "event", "body": "内容", "email": "hanako@example.jp", "name": "花子", "ward": ""}
    client.post("/contact/", guarded(**(letter | {field: nasty})))

    assert Inquiry.objects.count() == (0 if field in ("email", "topic") else 1)
    assert [message.to for message in mailoutbox if "evil@example.jp" in "".join(message.recipients())] == []
    assert [keys - USUAL for keys in headers_of_mails()] == [set()] * len(mailoutbox)
    assert len(mailoutbox) == (0 if field in ("email", "topic") else 2)


@pytest.mark.parametrize("field", ["name", "email", "department", "phone"])
def test_an_application_adds_no_header_to_any_mail(client, mailoutbox, field):
    nasty = f"{signing_up.GIVEN[field]}\r\nBcc: evil@example.jp"
    signing_up.send(client, signing_up.town(), **{field: nasty})

    assert [keys - USUAL for keys in headers_of_mails()] == [set()] * len(mailoutbox)
    assert [message.recipients() for message in mailoutbox if "evil" in "".join(message.recipients())] == []


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028"])
def test_a_title_of_two_lines_is_one_line_in_a_subject_and_the_mail_arrives(mailoutbox, line_break):
    post(to="a@example.jp", subject=f"題名{line_break}Bcc: evil@example.jp", text="本文")

    (sent,) = mailoutbox
    assert sent.subject.endswith("題名 Bcc: evil@example.jp")
    assert sent.recipients() == ["a@example.jp"]
    assert OutgoingMail.objects.get().state == "sent"
