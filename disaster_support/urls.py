"""Addresses of the support for struck municipalities."""

from django.urls import path

from disaster_support import views

urlpatterns = [
    path("disaster-support/", views.disaster_list, name="disaster_list"),
    path("disaster-support/<int:pk>/", views.disaster_detail, name="disaster_detail"),
]
