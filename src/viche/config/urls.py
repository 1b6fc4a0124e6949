"""Every address: Ukrainian without a prefix, English under /en/. Each package names its own; the order is the order of asking."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("viche.ui.urls")),
    prefix_default_language=False,
)

handler404 = "viche.ui.views.not_found"
handler500 = "viche.ui.views.broken"
