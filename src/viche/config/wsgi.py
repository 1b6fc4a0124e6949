"""The WSGI entry: `granian --interface wsgi viche.config.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks there first and complains when it is missing
application = get_wsgi_application()
