#!/bin/sh
# Makes .venv from the first Python 3.11 or newer, filled from the lock file by hash.
# Quick the second time: the stamp in .venv is newer than the lock.
set -eu
cd "$(dirname "$0")/.."
stamp=.venv/coachdesk-environment

say() { printf '%s\n' "$*"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.11 python3.13 python3.12 python3.14; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "CoachDesk needs Python 3.11 or newer, and none was found. On Debian 12: apt install python3 python3-venv" >&2
    exit 1
}

# Debian splits venv out of its Python; the packages are named after the version.
complete_python() {
    if "$1" -c 'import ensurepip, venv' 2>/dev/null; then return; fi
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! command -v apt-get >/dev/null 2>&1; then
        say "This Python ($1) cannot make environments: install its venv module." >&2
        exit 1
    fi
    say "Installing python$version-venv, which this Python lacks"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null
}

if [ ! -x .venv/bin/python ] || ! new_enough .venv/bin/python; then
    python=$(find_python)
    complete_python "$python"
    say "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi

if [ ! -e "$stamp" ] || [ requirements.lock -nt "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
    say "Installing what the lock file names (a few minutes the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    touch "$stamp"
fi
