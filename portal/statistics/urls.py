"""Addresses of the numbers."""

from django.urls import path

from portal.statistics import breakdowns, downloads, views

urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("partners/", views.partner_list, name="partner_list"),
    path("projects/", views.joint_project_list, name="joint_project_list"),
    path("matrix/", breakdowns.partner_matrix, name="partner_matrix"),
    path("prefectures/", breakdowns.partner_coverage, name="partner_coverage"),
    path("years/", breakdowns.partner_years, name="partner_years"),
    path("reconciliation/", views.reconciliation, name="reconciliation"),
    path("method/", views.method, name="method"),
    path("overview/", downloads.overview, name="overview"),
    path("overview.pdf", downloads.overview_pdf, name="overview_pdf"),
    path("municipalities.xlsx", downloads.municipalities_xlsx, name="municipalities_xlsx"),
    path("projects.xlsx", downloads.cooperation_projects_xlsx, name="cooperation_projects_xlsx"),
    path("figures.csv", downloads.figures_csv, name="figures_csv"),
    path("figures.json", downloads.figures_json, name="figures_json"),
]
