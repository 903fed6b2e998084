"""Pictures and papers that members send along: taken, cleaned or refused, each with a clear message."""

import subprocess
import sys
import zipfile
import zlib
from datetime import timedelta
from io import BytesIO
from struct import pack

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Picture

from municipalities.models import MemberPost
from portal.core.models import Attachment, Image
from portal.core.receiving import TooLarge
from portal.members.posting.library import pictures_of
from portal.members.posting.uploads import PictureForm
from tests.factories.core import MadeImageFactory, small_picture
from tests.factories.municipalities import MemberPostFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

ADD = "/members/posts/add/"
TYPED = {"kind": "product", "title": "山菜をお届けします", "body": "春の便りです。"}
AGAIN = "「{}」は保存していません。直してから、もう一度選んでください。"
NOT_A_PICTURE = "画像として読めません。JPEG、PNG、WebP、AVIF、GIFの画像を選んでください。"


def jpeg(size=(60, 40), **options):
    buffer = BytesIO()
    Picture.new("RGB", size, "navy").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def with_position():
    """A photograph that says where it was taken."""
    exif = Picture.Exif()
    exif[0x8825] = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)}
    return jpeg(exif=exif)


def archive():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("Main.class", "x")
    return buffer.getvalue()


def png_of(width, height):
    """A picture of so many pixels in a few kilobytes: all of it black."""

    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    header = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture_row(raw, name="photo.jpg", **said):
    said = {"alt_text": "朝市の山菜"} | said
    row = {f"picture-1-{field}": value for field, value in said.items()}
    return row | {"picture-1-file": SimpleUploadedFile(name, raw)}


def paper_row(raw, name="leaflet.pdf", **said):
    row = {f"paper-1-{field}": value for field, value in said.items()}
    return row | {"paper-1-file": SimpleUploadedFile(name, raw)}


def send(member, **row):
    return member.post(ADD, TYPED | row, follow=True)


def errors_of(response, name="picture-1-file"):
    rows = {
        f"{row.prefix}-{field}": errors
        for row in response.context["sheet"].uploads
        for field, errors in row.errors.items()
    }
    return rows.get(name, [])


def test_a_picture_comes_with_its_post_and_says_who_brought_it(member):
    response = send(member, **picture_row(jpeg(), credit="山川町"))

    (image,) = MemberPost.objects.get().images.all()
    assert (image.alt_text, image.credit, image.uploaded_by) == ("朝市の山菜", "山川町", member.person)
    assert image.sizes_key
    assert "朝市の山菜" in response.content.decode()


def test_where_it_was_taken_is_removed(member):
    raw = with_position()
    assert Picture.open(BytesIO(raw)).getexif().get_ifd(0x8825)
    send(member, **picture_row(raw))

    with Image.objects.get().file.open() as stored:
        kept = Picture.open(stored)
        assert (kept.format, dict(kept.getexif())) == ("WEBP", {})


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (b"%PDF-1.7\n" + jpeg(), "photo.jpg", NOT_A_PICTURE),
        (small_picture() + archive(), "photo.png", NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "photo.png", NOT_A_PICTURE),
        (b"GIF89a<script>alert(1)</script>", "photo.gif", NOT_A_PICTURE),
        (jpeg()[:200], "photo.jpg", NOT_A_PICTURE),
        (b"", "photo.jpg", "入力されたファイルは空です。"),
        (png_of(10_000, 10_000), "photo.png", "画像は4,000万画素までです。小さくしてから選び直してください。"),
    ],
    ids=["pdf", "jar", "svg", "script", "half", "empty", "100 megapixels"],
)
def test_what_is_no_picture_or_too_large_is_refused_and_nothing_typed_is_lost(member, raw, name, message):
    response = send(member, **picture_row(raw, name))

    assert errors_of(response) == [message, AGAIN.format(name)]
    assert (Image.objects.count(), MemberPost.objects.count()) == (0, 0)
    assert response.context["sheet"].form["title"].value() == TYPED["title"]
    assert response.context["sheet"].uploads.pictures[0]["alt_text"].value() == "朝市の山菜"


@pytest.mark.parametrize("name", ["picture.svg", "picture.html", "picture.exe", "picture"])
def test_a_wrong_type_is_refused_by_its_name(member, name):
    response = send(member, **picture_row(jpeg(), name))
    assert errors_of(response)[-1] == AGAIN.format(name)
    assert Image.objects.count() == 0


def test_of_a_file_that_was_let_go_as_it_came_in_the_size_is_told():
    form = PictureForm({}, {"file": TooLarge("photo.jpg", "image/jpeg", 100 * 1024 * 1024)})
    assert form.errors["file"] == ["ファイルは20MBまでです。", AGAIN.format("photo.jpg")]


def test_a_hundred_megapixels_are_refused_without_being_unfolded(tmp_path):
    (tmp_path / "large.png").write_bytes(png_of(10_000, 10_000))
    program = """
import resource, sys
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from portal.core.images import normalise
normalise(SimpleUploadedFile("small.png", open(sys.argv[2], "rb").read()))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    normalise(SimpleUploadedFile("large.png", open(sys.argv[1], "rb").read()))
except ValidationError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    (tmp_path / "small.png").write_bytes(small_picture())
    files = [tmp_path / "large.png", tmp_path / "small.png"]
    done = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, text=True, check=True)
    # Kilobytes; unfolded it would be a hundred thousand.
    assert int(done.stdout) < 10_000


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"alt_text": ""}, "写真が見えない人に伝える説明を入れるか、「装飾のみ」を選んでください。"),
        ({"is_decorative": "on"}, "「装飾のみ」の写真には、代替テキストを入れないでください。"),
    ],
)
def test_a_picture_is_described_or_decorative(member, said, message):
    response = send(member, **picture_row(jpeg(), "tanada.jpg", **said))
    assert errors_of(response, "picture-1-alt_text") == [message]
    assert errors_of(response) == [AGAIN.format("tanada.jpg")]
    assert Image.objects.count() == 0


def test_a_decorative_picture_is_taken(member):
    send(member, **picture_row(jpeg(), alt_text="", is_decorative="on"))
    assert Image.objects.get().is_decorative


def test_a_description_without_a_picture_is_told(member):
    response = send(member, **{"picture-1-alt_text": "朝市"})
    assert errors_of(response) == ["ファイルを選んでください。"]


def test_a_good_picture_is_kept_and_chosen_where_something_else_is_wrong(member):
    response = send(member, title="", **picture_row(jpeg()))

    image = Image.objects.get()
    chosen = response.context["sheet"].form["images"]
    assert [str(key) for key in chosen.value()] == [str(image.pk)]
    assert "checked" in str(chosen)
    member.post(ADD, TYPED | {"images": [image.pk]})
    assert list(MemberPost.objects.get().images.all()) == [image]
    assert Image.objects.count() == 1


def test_where_the_disk_takes_no_more_nothing_is_left_and_it_is_told(member, monkeypatch, settings):
    taken = []

    def full(storage, name, content):
        taken.append(name)
        if len(taken) > 1:
            raise OSError(28, "No space left on device")
        return saved(storage, name, content)

    saved = FileSystemStorage._save
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    response = send(member, **picture_row(jpeg()))

    assert errors_of(response)[0] == "ファイルを保存できませんでした。しばらくしてから、もう一度お試しください。"
    assert len(taken) > 1
    assert (Image.objects.count(), MemberPost.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_paper_comes_with_its_name_type_and_size(member, client):
    send(member, **paper_row(b"%PDF-1.7\n" + b"x" * 2000, title="募集要項"))

    paper = Attachment.objects.get()
    assert (paper.title, paper.file_type, paper.size, paper.uploaded_by) == ("募集要項", "PDF", 2009, member.person)
    post = MemberPost.objects.get()
    post.publication_state, post.publish_at = "published", timezone.now()
    post.save()
    shown = client.get(post.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "募集要項（PDF、2.0 KB）" in shown


def test_a_paper_is_called_as_its_file_where_nothing_is_said(member):
    send(member, **paper_row(b"%PDF-1.7\n", "募集要項.pdf"))
    assert Attachment.objects.get().title == "募集要項"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (jpeg(), "leaflet.pdf"),
        (b"%PDF-1.7\n" + archive(), "leaflet.pdf"),
        (b"<script>alert(1)</script>", "leaflet.html"),
        (b"MZ", "leaflet.exe"),
    ],
    ids=["jpeg", "jar", "html", "program"],
)
def test_a_paper_that_is_not_what_it_says_is_refused(member, raw, name):
    response = send(member, **paper_row(raw, name))
    assert errors_of(response, "paper-1-file")[-1] == AGAIN.format(name)
    assert Attachment.objects.count() == 0


def test_only_the_municipality_s_own_pictures_can_be_chosen(member, neighbour, town):
    own, others, staffs = (MadeImageFactory(uploaded_by=who) for who in (member.person, neighbour.person, None))
    offered = member.get(ADD).context["sheet"].form.fields["images"].queryset
    assert list(offered) == [own]

    for foreign in (others, staffs):
        response = member.post(ADD, TYPED | {"images": [foreign.pk]})
        assert response.context["sheet"].form.errors["images"]
    assert MemberPost.objects.count() == 0


def test_who_moves_on_takes_no_pictures_along(member, town):
    picture = MadeImageFactory(uploaded_by=member.person)
    held = member.person.member_posts.get()
    held.ends_on = timezone.localdate() + timedelta(days=1)
    held.save()
    other = MunicipalityFactory()
    member.person.member_posts.create(municipality=other, department="企画課", starts_on=held.ends_on)

    assert (list(pictures_of(town)), list(pictures_of(other))) == ([picture], [])


def test_a_picture_that_the_secretariat_chose_stays_chosen(member, town):
    theirs = MadeImageFactory()
    post = MemberPostFactory(owner=town, publication_state="draft", publish_at=None)
    post.images.add(theirs)
    assert list(member.get(f"/members/posts/{post.pk}/").context["sheet"].form.fields["images"].queryset) == [theirs]
