from django.urls import path

from portal.members.area import dashboard, membership, people, yearly

urlpatterns = [
    path("dashboard/", dashboard.member_dashboard, name="member_dashboard"),
    path("people/", people.member_people, name="member_people"),
    path("people/me/", people.member_me, name="member_me"),
    path("people/leave/", people.member_leave, name="member_leave"),
    path("people/<int:pk>/end/", people.member_end, name="member_end"),
    path("handover/", people.member_handover, name="member_handover"),
    path("membership/", membership.member_membership, name="member_membership"),
    path("membership/<slug:step>/", membership.member_membership_step, name="member_membership_step"),
    path("confirm/<str:token>/", yearly.confirmation, name="member_confirmation"),
]
