from django.urls import path

from portal.members.posting import posts, profile

urlpatterns = [
    path("profile/", profile.member_profile, name="member_profile"),
    path("profile/step/", profile.member_profile_step, name="member_profile_step"),
    path("profile/preview/", profile.member_profile_preview, name="member_profile_preview"),
    path("posts/", posts.member_posts, name="member_posts"),
    path("posts/add/", posts.member_post_add, name="member_post_add"),
    path("posts/<int:pk>/", posts.member_post_change, name="member_post_change"),
    path("posts/<int:pk>/step/", posts.member_post_step, name="member_post_step"),
    path("posts/<int:pk>/preview/", posts.member_post_preview, name="member_post_preview"),
    path("posts/<int:pk>/delete/", posts.member_post_delete, name="member_post_delete"),
]
