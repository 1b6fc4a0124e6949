"""Every address: Ukrainian without a prefix, English under /en/. Each package names its own; they are asked in this order."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    # Signing in, resetting a password, changing one's address: pages of the sign-in library in our looks.
    path("account/", include("allauth.account.urls")),
    prefix_default_language=False,
)
