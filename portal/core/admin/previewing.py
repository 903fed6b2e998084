"""Seeing a record as the public will see it, and showing it to people without an account."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal.core.admin.access import AsksTheSite
from portal.core.previewing.actions import make_link, revoke
from portal.core.previewing.models import PreviewLink
from portal.core.previewing.rendering import public_page, seal


class LinkForm(forms.ModelForm):
    """Whom a link is for."""

    class Meta:
        model = PreviewLink
        fields = ("recipient",)


class OffersPreviews(AsksTheSite, admin.ModelAdmin):
    """Pages beside the one on which the steps of a record are taken (``review``)."""

    def get_urls(self) -> list[URLPattern]:
        pages = (("preview", self.preview_view), ("links", self.links_view))
        return [
            *(
                path(
                    f"<path:object_id>/{page}/",
                    self.admin_site.admin_view(view),
                    name=f"{self.opts.app_label}_{self.opts.model_name}_{page}",
                )
                for page, view in pages
            ),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The public page of a record as it is proposed."""
        record = self._known(request, object_id)  # type: ignore[attr-defined]
        try:
            return seal(public_page(request, record))
        except ValidationError as error:
            messages.error(request, f"変更案が、いまの公開内容と合わなくなりました。{' '.join(error.messages)}")
            return redirect(self._review(record))

    def links_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes a link, which is shown here and never again; or revokes one."""
        record = self._known(request, object_id)  # type: ignore[attr-defined]
        if request.method != "POST":
            return redirect(self._review(record))
        if not self.access(request).holds(record):
            raise PermissionDenied
        if "revoke" in request.POST:
            return self._revoke(request, record)
        form = LinkForm(request.POST, label_suffix="")
        if not form.is_valid():
            messages.error(request, "渡す相手の組織を、100文字までで入れてください。")
            return redirect(self._review(record))
        link, token = make_link(record=record, recipient=form.cleaned_data["recipient"], by=request.user)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "プレビューのリンク",
            "object": record,
            "opts": self.opts,
            "link": link,
            "address": request.build_absolute_uri(reverse("preview", args=[token])),
            "review_url": self._review(record),
        }
        return seal(TemplateResponse(request, "admin/preview_link.html", context).render())

    def _revoke(self, request: HttpRequest, record: Any) -> HttpResponse:
        key = request.POST["revoke"]
        links = PreviewLink.objects.of(record).open()
        link: Any = get_object_or_404(links, pk=int(key) if key.isdecimal() else 0)
        revoke(link=link, by=request.user)
        messages.success(request, f"{link.recipient}へのリンクを取り消しました。")
        return redirect(self._review(record))

    def _review(self, record: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_review", args=[record.pk])
