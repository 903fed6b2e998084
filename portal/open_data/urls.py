"""Addresses of the public tables. To be taken up after the apps, which have files of their own beside these."""

from django.urls import path

from portal.open_data import views

urlpatterns = [
    path("", views.open_data, name="open_data"),
    path("<slug:dataset_id>.csv", views.open_data_file, name="open_data_file"),
    path("<slug:dataset_id>/", views.open_data_dictionary, name="open_data_dictionary"),
]
