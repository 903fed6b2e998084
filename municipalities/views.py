from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from municipalities.forms import MemberPostFilterForm, MunicipalityFilterForm
from municipalities.models import CompanyAgreement, CooperationAgreement, MemberPost, Prefecture, Ward
from municipalities.querysets import MunicipalityQuerySet
from municipalities.rows import MunicipalityRow, municipality_row
from municipalities.structured_data import post_thing
from portal.core.forms import AsOfForm
from portal.core.known import known
from portal.core.pagination import page_of, slice_of


def municipality_list(request: HttpRequest) -> HttpResponse:
    form = MunicipalityFilterForm.of(request)
    total, official_total = known(form.totals, "numbers of municipalities", form.asked)
    page = page_of(request, range(total))
    rows = known(lambda: _rows(form.found(), slice_of(page)), "rows of municipalities", form.asked, page.number)
    return render(
        request,
        "municipalities/municipality_list.html",
        {
            "page_title": "自治体をさがす",
            "form": form,
            "page": page,
            "rows": rows,
            "relation": form.value("relation"),
            "official_total": official_total,
            "demo_total": total - official_total,
            "today": timezone.localdate(),
        },
    )


def _rows(found: MunicipalityQuerySet, places: slice) -> list[MunicipalityRow]:
    """Those of the municipalities that were found that have these places among them."""
    return [municipality_row(row) for row in found.for_list().with_links()[places]]


def prefecture_list(request: HttpRequest) -> HttpResponse:
    prefectures: list[Any] = list(Prefecture.objects.with_municipality_count().with_linked_count())
    return render(
        request,
        "municipalities/prefecture_list.html",
        {
            "page_title": "都道府県からさがす",
            "prefectures": prefectures,
            "municipality_total": sum(prefecture.municipality_count for prefecture in prefectures),
            "linked_total": sum(prefecture.linked_count for prefecture in prefectures),
            "today": timezone.localdate(),
        },
    )


def ward_list(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "23区からさがす", "wards": Ward.objects.with_tie_counts(), "today": timezone.localdate()}
    return render(request, "municipalities/ward_list.html", context)


def agreement_list(request: HttpRequest) -> HttpResponse:
    form = AsOfForm.of(request)
    published = CooperationAgreement.objects.published()
    agreements = published.in_force(form.day).for_list(form.day)
    official = published.official().in_force(form.day)
    return render(
        request,
        "municipalities/agreement_list.html",
        {
            "page_title": "広域連携協定",
            "form": form,
            "day": form.day,
            "agreements": agreements,
            "body_total": official.body_total(),
            "member_total": official.member_total(form.day),
            "first_signed_on": published.official().first_signed_on(),
        },
    )


def company_agreement_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, CompanyAgreement.objects.published().for_list())
    context = {"page_title": "企業との包括連携協定", "page": page}
    return render(request, "municipalities/company_agreement_list.html", context)


def member_post_list(request: HttpRequest) -> HttpResponse:
    form = MemberPostFilterForm.of(request)
    page = page_of(request, form.found().latest_first())
    context = {"page_title": "会員自治体からの投稿", "form": form, "page": page, "is_filtered": bool(request.GET)}
    return render(request, "municipalities/member_post_list.html", context)


def member_post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    post = MemberPost.objects.for_detail().get_public(pk=pk)
    context = {
        "page_title": post.title,
        "page_description": post.summary,
        "post": post,
        "structured_data": [post_thing(post, request.build_absolute_uri)],
    }
    return render(request, "municipalities/member_post_detail.html", context)
