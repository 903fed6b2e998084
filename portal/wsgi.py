"""The WSGI application that gunicorn serves."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from portal.core.logs import HideSecrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# gunicorn writes down every address that is opened, with handlers of its own.
logging.getLogger("gunicorn.access").addFilter(HideSecrets())
