"""The editor of rich text in the back office. Without JavaScript the field is a box for plain text or HTML."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django_prose_editor.widgets import AdminProseEditorWidget, prose_editor_admin_media, prose_editor_js
from js_asset import Media

from portal.core.rich_text import LEVELS, RichTextField, cleaned

# What people do often stands in the menu first; what is no part of our texts is not there.
_MENU = ("blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "table", "history")
_PLAIN = ("Bold", "Italic", "HardBreak", "BulletList", "ListItem", "Blockquote", "Table", "TableRow", "TableHeader")


class RichTextInput(AdminProseEditorWidget):
    def __init__(self, attrs: Any = None, first_heading: int = 2):
        super().__init__(
            {"class": "vLargeTextField", **(attrs or {})},
            preset="configurable",
            config={"extensions": _extensions(first_heading)},
        )

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "js_modules": [static("js/table-caption.js")]}

    @property
    def media(self) -> Media:
        """Our words stand first: the editor takes them over while it is loaded."""
        scripts = [
            forms.Script("js/editor-words.js", type="module"),
            prose_editor_js,
            forms.Script("django_prose_editor/configurable.js", type="module"),
        ]
        return prose_editor_admin_media + Media(js=scripts)


class RichTextEntry(forms.CharField):
    """A rich text, cleaned as it is read; one that says nothing is empty."""

    def __init__(self, *, first_heading: int = 2, **options: Any):
        self.first_heading = first_heading
        super().__init__(**{**options, "widget": RichTextInput(first_heading=first_heading)})

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "", self.first_heading)


def rich_text_entry(field: RichTextField) -> dict[str, Any]:
    """How the back office reads a column of rich text."""
    return {"form_class": RichTextEntry, "first_heading": field.first_heading}


class AllowsEditor:
    """For admins: the map of its modules that the editor writes into the page carries the page's nonce."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> TemplateResponse:
        if getattr(context["media"], "_importmap", None) is not None:
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _extensions(first_heading: int) -> dict[str, Any]:
    return {
        **dict.fromkeys((*_PLAIN, "TableCell", "TableCaption"), True),
        "OrderedList": {"enableListAttributes": False},
        "Heading": {"levels": list(range(first_heading, first_heading + LEVELS))},
        "Link": {"enableTarget": False, "defaultProtocol": "https", "protocols": ["http", "https", "mailto", "tel"]},
        "Menu": {"groups": [{"group": group} for group in _MENU]},
    }
