FROM python:3.11-slim-trixie

# For backups: pg_dump refuses a PostgreSQL that is newer than itself, and this is compose.yaml's.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/unpinch
COPY . .
# The same steps as on any machine: the environment in .venv, the web app in static/build.
RUN python3 tools/bootstrap.py build && rm -rf static/node_modules

RUN useradd --system --no-create-home unpinch && install -d -o unpinch -m 700 /var/lib/unpinch
USER unpinch
ENV DATA_DIR=/var/lib/unpinch PYTHONDONTWRITEBYTECODE=1
VOLUME /var/lib/unpinch
EXPOSE 8000
