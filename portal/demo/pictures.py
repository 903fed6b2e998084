"""The pictures and papers of the demo data: drawn and written once, then kept."""

import csv
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from time import gmtime
from typing import Any, NamedTuple

from django.core.files.base import ContentFile

from portal.core.actions import save_upload
from portal.core.image_files import write_image, write_upload
from portal.core.library import Uploaded
from portal.core.models import Attachment, Image
from portal.demo import countryside, towns
from portal.demo.drawing import Canvas, webp
from portal.demo.writing import DemoWriter

CREDIT = "ポータル作成（デモ）"


class Scene(NamedTuple):
    paint: Callable[[Canvas], None]
    alt_text: str


SCENES = {
    "lake": Scene(countryside.lake, "雪をかぶった山と杉林が湖に映り、白い帆の小舟が浮かぶ朝の風景のイラスト"),
    "sea": Scene(countryside.sea, "島の並ぶ青い海を行く漁船と、岬に立つ赤白の灯台のイラスト"),
    "tea_field": Scene(countryside.tea_field, "丘に向かって緑の畝が続く茶畑と、奥に建つ一軒の家のイラスト"),
    "orchard": Scene(countryside.orchard, "赤い実のなるりんご畑と、手前のかごに盛られたりんごのイラスト"),
    "rice_terraces": Scene(countryside.rice_terraces, "夕焼けの空を映す、田植えを終えたばかりの棚田のイラスト"),
    "autumn_valley": Scene(countryside.autumn_valley, "紅葉の谷に架かる石の橋を、2両の列車が渡るイラスト"),
    "town_hall": Scene(towns.town_hall, "時計塔のある3階建ての庁舎と、花壇に挟まれた正面の道のイラスト"),
    "lanterns": Scene(towns.lanterns, "夜の広場に紅白の提灯が連なり、浴衣の人びとが集まる祭りのイラスト"),
    "hot_spring": Scene(towns.hot_spring, "夕暮れの温泉街で、岩に囲まれた露天風呂から湯気が立つイラスト"),
    "market": Scene(towns.market, "赤・緑・紺の日よけを張った三つの屋台に、野菜や果物が並ぶ朝市のイラスト"),
    "snow_village": Scene(towns.snow_village, "雪の降る夜、明かりのともる急な屋根の家が並ぶ山里のイラスト"),
    "cherry_river": Scene(towns.cherry_river, "満開の桜並木の間を川が流れ、朱色の橋が架かる春の風景のイラスト"),
}


@cache
def drawn(name: str) -> bytes:
    """A scene as a WebP file."""
    canvas = Canvas(name)
    SCENES[name].paint(canvas)
    return webp(canvas.finished())


@cache
def poster(name: str) -> bytes:
    """A scene on a sheet of paper, as a PDF file."""
    canvas = Canvas(name)
    SCENES[name].paint(canvas)
    buffer = BytesIO()
    # A fixed date keeps the file the same, whenever it is made.
    canvas.finished().save(buffer, "PDF", resolution=150, title="デモ", creationDate=gmtime(0), modDate=gmtime(0))
    return buffer.getvalue()


def gallery(writer: DemoWriter) -> dict[str, Image]:
    """Every scene as a picture of the site; drawn where there is none yet, or its file is gone."""
    return {name: _image(writer, name) for name in SCENES}


def _image(writer: DemoWriter, name: str) -> Image:
    alt_text = SCENES[name].alt_text
    found = Image.objects.filter(alt_text=alt_text, is_demo=True).first()
    if found and found.sizes_key and _is_stored(found):
        writer.count(Image, "unchanged")
        return found
    row = found or Image(alt_text=alt_text, credit=CREDIT, is_demo=True)
    row.file = ContentFile(drawn(name), name=f"{name}.webp")
    write_image(row)
    save_upload(row, by=None)
    writer.count(Image, "updated" if found else "created")
    return row


def _is_stored(row: Uploaded) -> bool:
    return all(row.file.storage.exists(name) for name in row.stored_names)


def papers(writer: DemoWriter, contents: dict[str, Any]) -> dict[str, Attachment]:
    """Files to download, by title: rows become a CSV file, the name of a scene a leaflet in PDF."""
    return {
        title: _attachment(writer, title, *(_leaflet(content) if isinstance(content, str) else _table(content)))
        for title, content in contents.items()
    }


def _table(rows: list[list[str]]) -> tuple[str, bytes]:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    # Spreadsheet programs need the mark at the beginning to read Japanese.
    return "table.csv", text.getvalue().encode("utf-8-sig")


def _leaflet(scene: str) -> tuple[str, bytes]:
    return "leaflet.pdf", poster(scene)


def _attachment(writer: DemoWriter, title: str, filename: str, content: bytes) -> Attachment:
    title = f"【デモ】{title}"
    found = Attachment.objects.filter(title=title, is_demo=True).first()
    if found and _is_stored(found):
        writer.count(Attachment, "unchanged")
        return found
    row = found or Attachment(title=title, is_demo=True)
    row.file, row.size = ContentFile(content, name=filename), len(content)
    write_upload(row)
    save_upload(row, by=None)
    writer.count(Attachment, "updated" if found else "created")
    return row
