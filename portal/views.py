from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "about"})


def healthz(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "healthz"})


def history(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "history"})


def home(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "home"})


def municipality_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "municipality_detail"})


def news_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "news_detail"})


def news_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "news_list"})


def plan(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "plan"})


def policy(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "policy"})


def prefecture_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "prefecture_detail"})


def prospectus(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "prospectus"})


def publication_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "publication_list"})


def statistics(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "statistics"})


def ward_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "ward_detail"})
