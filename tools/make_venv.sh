#!/bin/sh
# usage: tools/make_venv.sh REQUIREMENTS
# Makes .venv, or brings it up to date, from a pinned and hashed requirements file.
set -eu
cd "$(dirname "$0")/.."

# What a user's shell may set and what would lead pip or Python out of the environment.
unset PYTHONPATH PYTHONHOME
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

find_python() {
    without_venv=
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        "$name" -c "$fits" 2>/dev/null || continue
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            return
        fi
        without_venv=${without_venv:-$name}
    done
    if [ -n "$without_venv" ]; then
        package=$("$without_venv" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        echo "$without_venv cannot make a virtual environment. On Debian and Ubuntu: apt install $package" >&2
    elif [ -n "${PYTHON:-}" ]; then
        echo "$PYTHON is no Python 3.11, 3.12 or 3.13. Name another one: make PYTHON=/path/to/python3.12 ..." >&2
    else
        echo "Annotator needs Python 3.11, 3.12 or 3.13, and there is none on the PATH." >&2
        echo "Install one (Debian, Ubuntu: apt install python3 python3-venv; Fedora: dnf install python3.13;" >&2
        echo "macOS: brew install python@3.13), or name it: make PYTHON=/path/to/python3.12 ..." >&2
    fi
    return 1
}

python=.venv/bin/python
if ! { "$python" -c "$fits" && "$python" -m pip --version; } >/dev/null 2>&1; then
    found=$(find_python)
    echo "Making .venv with $("$found" --version)"
    "$found" -m venv --clear .venv
fi

echo "Installing $1 into .venv (the first time some minutes, 400 MB to load)"
# --compile: without bytecode (PYTHONDONTWRITEBYTECODE, PIP_NO_COMPILE) every start takes twice the time.
"$python" -m pip install --quiet --compile --require-hashes --requirement "$1"
"$python" -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
