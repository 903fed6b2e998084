"""The media library in the back office: what its lists and pages tell, and replacing a file everywhere at once."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture

from portal.core.models import Attachment, Image
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import errors_of, fields_of, send
from tests.english import english_on
from tests.factories.core import AttachmentFactory, ImageFactory, MadeImageFactory, UserFactory, small_picture
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.portal import NewsItemFactory, PublicationFactory
from tests.reading import texts

pytestmark = pytest.mark.django_db

IMAGES, FILES = "admin:core_image_changelist", "admin:core_attachment_changelist"
NOT_WRITTEN = "ファイルを保存できませんでした。何も変わっていません。しばらくしてから、もう一度お試しください。"


def page_of(row, name="change"):
    return reverse(f"admin:core_{row._meta.model_name}_{name}", args=[row.pk])


def listed(office, **query):
    return list(office.get(reverse(IMAGES, query=query)).context["cl"].result_list)


def picture_file(width=30, height=20, name="new.png"):
    return SimpleUploadedFile(name, small_picture(width, height))


def day(number):
    return timezone.localdate() + timedelta(days=number)


# Lists


def test_the_list_shows_picture_words_rights_and_uses(office):
    image = MadeImageFactory(alt_text="港の夕日", credit="広報課", rights_until=day(-1), pixels=(1200, 800))
    EventFactory().images.add(image)
    EventFactory(publication_state="draft", publish_at=None).report_images.add(image)
    response = office.get(reverse(IMAGES))
    html = response.content.decode()
    assert f'src="{image.card.address}"' in html
    for words in ("港の夕日", "広報課", "（期限切れ）", "1,200×800", "2か所"):
        assert words in html
    assert english_on(response) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "（期限切れ）"),
        (0, "（まもなく、あと0日）"),
        (30, "（まもなく、あと30日）"),
        (31, "日</td>"),
        (None, "なし"),
    ],
)
def test_how_long_a_picture_may_be_shown(office, days, said):
    ImageFactory(rights_until=None if days is None else day(days))
    html = office.get(reverse(IMAGES)).content.decode()
    assert said in html.split('class="field-rights', 1)[1].split("</tr>", 1)[0]


def test_the_list_is_narrowed_by_use_rights_and_decoration(office):
    used, ended, last_day = ImageFactory(), ImageFactory(rights_until=day(-1)), ImageFactory(rights_until=day(0))
    soon, later = ImageFactory(rights_until=day(30)), ImageFactory(rights_until=day(31))
    ornament = ImageFactory(alt_text="", is_decorative=True)
    NewsItemFactory().images.add(used)
    PublicationFactory(cover=ended)
    assert {*listed(office, used="yes")} == {used, ended}
    assert {*listed(office, used="no")} == {last_day, soon, later, ornament}
    assert listed(office, rights="ended") == [ended]
    assert {*listed(office, rights="ending")} == {last_day, soon}
    assert {*listed(office, rights="none")} == {used, ornament}
    assert listed(office, is_decorative__exact=1) == [ornament]
    assert listed(office, rights="ended", used="yes") == [ended]
    assert len(listed(office, rights="nonsense", used="nonsense")) == 6


def test_ten_thousand_pictures_need_no_more_queries_than_two_pages(office):
    event = EventFactory()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert office.get(reverse(IMAGES, query={"o": "-4"})).status_code == 200
        return len(asked)

    event.images.set(ImageFactory.create_batch(51))
    few = queries()
    Image.objects.bulk_create(
        Image(file="images/x.webp", width=1, height=1, alt_text=f"写真{number}", sizes_key="x")
        for number in range(10_000)
    )
    assert queries() == few <= 12


def test_papers_show_type_size_and_uses(office):
    paper, unused = AttachmentFactory(title="計画", size=2048), AttachmentFactory()
    NewsItemFactory().attachments.add(paper)
    html = office.get(reverse(FILES)).content.decode()
    for words in ("計画", "PDF", "2.0 KB", "1か所", "0か所"):
        assert words.replace(" ", "\xa0") in html.replace(" ", "\xa0")
    assert list(office.get(reverse(FILES, query={"used": "no"})).context["cl"].result_list) == [unused]


# Where it is used


def use_everywhere(image):
    event = EventFactory(title="春の講演会")
    event.images.add(image)
    event.report_images.add(image)
    draft = NewsItemFactory(title="秘密の案", publication_state="draft", publish_at=None)
    draft.images.add(image)
    exhibition = ExhibitionFactory(title="全国連携展示", subtitle="")
    exhibition.images.add(image)
    return event, draft, exhibition, PublicationFactory(title="第3号", cover=image)


USES = [
    "イベント「春の講演会」の写真",
    "イベント「春の講演会」の開催後の写真",
    "お知らせ「秘密の案」の写真",
    "全国連携展示「全国連携展示」の写真",
    "刊行物「第3号」の表紙",
]


def uses_on(response):
    return sorted(text.split(" 公開ページ")[0] for text in texts(response, "library-uses__item"))


def test_the_page_of_a_picture_names_every_use(office):
    image = MadeImageFactory()
    event, draft, exhibition, publication = use_everywhere(image)
    response = office.get(page_of(image))
    assert uses_on(response) == sorted(USES)
    html = response.content.decode()
    assert "使っている記録（5か所）" in html
    for app, record in (("events", event), ("portal", draft), ("events", exhibition), ("portal", publication)):
        assert reverse(f"admin:{app}_{record._meta.model_name}_change", args=[record.pk]) in html
    assert f'href="{event.get_absolute_url()}"' in html
    assert f'href="{draft.get_absolute_url()}"' not in html


def test_a_picture_that_nobody_uses_says_so(office):
    assert "どの記録でも使われていません。" in office.get(page_of(MadeImageFactory())).content.decode()


def test_uses_beyond_sight_are_counted_and_not_named(client):
    image = MadeImageFactory()
    use_everywhere(image)
    person = UserFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=["view_image", "view_event"]))
    sign_in(client, person)
    response = client.get(page_of(image))
    assert uses_on(response) == sorted(USES[:2])
    assert "このほか、ここに示していない記録の3か所で使われています。" in response.content.decode()
    assert "秘密の案" not in response.content.decode()


@pytest.mark.parametrize("way", ["one", "many"])
def test_what_is_used_is_not_deleted_and_the_page_says_by_what(office, way):
    image, other = MadeImageFactory(), ImageFactory()
    use_everywhere(image)
    if way == "one":
        address, sent = page_of(image, "delete"), {"post": "yes"}
        assert uses_on(office.get(address)) == sorted(USES)
    else:
        address = reverse(IMAGES)
        sent = {"action": "delete_selected", "_selected_action": [image.pk, other.pk], "post": "yes"}
    response = office.post(address, sent)
    assert uses_on(response) == sorted(USES)
    assert "使われて" in response.content.decode()
    assert english_on(response) == []
    assert Image.objects.count() == 2


def test_what_is_not_used_is_deleted_with_its_files(office, settings, django_capture_on_commit_callbacks):
    image, paper = MadeImageFactory(), AttachmentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        for row in (image, paper):
            assert office.post(page_of(row, "delete"), {"post": "yes"}).status_code == 302
    assert (Image.objects.count(), Attachment.objects.count()) == (0, 0)
    assert list(Path(settings.MEDIA_ROOT).rglob("*.*")) == []


# Crop and focus


def test_an_uploaded_picture_has_its_sizes_and_who_uploaded_it(office, administrator):
    send(office, reverse("admin:core_image_add"), file=picture_file(1000, 800), alt_text="写真")
    image = Image.objects.get()
    assert image.uploaded_by == administrator
    assert [(size.width, size.height) for size in image.sizes] == [(480, 384), (960, 768), (1000, 800)]
    assert [name for name in image.stored_names if not image.file.storage.exists(name)] == []
    html = office.get(page_of(image)).content.decode()
    assert texts(office.get(page_of(image)), "library-made__item") == [
        "全体：480×384画素",
        "全体：960×768画素",
        "全体：1000×800画素",
        "カード：480×320画素",
        "カード：960×640画素",
    ]
    assert "管理者" in html


def test_a_crop_and_a_focus_by_numbers_make_new_files(office, django_capture_on_commit_callbacks):
    image = MadeImageFactory(pixels=(1000, 800))
    old = set(image.stored_names)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"crop_left": "50", "crop_width": "50", "focus_x": "90"}
        assert send(office, page_of(image), **sent).status_code == 302
    changed = Image.objects.get()
    assert (changed.file.name, changed.crop, changed.focus) == (image.file.name, (50, 0, 50, 100), (90, 50))
    assert (changed.shown.width, changed.shown.height) == (500, 800)
    assert not (old - {image.file.name}) & changed.stored_names
    assert [name for name in old - {image.file.name} if image.file.storage.exists(name)] == []


def test_changing_the_words_only_keeps_the_files(office):
    image = MadeImageFactory()
    send(office, page_of(image), alt_text="新しい説明")
    changed = Image.objects.get()
    assert (changed.alt_text, changed.stored_names) == ("新しい説明", image.stored_names)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"crop_left": "60"}, "切り抜きは、画像からはみ出さないように、幅も高さも5％以上にしてください。"),
        ({"crop_height": "4"}, "切り抜きは、画像からはみ出さないように、幅も高さも5％以上にしてください。"),
        ({"focus_x": "101"}, "この値は 100 以下でなければなりません。"),
        ({"focus_y": "-1"}, "0以上の数を入れてください。"),
        ({"crop_width": "半分"}, "整数として読めません。例：1200、1,200人"),
    ],
)
def test_a_crop_beyond_the_picture_is_refused_and_nothing_changes(office, settings, sent, message):
    image = MadeImageFactory()
    before = {*Path(settings.MEDIA_ROOT).rglob("*.*")}
    refused = send(office, page_of(image), alt_text="打ち直した説明", **sent)
    assert message in errors_of(refused)
    assert fields_of(refused)["alt_text"] == "打ち直した説明"
    assert {name: fields_of(refused)[name] for name in sent} == sent
    assert f'src="{image.card.address}"' in refused.content.decode()
    assert Image.objects.get().alt_text == image.alt_text
    assert {*Path(settings.MEDIA_ROOT).rglob("*.*")} == before


# Replacing


def test_another_file_takes_the_place_of_the_old_one_everywhere(office, django_capture_on_commit_callbacks):
    image = MadeImageFactory(alt_text="写真")
    event = EventFactory()
    event.images.add(image)
    before, revision = image.shown.address, event.revision
    assert before in office.get(event.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        send(office, page_of(image), file=picture_file(90, 60))
    changed = Image.objects.get()
    html = office.get(event.get_absolute_url()).content.decode()
    assert before not in html
    assert f'src="{changed.shown.address}"' in html
    assert 'width="90" height="60"' in html
    assert [name for name in image.stored_names if image.file.storage.exists(name)] == []
    event.refresh_from_db()
    assert event.revision == revision + 1
    assert changed.uploaded_by is None


def test_the_crop_of_the_old_picture_does_not_cut_the_new_one(office):
    image = MadeImageFactory(crop_left=50, crop_width=50, focus_x=90)
    response = send(office, page_of(image), file=picture_file())
    changed = Image.objects.get()
    assert (changed.crop, changed.focus) == ((0, 0, 100, 100), (50, 50))
    said = [str(message) for message in office.get(response["Location"]).context["messages"]]
    assert "画像を差し替えたので、切り抜きと注目点を元に戻しました。" in said


def test_a_crop_that_is_sent_along_with_a_new_picture_is_its_crop(office):
    image = MadeImageFactory(crop_left=50, crop_width=50)
    send(office, page_of(image), file=picture_file(), crop_left="0", crop_width="40")
    assert Image.objects.get().crop == (0, 0, 40, 100)


def test_another_paper_takes_the_place_of_the_old_one(office, django_capture_on_commit_callbacks):
    paper = AttachmentFactory(title="計画")
    item = NewsItemFactory()
    item.attachments.add(paper)
    with django_capture_on_commit_callbacks(execute=True):
        send(office, page_of(paper), file=SimpleUploadedFile("plan.csv", "名称,数\n".encode()))
    changed = Attachment.objects.get()
    assert (changed.title, changed.file_type, changed.size) == ("計画", "CSV", 11)
    assert not paper.file.storage.exists(paper.file.name)
    assert texts(office.get(item.get_absolute_url()), "attachments__item") == ["計画（CSV、11 バイト）"]
    revision = item.revision
    item.refresh_from_db()
    assert item.revision == revision + 1


@pytest.mark.parametrize("factory", [MadeImageFactory, AttachmentFactory])
def test_a_full_disk_is_a_message_and_changes_nothing(office, settings, monkeypatch, factory):
    row = factory()
    before = {*Path(settings.MEDIA_ROOT).rglob("*.*")}
    name = "alt_text" if factory is MadeImageFactory else "title"
    upload = picture_file() if factory is MadeImageFactory else SimpleUploadedFile("a.pdf", b"%PDF-1.7 new")

    def full(storage, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    refused = send(office, page_of(row), file=upload, **{name: "打ち直した言葉"})
    assert errors_of(refused) == [NOT_WRITTEN]
    assert fields_of(refused)[name] == "打ち直した言葉"
    kept = type(row).objects.get()
    assert (getattr(kept, name), kept.stored_names) == (getattr(row, name), row.stored_names)
    assert {*Path(settings.MEDIA_ROOT).rglob("*.*")} == before


def test_a_lost_original_is_a_message_too(office):
    image = MadeImageFactory()
    image.file.storage.delete(image.file.name)
    refused = send(office, page_of(image), crop_width="50")
    assert errors_of(refused) == [NOT_WRITTEN]
    assert Image.objects.get().crop_width == 100
    assert send(office, page_of(image), alt_text="新しい説明").status_code == 302
    assert Image.objects.get().alt_text == "新しい説明"


def test_a_photo_loses_where_it_was_taken(office):
    exif = Picture.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)})
    buffer = BytesIO()
    Picture.new("RGB", (600, 400), "navy").save(buffer, "JPEG", exif=exif)
    send(office, reverse("admin:core_image_add"), file=SimpleUploadedFile("a.jpg", buffer.getvalue()), alt_text="写真")
    image = Image.objects.get()
    assert len(image.stored_names) == 5
    for name in image.stored_names:
        with image.file.storage.open(name) as file:
            assert dict(Picture.open(file).getexif()) == {}
