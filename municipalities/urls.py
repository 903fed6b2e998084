from django.urls import path

from municipalities import views

urlpatterns = [
    path("municipalities/", views.municipality_list, name="municipality_list"),
    path("prefectures/", views.prefecture_list, name="prefecture_list"),
    path("wards/", views.ward_list, name="ward_list"),
    path("posts/", views.member_post_list, name="member_post_list"),
    path("posts/<int:pk>/", views.member_post_detail, name="member_post_detail"),
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("agreements/companies/", views.company_agreement_list, name="company_agreement_list"),
]
