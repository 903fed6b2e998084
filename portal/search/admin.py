"""What was searched in vain, for the secretariat to read."""

from django.contrib import admin

from portal.core.admin.base import ReadOnlyAdmin
from portal.search.models import SearchMiss


@admin.register(SearchMiss)
class SearchMissAdmin(ReadOnlyAdmin):
    """It tells what is missing here, or is called otherwise than people call it."""

    fields = ("words", "day", "times", "found")
    list_display = ("words", "day", "times", "found")
    list_filter = ("day",)
    search_fields = ("words",)
    actions = None
