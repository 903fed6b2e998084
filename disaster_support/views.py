from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def disaster_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "disaster_detail"})


def disaster_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html", {"page_title": "disaster_list"})
