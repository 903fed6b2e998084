from django.urls import path

from portal.members import views
from portal.members.applications.views import member_application, status
from portal.members.sign_up.views import confirmation, details, sent, sign_up

urlpatterns = [
    path("", views.about, name="members_about"),
    path("signup/", sign_up, name="member_signup"),
    path("signup/sent/", sent, name="member_signup_sent"),
    path("signup/confirm/<str:token>/", confirmation, name="member_signup_confirm"),
    path("signup/<str:code>/", details, name="member_signup_details"),
    path("status/", status, name="member_status"),
    path("people/applications/<str:reference>/", member_application, name="member_application"),
    path("after-sign-in/", views.after_sign_in, name="after_sign_in"),
]
