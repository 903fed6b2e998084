"""Addresses of the search."""

from django.urls import path

from portal.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.search_suggestions, name="search_suggestions"),
]
