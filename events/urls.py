"""Addresses of events, exhibitions and ward projects."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from events.feeds import EventFeed
from events.views import calendar, event, exhibition, finding, project, subscriptions

urlpatterns = [
    path("events/", finding.event_list, name="event_list"),
    path("events.ics", subscriptions.event_subscription, name="event_subscription"),
    path("events/feed/", require_safe(EventFeed()), name="event_feed"),
    path("events/subscribe/", subscriptions.event_subscribe, name="event_subscribe"),
    path("events/<int:pk>/", event.event_detail, name="event_detail"),
    path("events/<int:pk>.ics", subscriptions.event_ics, name="event_ics"),
    path("events/archive/<int:fiscal_year>/", finding.event_archive, name="event_archive"),
    path("events/calendar/", calendar.this_month, name="event_calendar"),
    re_path(r"^events/calendar/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", calendar.month, name="event_calendar_month"),
    path("exhibitions/", exhibition.exhibition_list, name="exhibition_list"),
    path("exhibitions/now/", exhibition.exhibitions_now, name="exhibitions_now"),
    path("exhibitions/<int:pk>/", exhibition.exhibition_detail, name="exhibition_detail"),
    path("exhibitions/<int:pk>.ics", subscriptions.exhibition_ics, name="exhibition_ics"),
    path("projects/", project.project_list, name="project_list"),
    path("projects/<int:pk>/", project.project_detail, name="project_detail"),
    path("open-data/projects.xlsx", project.projects_xlsx, name="projects_xlsx"),
    path("open-data/projects.csv", project.projects_csv, name="projects_csv"),
]
