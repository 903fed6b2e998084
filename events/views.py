from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def event_archive(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "event_archive"})


def event_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "event_detail"})


def event_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "event_list"})


def exhibition_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "exhibition_detail"})


def exhibition_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "exhibition_list"})


def project_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "project_detail"})


def project_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "project_list"})
