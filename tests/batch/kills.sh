#!/bin/sh
# kills.sh [FOLDER] - a batch over FOLDER (default: a small one made of samples/) is killed KILLS times (12) at random moments (SEED).
python=/usr/bin/python3
[ -x "$python" ] || python=python3
exec "$python" "$(dirname "$0")/kills.py" "$@"
