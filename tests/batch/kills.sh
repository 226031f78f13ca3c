#!/bin/sh
# kills.sh [FOLDER] - a batch over FOLDER (default: a small one made of samples/) is killed KILLS times (12) at random moments (SEED).
cd "$(dirname "$0")/../.." || exit 2
python=/usr/bin/python3
[ -x "$python" ] || python=python3
exec "$python" tests/batch/kills.py "$@"
