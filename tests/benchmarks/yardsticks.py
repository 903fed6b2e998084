"""What pages are held against: as little as a server can do, and a plain list as anybody would write it in Django."""

import os

import django
import environ
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.urls import path, reverse
from django.utils.module_loading import import_string

BODY = b"x" * 20_000
ROWS = 20
TEMPLATES = {
    "base.html": """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body><nav><a href="{% url "event_list" %}">催し</a></nav>
<main>{% block content %}{% endblock %}</main></body></html>""",
    "event_list.html": """{% extends "base.html" %}
{% block title %}催し{% endblock %}
{% block content %}<h1>催し（{{ page_obj.paginator.count }}件）</h1>
<ul>{% for event in page_obj %}<li>
  <h2><a href="{{ event.get_absolute_url }}">{{ event.title }}</a></h2>
  <p><time datetime="{{ event.first_day|date:"Y-m-d" }}">{{ event.first_day|date:"Y年n月j日" }}</time>
  {% if event.last_day != event.first_day %}
    ～<time datetime="{{ event.last_day|date:"Y-m-d" }}">{{ event.last_day|date:"n月j日" }}</time>
  {% endif %}</p>
  <p>{{ event.get_kind_display }} {{ event.get_status_display }}{% if event.is_free %} 無料{% endif %}</p>
  {% if event.venue %}<p>{{ event.venue.name }}</p>{% endif %}
</li>{% endfor %}</ul>
<p>{% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">前へ</a>{% endif %}
{{ page_obj.number }} / {{ page_obj.paginator.num_pages }}
{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">次へ</a>{% endif %}</p>{% endblock %}""",
}

LOADER = ("django.template.loaders.locmem.Loader", TEMPLATES)


def bare(environ, start_response):
    """Twenty kilobytes that nobody has to make."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def _start_project() -> None:
    """Django as ``startproject`` sets it up, on the database of the environment."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=os.environ["SECRET_KEY"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 600}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                    "loaders": [("django.template.loaders.cached.Loader", [LOADER])],
                },
            }
        ],
        USE_TZ=True,
        TIME_ZONE="Asia/Tokyo",
        LANGUAGE_CODE="ja",
    )
    django.setup()


def plain():
    """Twenty events a page from the portal's own table: what ``startproject`` sets up, a model and a ``ListView``."""
    _start_project()
    list_view = import_string("django.views.generic.ListView")

    class Venue(models.Model):
        name = models.TextField()

        class Meta:
            app_label = "yardsticks"
            managed = False
            db_table = "events_venue"

        def __str__(self) -> str:
            return self.name

    class Event(models.Model):
        title = models.TextField()
        kind = models.TextField(choices=[("fair", "物産展"), ("lecture", "講演会"), ("course", "講座")])
        status = models.TextField(choices=[("planned", "予定"), ("cancelled", "中止")])
        first_day = models.DateField()
        last_day = models.DateField()
        is_free = models.BooleanField(null=True)
        venue = models.ForeignKey(Venue, models.DO_NOTHING, null=True)

        class Meta:
            app_label = "yardsticks"
            managed = False
            db_table = "events_event"

        def __str__(self) -> str:
            return self.title

        def get_absolute_url(self) -> str:
            return reverse("event_detail", args=[self.pk])

    class EventList(list_view):
        queryset = Event.objects.select_related("venue").order_by("-first_day", "pk")
        template_name = "event_list.html"
        paginate_by = ROWS

    urlpatterns.append(path("", EventList.as_view(), name="event_list"))
    urlpatterns.append(path("events/<int:pk>/", EventList.as_view(), name="event_detail"))
    return WSGIHandler()


urlpatterns: list = []
