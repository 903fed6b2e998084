"""That something public was changed: what every process asks for, to know whether what it keeps is still true."""

from django.db import models

from portal.serving.querysets import PublicChangeQuerySet


class PublicChange(models.Model):
    """Changes of public records, noted by triggers of every public table (``portal.serving.changes``).

    PostgreSQL has a row for each transaction, so that nobody waits for anybody else's; SQLite, which writes one after
    the other, has a single row.
    """

    number = models.BigIntegerField("番号", primary_key=True)
    times = models.BigIntegerField("回数")

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公開する記録の変更"

    def __str__(self) -> str:
        return f"{self.number}（{self.times}）"
