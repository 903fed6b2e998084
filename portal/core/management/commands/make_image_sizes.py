"""Makes the sizes of pictures that have none yet, such as those that came before sizes were made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core.image_files import write_sizes
from portal.core.models import Image
from portal.core.stored_files import remove

TOLD_EVERY = 100


class Command(BaseCommand):
    help = "画像の各大きさのファイルを、まだないものについて作ります。途中で止めても、次に続きから作ります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="is_anew", help="すべての画像について作り直します。")

    def handle(self, *, is_anew: bool, verbosity: int = 1, **options: Any) -> None:
        wanted = Image.objects.order_by("pk") if is_anew else Image.objects.without_sizes()
        total, made, failed = wanted.count(), 0, 0
        for number, image in enumerate(wanted.iterator(chunk_size=TOLD_EVERY), start=1):
            try:
                made += make_sizes(image)
            except OSError as error:
                failed += 1
                self.stderr.write(f"画像{image.pk}：作れませんでした（{error}）。")
            if verbosity and number % TOLD_EVERY == 0:
                self.stdout.write(f"{number:,}／{total:,}件")
        if verbosity:
            self.stdout.write(f"画像の大きさ：作成{made:,}件、失敗{failed:,}件")


def make_sizes(image: Image) -> bool:
    """Makes the sizes of one picture; False where somebody has changed it meanwhile, who has then made them."""
    former_key, former_names = image.sizes_key, image.stored_names
    write_sizes(image)
    new_names = image.stored_names - former_names
    unchanged = Image.objects.filter(pk=image.pk, file=str(image.file), sizes_key=former_key)
    is_saved = unchanged.update(sizes_key=image.sizes_key) == 1
    remove(former_names - image.stored_names if is_saved else new_names)
    return is_saved
