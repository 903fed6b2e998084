"""Addresses of what visitors write."""

from django.urls import path

from portal.contact import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/sent/<str:token>/", views.contact_sent, name="contact_sent"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/sent/", views.feedback_sent, name="feedback_sent"),
]
