"""The WSGI application that gunicorn serves."""

import gc
import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from portal.core.logs import HideSecrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# What is ours is imported once Django knows its models.
_django = get_wsgi_application()
_front_of = import_string("portal.serving.front.front_of")
application = _front_of(_django, keeps_pages=settings.PAGE_CACHE)

# What was loaded stays: looking it through for what nobody needs any more would take a tenth of a second each time.
gc.collect()
gc.freeze()

# gunicorn writes down every address that is opened, with handlers of its own.
logging.getLogger("gunicorn.access").addFilter(HideSecrets())
