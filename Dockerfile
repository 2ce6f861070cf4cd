FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/citegraph
COPY requirements ./requirements
RUN /opt/citegraph/bin/pip install --no-cache-dir --no-compile --require-hashes --only-binary=:all: --requirement requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY kg ./kg
COPY api ./api
COPY cypher ./cypher
RUN /opt/citegraph/bin/pip install --no-cache-dir --no-compile --no-index --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home citegraph && install -d -o citegraph -g citegraph /data
COPY --from=build /opt/citegraph /opt/citegraph
# Search indexes of a server's graph are kept beside the archive: nothing else can be written, and builds share them.
ENV PATH=/opt/citegraph/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/data/.cache
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/api/health', timeout=4)"]
ENTRYPOINT ["kg"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
