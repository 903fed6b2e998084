"""The public site as files: whole, with links that lead somewhere, and switched only once it is whole."""

import re
from datetime import timedelta
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.utils import timezone

from portal.mirror import making
from portal.mirror.addresses import mirrored, original
from portal.mirror.export import Busy, current_version, export, is_due, made_at
from portal.models import NewsItem
from tests.factories.core import ImageFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory
from tests.factories.portal import NewsItemFactory
from tests.reading import main_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("one_connection")]

NOON = timezone.now().replace(hour=3, minute=0, second=0, microsecond=0)
REST = timedelta(minutes=5)


@pytest.fixture
def site(settings):
    """A small site: a page in each state, a list of several pages, a picture."""
    settings.SITE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["portal.example"]
    WardFactory(), EventFactory(title="公開の催し"), EventFactory(title="下書きの催し", publication_state="draft")
    MunicipalityFactory.create_batch(51)
    picture = ImageFactory()
    Path(settings.MEDIA_ROOT, str(picture.file)).parent.mkdir(parents=True, exist_ok=True)
    Path(settings.MEDIA_ROOT, str(picture.file)).write_bytes(b"picture")
    item = NewsItemFactory(title="公開のお知らせ")
    item.images.add(picture)
    NewsItemFactory(title="取り下げたお知らせ", publication_state="withdrawn")
    NewsItemFactory(title="あしたのお知らせ", publish_at=timezone.now() + timedelta(days=1))
    return item


def files_of(folder):
    root = current_version(folder)
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def links_of(html):
    return [unescape(link) for link in re.findall(r'\b(?:href|src|action)="([^"]*)"', html)]


def test_every_link_leads_to_a_file_and_every_page_says_what_the_live_one_says(site, client, tmp_path):
    outcome = export(tmp_path)
    files = files_of(tmp_path)
    client.defaults["HTTP_HOST"] = "portal.example"

    assert outcome.errors == []
    assert len(files) > 80
    for name, path in files.items():
        if not name.endswith(".html") or name == "not-in-mirror/index.html":
            continue
        html, address = path.read_text(), f"/{name.removesuffix('index.html')}"
        broken = [link for link in links_of(html) if not leads_somewhere(urljoin(address, link), files)]
        assert broken == [], name
        live = client.get(str(mirrored(original(address))))
        assert main_text(HttpResponse(html)) == main_text(live), name


def leads_somewhere(target, files):
    parts = urlsplit(target)
    # What is collected of static files is not there in tests.
    if parts.netloc or parts.scheme in ("mailto", "tel") or parts.path.startswith("/static/"):
        return True
    name = parts.path.removeprefix("/")
    return (f"{name}index.html" if name.endswith("/") or not name else name) in files


def test_nothing_unpublished_is_in_it(site, tmp_path):
    export(tmp_path)

    everything = "".join(path.read_text(errors="replace") for path in files_of(tmp_path).values())
    assert "公開のお知らせ" in everything
    for hidden in ("下書きの催し", "取り下げたお知らせ", "あしたのお知らせ"):
        assert hidden not in everything


def test_it_holds_feeds_calendars_tables_and_pictures(site, tmp_path):
    export(tmp_path)

    names = set(files_of(tmp_path))
    assert {"events/feed/index.xml", "events.ics", "open-data/ties.csv", "sitemap.xml", "robots.txt"} <= names
    assert {"municipalities/@page=2/index.html", "open-data/@enc=sjis/ties.csv"} <= names
    assert any(name.startswith("media/images/") for name in names)
    assert not any(name.startswith(("accounts", "admin", "members/posts", "contact")) for name in names)


def test_nothing_is_done_where_nothing_has_changed(site, tmp_path):
    first = export(tmp_path, at=NOON)
    version = current_version(tmp_path)

    second = export(tmp_path, at=NOON + timedelta(minutes=30))

    assert second.is_unchanged
    assert second.pages == first.pages
    assert current_version(tmp_path) == version


def test_only_what_has_changed_is_written(site, tmp_path):
    export(tmp_path)
    before = {name: path.stat().st_ino for name, path in files_of(tmp_path).items()}
    NewsItem.objects.filter(pk=site.pk).update(title="直したお知らせ")

    outcome = export(tmp_path)

    after = {name: path.stat().st_ino for name, path in files_of(tmp_path).items()}
    other = {name for name in after if after[name] != before.get(name)}
    assert f"news/{site.pk}/index.html" in other
    assert not any(name.startswith(("municipalities/", "about/", "media/")) for name in other)
    assert outcome.written == len(other)


class Enough(Exception):
    """Raised where somebody breaks off."""


def break_off(line):
    raise Enough


def test_who_breaks_off_leaves_the_version_before_in_use(site, tmp_path, monkeypatch):
    export(tmp_path)
    version = current_version(tmp_path)
    NewsItemFactory()
    with monkeypatch.context() as early:
        early.setattr("portal.mirror.export.TOLD_EVERY", 5)
        with pytest.raises(Enough):
            export(tmp_path, tell=break_off)
    assert current_version(tmp_path) == version

    assert not export(tmp_path).is_unchanged

    assert current_version(tmp_path) != version
    assert len([path for path in (tmp_path / "versions").iterdir() if path.is_dir()]) == 2


def test_two_do_not_write_at_once(site, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.mirror.export.TOLD_EVERY", 5)

    with pytest.raises(Busy):
        export(tmp_path, tell=lambda line: export(tmp_path))


def test_where_nothing_can_be_written_the_command_says_so(site, tmp_path):
    (tmp_path / "versions").write_text("a file where a folder should be")

    with pytest.raises(CommandError, match="前の控えはそのままです"):
        call_command("export_mirror", str(tmp_path), processes=1)


def test_where_many_pages_fail_the_version_before_stays_in_use(site, tmp_path, settings):
    export(tmp_path)
    version = current_version(tmp_path)
    NewsItemFactory()
    # As after an update whose static files were not collected.
    staticfiles = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": staticfiles}

    with pytest.raises(CommandError, match="多くのページで誤り"):
        call_command("export_mirror", str(tmp_path), processes=1)

    assert current_version(tmp_path) == version
    assert [path for path in (tmp_path / "versions").iterdir() if path.is_dir()] == [version]


@pytest.mark.urls("tests.portal.urls_that_fail")
def test_while_the_database_is_silent_nothing_is_written(tmp_path):
    with pytest.raises(making.DatabaseSilent):
        making.make_copies([making.Address("/no-database/")], tmp_path, None)


def test_it_is_due_after_a_publication_and_a_rest_and_with_every_new_hour(site, tmp_path):
    assert is_due(tmp_path, NOON, REST)
    export(tmp_path, at=NOON)
    assert made_at(current_version(tmp_path)) == NOON
    assert not is_due(tmp_path, NOON + timedelta(minutes=59), REST)
    assert is_due(tmp_path, NOON + timedelta(hours=1), REST)

    NewsItemFactory()

    assert not is_due(tmp_path, NOON + timedelta(minutes=4), REST)
    assert is_due(tmp_path, NOON + timedelta(minutes=5), REST)


def test_the_command_says_what_it_did(site, tmp_path):
    said = StringIO()
    call_command("export_mirror", str(tmp_path), processes=1, stdout=said)
    call_command("export_mirror", str(tmp_path), processes=1, stdout=said)

    lines = said.getvalue().splitlines()
    assert re.fullmatch(r"[0-9,]+ページ（うち変更[0-9,]+）と[0-9,]+ファイルを書き出しました。", lines[-2])
    assert re.fullmatch(r"変更はありません（[0-9,]+ページ）。", lines[-1])


def test_without_a_folder_it_keeps_the_portals_own_mirror_up_to_date(site, settings, tmp_path):
    settings.MIRROR_DIR = tmp_path / "own"
    call_command("export_mirror", processes=1, stdout=StringIO())
    said = StringIO()

    call_command("export_mirror", processes=1, stdout=said)

    assert current_version(settings.MIRROR_DIR)
    assert said.getvalue() == ""


def test_no_process_is_no_number_of_processes(tmp_path):
    with pytest.raises(CommandError, match="1以上"):
        call_command("export_mirror", str(tmp_path), processes=0)
