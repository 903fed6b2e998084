from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def agreement_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "agreement_detail"})


def agreement_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "agreement_list"})


def company_agreement_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "company_agreement_detail"})


def company_agreement_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "company_agreement_list"})


def municipality_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "municipality_list"})


def prefecture_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "prefecture_list"})


def ward_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "ward_list"})
