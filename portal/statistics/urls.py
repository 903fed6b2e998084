"""Addresses of the numbers."""

from django.urls import path

from portal.statistics import views

urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("partners/", views.partner_list, name="partner_list"),
    path("reconciliation/", views.reconciliation, name="reconciliation"),
    path("method/", views.method, name="method"),
]
