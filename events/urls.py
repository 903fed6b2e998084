"""Addresses of events, exhibitions and ward projects."""

from django.urls import path

from events import views

urlpatterns = [
    path("events/", views.event_list, name="event_list"),
    path("events/<int:pk>/", views.event_detail, name="event_detail"),
    path("events/archive/<int:fiscal_year>/", views.event_archive, name="event_archive"),
    path("exhibitions/", views.exhibition_list, name="exhibition_list"),
    path("exhibitions/<int:pk>/", views.exhibition_detail, name="exhibition_detail"),
    path("projects/", views.project_list, name="project_list"),
    path("projects/<int:pk>/", views.project_detail, name="project_detail"),
]
