"""Addresses of the numbers."""

from django.urls import path

from portal.statistics import breakdowns, views

urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("partners/", views.partner_list, name="partner_list"),
    path("matrix/", breakdowns.partner_matrix, name="partner_matrix"),
    path("prefectures/", breakdowns.partner_coverage, name="partner_coverage"),
    path("years/", breakdowns.partner_years, name="partner_years"),
    path("reconciliation/", views.reconciliation, name="reconciliation"),
    path("method/", views.method, name="method"),
]
