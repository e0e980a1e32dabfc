"""The page server's application, for a WSGI server that wants one by name."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
application = get_wsgi_application()
