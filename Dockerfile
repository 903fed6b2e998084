# The packages, in a folder of their own: pip and its leftovers stay behind.
FROM python:3.11-slim AS packages
COPY requirements-extras.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-extras.txt \
    && /opt/venv/bin/pip check

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A Japanese font, for the PDF and the pictures that stand beside links to our pages elsewhere; what WeasyPrint draws with;
# pg_dump, pg_restore and psql, of the version of the database in docker-compose.yml.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-morisawa-bizud-gothic \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY portal portal
COPY municipalities municipalities
COPY events events
COPY disaster_support disaster_support
COPY templates templates
COPY static static
# The static files belong to the image; what is uploaded, the mirror, the backups and var/state outlive it.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --no-input --verbosity 0 \
    && install --directory --owner=portal --group=portal var/media var/waiting var/mirror var/backups var/state
USER portal
EXPOSE 8000
# The address is asked for under a name that the portal answers to.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-c", "\
from urllib.request import Request, urlopen; \
from portal.settings import ALLOWED_HOSTS; \
urlopen(Request('http://127.0.0.1:8000/healthz', headers={'Host': ALLOWED_HOSTS[0].lstrip('.')}), timeout=4)"]
CMD ["gunicorn", "portal.wsgi", "--no-control-socket", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--config", "python:portal.operations.server"]
