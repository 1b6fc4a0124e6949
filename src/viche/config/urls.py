"""Every address: Ukrainian without a prefix, English under /en/. Each package names its own; they are asked in this order."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from viche.people.urls import account

urlpatterns = i18n_patterns(
    path("", include("viche.ui.urls")),
    path("", include("viche.mail.urls")),
    path("", include("viche.places.urls")),
    path("", include("viche.people.urls")),
    path("", include("viche.programmes.urls")),
    path("", include("viche.calls.urls")),
    path("", include("viche.events.urls")),
    path("", include("viche.reviews.urls")),
    path("", include("viche.awards.urls")),
    path("", include("viche.results.urls")),
    path("", include("viche.demo.urls")),
    path("", include("viche.site.urls")),
    # Signing in, resetting a password, changing one's address: pages of the sign-in library in our looks.
    path("account/", include(account)),
    prefix_default_language=False,
)

handler400 = "viche.ui.views.bad_request"
handler403 = "viche.ui.views.forbidden"
handler404 = "viche.ui.views.not_found"
# Asked by the sign-in library when somebody tries too often.
handler429 = "viche.ui.views.too_many"
handler500 = "viche.ui.views.failed"
