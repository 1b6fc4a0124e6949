"""The WSGI entry: `granian --interface wsgi viche.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
application = get_wsgi_application()
