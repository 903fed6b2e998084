"""The pages on which a member writes its notices, its products and its programmes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from municipalities.models import MemberPost
from portal.core.approval.actions import TOO_LATE
from portal.core.pagination import page_of
from portal.members.access import Member, writing_page
from portal.members.posting.forms import MemberPostForm
from portal.members.posting.previews import preview_of
from portal.members.posting.way import deletion, steps_of, take_step, way_of, ways_of
from portal.members.posting.writing import Files, Sheet

FILES = Files("images", "attachments")


def _post_of(member: Member, pk: int) -> MemberPost:
    """A post of the person's municipality. Raises Http404 for every other."""
    return get_object_or_404(MemberPost.objects.of(member.municipality), pk=pk)


@writing_page
def member_posts(request: Any) -> HttpResponse:
    posts = MemberPost.objects.of(request.member.municipality).latest_written_first()
    page = page_of(request, posts)
    context = {"page_title": "投稿の一覧", "page": page, "ways": ways_of(page.object_list)}
    return render(request, "members/posting/post_list.html", context)


@writing_page
def member_post_add(request: Any) -> HttpResponse:
    post = MemberPost(owner=request.member.municipality, kind=request.GET.get("kind", ""))
    return _write(request, post, None, "投稿を書く")


@writing_page
def member_post_change(request: Any, pk: int) -> HttpResponse:
    post = _post_of(request.member, pk)
    way = way_of(post)
    if way.is_writable:
        return _write(request, post, way, str(post))
    return _page(request, way, str(post), refused=TOO_LATE if request.method == "POST" else "")


def _write(request: Any, post: MemberPost, way: Any, title: str) -> HttpResponse:
    def make_form(record: MemberPost, data: Any) -> MemberPostForm:
        return MemberPostForm(data, instance=record, municipality=request.member.municipality)

    sheet = Sheet(request, post, make_form, FILES)
    if request.method == "POST" and sheet.save():
        return redirect("member_post_change", sheet.record.pk)
    return _page(request, way, title, sheet=sheet)


def _page(request: Any, way: Any, title: str, **context: Any) -> HttpResponse:
    told: dict[str, Any] = {"page_title": title, "way": way, "is_new": way is None}
    if way is not None:
        told |= {
            "steps": steps_of(way.record, request.member),
            "step_url": reverse("member_post_step", args=[way.record.pk]),
            "preview_url": reverse("member_post_preview", args=[way.record.pk]),
        }
    return render(request, "members/posting/post_form.html", told | context)


@require_POST
@writing_page
def member_post_step(request: Any, pk: int) -> HttpResponse:
    return take_step(request, _post_of(request.member, pk), done=reverse("member_post_change", args=[pk]))


@writing_page
def member_post_preview(request: Any, pk: int) -> HttpResponse:
    return preview_of(request, _post_of(request.member, pk), back=reverse("member_post_change", args=[pk]))


@writing_page
def member_post_delete(request: Any, pk: int) -> HttpResponse:
    back = reverse("member_post_change", args=[pk])
    return deletion(request, _post_of(request.member, pk), kind="投稿", back=back, done="member_posts")
