"""The index of the search, and the words that people searched in vain."""

import re

from django.db import models
from django.db.models import F, Q

from portal.core.constraints import one_of
from portal.search.choices import Kind
from portal.search.fields import TokensField
from portal.search.querysets import SearchEntryQuerySet, SearchMissQuerySet

LONGEST_KEPT = 40
_READING = re.compile("[ぁ-ゖー]+")


class SearchEntry(models.Model):
    """A record as the search knows it; made from the record alone, and made again whenever it changes.

    ``record``: model and key of the record. ``name_key``: what it is called, in the spelling that is searched, the
    title first, a name a line.
    """

    record = models.CharField("記録", max_length=60, unique=True)
    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    day = models.DateField("日付", null=True, blank=True)
    public_from = models.DateTimeField("公開の始まり", null=True, blank=True)
    public_until = models.DateTimeField("公開の終わり", null=True, blank=True)
    is_demo = models.BooleanField("デモデータ", default=False)
    name_key = models.TextField("さがすための名称")
    url = models.CharField("アドレス", max_length=200)
    title = models.CharField("名称", max_length=500)
    note = models.CharField("補足", max_length=200, blank=True)
    # What is long stands last: SQLite goes through all that stands before a column.
    text = models.TextField("本文", blank=True)
    name_terms = TokensField("名称の語")
    terms = TokensField("すべての語")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "検索の索引"
        ordering = ["pk"]
        constraints = [
            one_of("kind", Kind, "種類は決められた中から選んでください。"),
            models.CheckConstraint(
                name="portal_searchentry_until_after_from",
                condition=Q(public_from__isnull=True)
                | Q(public_until__isnull=True)
                | Q(public_until__gt=F("public_from")),
                violation_error_message="公開の終わりは、始まりより後です。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reading(self) -> str:
        """How it is read, as far as it is known."""
        return next((name for name in self.name_key.split("\n")[1:] if _READING.fullmatch(name)), "")


class SearchMiss(models.Model):
    """Words that were searched on a day with little or nothing to be found. Nothing is kept of who searched."""

    words = models.CharField("検索した言葉", max_length=LONGEST_KEPT)
    day = models.DateField("日")
    times = models.PositiveIntegerField("回数", default=1)
    found = models.PositiveSmallIntegerField("見つかった件数", default=0)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "見つからなかった検索"
        ordering = ["-day", "-times", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words"],
                name="portal_searchmiss_once_a_day",
                violation_error_message="この日のこの言葉は、すでに記録しています。",
            ),
            models.CheckConstraint(
                name="portal_searchmiss_searched",
                condition=Q(times__gte=1) & ~Q(words=""),
                violation_error_message="言葉と、1以上の回数が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.words
