"""What pages are held against: as little as a server can do, and a plain list as anybody would write it in Django."""

import os

import django
import environ
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

BODY = b"x" * 20_000
ROWS = 20
TEMPLATE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<ul>{% for row in rows %}<li><a href="/events/{{ row.pk }}/">{{ row.title }}</a>
<time datetime="{{ row.first_day|date:"Y-m-d" }}">{{ row.first_day }}</time> {{ row.kind }} {{ row.status }}</li>
{% endfor %}</ul></body></html>"""


def bare(environ, start_response):
    """Twenty kilobytes that nobody has to make."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def plain():
    """A list of twenty events from the portal's own table, with Django and nothing else."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=os.environ["SECRET_KEY"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": _database(os.environ["DATABASE_URL"])},
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
        TIME_ZONE="Asia/Tokyo",
        LANGUAGE_CODE="ja",
    )
    django.setup()

    class Event(models.Model):
        title = models.TextField()
        kind = models.TextField()
        status = models.TextField()
        first_day = models.DateField()

        class Meta:
            app_label = "yardsticks"
            managed = False
            db_table = "events_event"

        def __str__(self) -> str:
            return self.title

    template = engines["django"].from_string(TEMPLATE)

    def event_list(request: HttpRequest) -> HttpResponse:
        rows = Event.objects.order_by("-pk")[:ROWS]
        return HttpResponse(template.render({"title": "催し", "rows": rows}, request))

    urlpatterns.append(path("", event_list))
    return WSGIHandler()


def _database(url: str) -> dict:
    return environ.Env.db_url_config(url) | {"CONN_MAX_AGE": 600}


urlpatterns: list = []
