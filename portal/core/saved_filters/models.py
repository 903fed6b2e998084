"""The saved filters of people."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model, Q, QuerySet

MOST_PER_LIST = 20


class SavedFilterQuerySet(QuerySet):
    def of(self, user: object, model: type[Model]) -> Self:
        """The filters that a person keeps for the list of a model; a proxy has a list of its own."""
        return self.filter(user=user, content_type=ContentType.objects.get_for_model(model, for_concrete_model=False))


class SavedFilter(models.Model):
    """What one person asks of one list, under a name; ``query`` is that part of its address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name="職員"
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="種類")
    name = models.CharField("名前", max_length=40)
    query = models.CharField("条件", max_length=1000)
    is_default = models.BooleanField("この一覧を開いたときに使う", default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存した条件"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "name"],
                name="core_savedfilter_name",
                violation_error_message="この名前の条件は、すでにあります。",
            ),
            models.UniqueConstraint(
                fields=["user", "content_type"],
                condition=Q(is_default=True),
                name="core_savedfilter_one_default",
                violation_error_message="一覧を開いたときに使う条件は、一つだけです。",
            ),
            models.CheckConstraint(
                name="core_savedfilter_asks_something",
                condition=~Q(name="") & ~Q(query=""),
                violation_error_message="名前と条件の両方が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
