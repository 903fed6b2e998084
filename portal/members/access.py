"""Who may work in the members' area, and for which municipality: reckoned from their post at every request."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from municipalities.models import Membership, MemberStaff, Municipality
from portal.core.accounts import page_to_prove_second_factor, used_second_factor
from portal.core.models import User


class Member(NamedTuple):
    """A person at their post on a day; ``membership`` is None while the municipality is suspended or has left."""

    post: MemberStaff
    membership: Membership | None

    @property
    def user(self) -> User:
        return self.post.user

    @property
    def municipality(self) -> Municipality:
        return self.post.municipality

    def colleagues(self, on: date | None = None) -> QuerySet[MemberStaff]:
        """The posts of all who work for the same municipality on a day, this person's too."""
        return MemberStaff.objects.at(self.municipality, on)


def member_of(user: Any, at: datetime | None = None) -> Member | None:
    """The person's post today; None for whoever has none: yet, any more, or at all."""
    if not user.is_authenticated or not user.is_active:
        return None
    today = timezone.localdate(at)
    post = MemberStaff.objects.of(user, today).first()
    if post is None:
        return None
    return Member(post, Membership.objects.in_force(today).filter(municipality=post.municipality_id).first())


def works_for_member(user: Any, at: datetime | None = None) -> bool:
    """Whether the person has a post today, by one query: what ``member_of`` tells in full."""
    return bool(user.is_active) and MemberStaff.objects.of(user, timezone.localdate(at)).exists()


def member_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for members only: the view gets ``request.member``.

    Whoever is not signed in is led to sign in, whoever has not used a second factor to it; to all others there is no
    such page. Nothing of it is kept by anybody on the way.
    """

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.member = member_of(request.user)
        if request.member is None:
            raise Http404
        if not used_second_factor(request):
            return _to_second_factor(request)
        return view(request, *args, **kwargs)

    return page


def writing_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which only a member in force writes: to one that is suspended or has left there is no such page."""

    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member.membership is None:
            raise Http404
        return view(request, *args, **kwargs)

    return member_page(page)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    prove = page_to_prove_second_factor(request.user)  # type: ignore[arg-type]
    return redirect_to_login(request.get_full_path(), reverse(prove)) if prove else redirect("mfa_index")
