from django.urls import path

from portal.members.events import bulk, views

urlpatterns = [
    path("events/", views.member_events, name="member_events"),
    path("events/add/", views.member_event_add, name="member_event_add"),
    path("events/import/", bulk.member_event_import, name="member_event_import"),
    path("events/submit/", views.member_events_submit, name="member_events_submit"),
    path("events/<int:pk>/", views.member_event_change, name="member_event_change"),
    path("events/<int:pk>/step/", views.member_event_step, name="member_event_step"),
    path("events/<int:pk>/preview/", views.member_event_preview, name="member_event_preview"),
    path("events/<int:pk>/delete/", views.member_event_delete, name="member_event_delete"),
    path("events/<int:pk>/announce/", views.member_event_announce, name="member_event_announce"),
    path("events/<int:pk>/report/", views.member_event_report, name="member_event_report"),
]
