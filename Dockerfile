# The service: `serve` (pages and API) or `work` (a worker), chosen by the command.
# Not built in this project's own tests: they have no container engine.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
FROM ${PYTHON_IMAGE}

# Tesseract is the second reader; OpenCV loads the two libraries; issued papers are set in Tinos (croscore).
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie libgl1 libglib2.0-0 fonts-croscore \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# The lock is complete: nothing is resolved here, and a file whose hash is not in it is refused.
COPY requirements.lock ./
RUN pip install --require-hashes --no-deps -r requirements.lock

# Installed in place, as on a developer's machine, so that templates, profiles and tables are found alike.
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY ocr ocr
COPY signing signing
COPY verification verification
COPY storage storage
COPY api api
RUN pip install --no-deps --no-build-isolation --no-index --editable . \
    && python -m compileall -q ocr signing verification storage api

RUN useradd --uid 10001 --home-dir /var/lib/chungthuc --shell /usr/sbin/nologin chungthuc \
    && install -d -o chungthuc -g chungthuc -m 0700 /var/lib/chungthuc
USER chungthuc
ENV HOME=/var/lib/chungthuc CHUNGTHUC_HOME=/var/lib/chungthuc CHUNGTHUC_HOST=0.0.0.0 OMP_NUM_THREADS=2
VOLUME /var/lib/chungthuc
EXPOSE 8000

ENTRYPOINT ["chungthuc"]
CMD ["serve"]
