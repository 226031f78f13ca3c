#!/bin/sh
# kills.sh [FOLDER] - a batch over FOLDER (default: 200 files that samples/archive.py makes) is killed KILLS times (20) at random moments (SEED).
python=/usr/bin/python3
[ -x "$python" ] || python=python3
exec "$python" "$(dirname "$0")/kills.py" "$@"
