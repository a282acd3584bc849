from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.api import MeView, ResetRequestView
from accounts.problems import plain_problem
from config.health import healthz
from config.metrics import metrics
from config.shell import shell
from exercises import api as exercises
from reminders import api as reminders
from reminders.pages import calendar_feed, resubscribe, unsubscribe
from sharing import api as sharing
from sharing.manifests import manifest, sealed_file, viewer
from sharing.pages import urlpatterns as report_pages
from tracker import api as tracker


def no_such_address(request: HttpRequest) -> HttpResponse:
    return plain_problem(request, 404, "not_found", "There is no such address.")


v1 = [
    path("me", MeView.as_view()),
    *tracker.urlpatterns,
    *exercises.urlpatterns,
    *sharing.urlpatterns,
    *reminders.urlpatterns,
]

urlpatterns = [
    path("api/v1/", include(v1)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema")),
    path("api/unsubscribe/<str:token>", unsubscribe),
    path("api/resubscribe/<str:token>", resubscribe),
    re_path(r"^api/", no_such_address),
    path("_allauth/browser/v1/auth/password/request", ResetRequestView.as_api_view(client="browser")),
    path("_allauth/", include("allauth.headless.urls")),
    path("calendar/<str:token>.ics", calendar_feed),
    *report_pages,
    path("shl", viewer),
    path("shl/<str:link_id>", manifest),
    path("shl/<str:link_id>/files/<str:token>", sealed_file),
    path("healthz", healthz),
    path("metrics", metrics),
    # Files the build does not have must be missing, not a page: a stale worker would cache it as a script.
    re_path(r"^(?:(?:_app|icons|static)/.*|.*\.(?:js|css|json|map|png|webmanifest|ico|txt))$", no_such_address),
    re_path(r"^", shell),
]

handler400 = "config.faults.refused"
handler404 = "config.faults.not_found"
handler500 = "config.faults.broken"
