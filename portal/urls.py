"""Every address of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from portal import agreements, errors, places, policies, sitemaps, views
from portal.core.admin.entries import say_back
from portal.core.media import serve_media
from portal.core.previewing.views import preview
from portal.feeds import MemberPostFeed, NewsFeed
from portal.gallery.views import component_gallery
from portal.mirror.views import leave_mirror, not_in_mirror
from portal.operations.views import metrics, readyz
from portal.social_images import social_image

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("about/prospectus/", views.prospectus, name="prospectus"),
    path("about/history/", views.history, name="history"),
    path("about/policy/", views.policy, name="policy"),
    path("about/plan/", views.plan, name="plan"),
    path("news/", views.news_list, name="news_list"),
    path("news/feed/", require_safe(NewsFeed()), name="news_feed"),
    path("news/<int:pk>/", views.news_detail, name="news_detail"),
    path("publications/", views.publication_list, name="publication_list"),
    path("posts/feed/", require_safe(MemberPostFeed()), name="member_post_feed"),
    path("statistics/", include("portal.statistics.urls")),
    path("municipalities/<str:code>/", places.municipality_detail, name="municipality_detail"),
    path("prefectures/<str:code>/", places.prefecture_detail, name="prefecture_detail"),
    path("wards/<str:code>/", places.ward_detail, name="ward_detail"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/companies/<int:pk>/", agreements.company_agreement_detail, name="company_agreement_detail"),
    path("", include("municipalities.urls")),
    path("", include("events.urls")),
    path("", include("disaster_support.urls")),
    path("", include("portal.contact.urls")),
    path("search/", include("portal.search.urls")),
    path("open-data/", include("portal.open_data.urls")),
    path("api/v1/", include("portal.api.urls")),
    path("members/", include("portal.members.urls")),
    path("members/", include("portal.members.area.urls")),
    path("members/", include("portal.members.posting.urls")),
    path("members/", include("portal.members.events.urls")),
    path("accounts/", include("portal.core.urls")),
    path("preview/<str:token>/", preview, name="preview"),
    path(f"{settings.ADMIN_PATH}read-back/", admin.site.admin_view(say_back), name="read_back"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("media/<path:name>", serve_media, name="media"),
    path("accessibility/", policies.accessibility, name="accessibility"),
    path("accessibility/results/", policies.accessibility_results, name="accessibility_results"),
    path("privacy/", policies.privacy, name="privacy"),
    path("site-policy/", policies.site_policy, name="site_policy"),
    path("site-map/", policies.site_map, name="site_map"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("og/<slug:kind>/<slug:key>.png", social_image, name="social_image"),
    path("components/", component_gallery, name="component_gallery"),
    path("healthz", views.healthz, name="healthz"),
    path("not-in-mirror/", not_in_mirror, name="not_in_mirror"),
    re_path(r"^(?P<path>(?:.+/)?@[^/]+/[^/]*|.+/feed/index\.xml)$", leave_mirror, name="leave_mirror"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))
