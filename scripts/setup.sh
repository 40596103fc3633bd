#!/bin/sh
# Make this checkout ready: system packages, virtual environment, pinned and hashed requirements.
#   scripts/setup.sh run     what the service and the demo need
#   scripts/setup.sh dev     that, and what the tests need
# A second run finds a stamp and ends at once. Nothing outside .venv is changed but Debian packages, and
# those only by root; anybody else is told their names in one sentence.
set -eu
cd "$(dirname "$0")/.."

what=${1:-run}
case "$what" in
    run) lock=requirements.lock packages="tesseract-ocr tesseract-ocr-vie libgl1 libglib2.0-0 fonts-croscore" ;;
    dev)
        lock=requirements-dev.lock
        packages="tesseract-ocr tesseract-ocr-vie libgl1 libglib2.0-0 fonts-croscore libatomic1 chromium poppler-utils openssl postgresql docker-compose softhsm2"
        ;;
    *) echo "usage: scripts/setup.sh run|dev" >&2 && exit 64 ;;
esac

# 1. System packages.
missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Cần cài các gói hệ thống / please install these system packages first: sudo apt-get install$missing" >&2
        exit 1
    fi
    echo "apt-get install$missing" >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# 2. Python 3.11 or later, with venv.
python=${PYTHON:-}
for candidate in $python python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null &&
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate && break
    fi
    python=
done
if [ -z "$python" ]; then
    echo "Cần Python 3.11 có venv / Python 3.11 with venv is needed: apt-get install python3.11 python3.11-venv" >&2
    exit 1
fi

# 3. The environment, made anew whenever what it is made of has changed.
wanted=$(cat "$lock" pyproject.toml scripts/setup.sh | sha256sum | cut -d ' ' -f 1)
for stamp in .venv/.ready-"$what" .venv/.ready-dev; do
    if [ -f "$stamp" ] && [ "$what" = run ] && [ "$stamp" = .venv/.ready-dev ]; then exit 0; fi
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
done
echo "Python packages: about a minute, once" >&2
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$wanted" >.venv/.ready-"$what"
