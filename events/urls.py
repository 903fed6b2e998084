"""Addresses of events, exhibitions and ward projects."""

from django.urls import path

from events.views import event, exhibition, finding, project

urlpatterns = [
    path("events/", finding.event_list, name="event_list"),
    path("events/<int:pk>/", event.event_detail, name="event_detail"),
    path("events/archive/<int:fiscal_year>/", finding.event_archive, name="event_archive"),
    path("exhibitions/", exhibition.exhibition_list, name="exhibition_list"),
    path("exhibitions/<int:pk>/", exhibition.exhibition_detail, name="exhibition_detail"),
    path("projects/", project.project_list, name="project_list"),
    path("projects/<int:pk>/", project.project_detail, name="project_detail"),
    path("open-data/projects.xlsx", project.projects_xlsx, name="projects_xlsx"),
    path("open-data/projects.csv", project.projects_csv, name="projects_csv"),
]
