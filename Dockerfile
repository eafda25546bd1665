# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
# What the service needs, pinned by hash, into the one folder that the final image takes over.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/notecoach \
 && /opt/notecoach/bin/pip install --require-hashes -r requirements.lock
# The wheel is built by pinned tools that stay behind in this stage.
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY service ./service
COPY prompts ./prompts
COPY evals/datasets ./evals/datasets
RUN /opt/build/bin/python -m build --wheel --no-isolation --outdir /tmp/wheel \
 && /opt/notecoach/bin/pip install --no-deps --no-index /tmp/wheel/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data notecoach
COPY --from=build /opt/notecoach /opt/notecoach
ENV PATH=/opt/notecoach/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER notecoach
# The default database and notecoach.toml live here: mount it to keep them.
WORKDIR /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
# Off loopback the service refuses to start without keys: docker run -e NOTECOACH_API_KEYS=… -p 8000:8000 notecoach
ENTRYPOINT ["notecoach"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
