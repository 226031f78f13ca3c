#!/bin/sh
# setup.sh [--list] [PURPOSE...] - installs the Debian packages that PURPOSE needs (default: build).
#
# A purpose is build, runtime, image (what an installed kehoach needs), demo, test, samples, eval, misreadings or bench. What is there already is left alone: when nothing is missing
# nothing is run and no network is needed. Otherwise what is missing and how it is installed is printed first; apt-get runs as
# root, or through sudo. With --list the packages are only printed. A word `a|b` is met by either package; a is installed when
# both are missing. (libreoffice-writer and libreoffice-writer-nogui exclude each other: naming both, or one beside a package that
# wants the other, is what makes apt-get say "held broken packages".)
# shellcheck disable=SC2034,SC2086 # the lists are chosen by name, and split into words
set -u

build='gcc make pkg-config|pkgconf libc6-dev libglib2.0-dev libglib2.0-dev-bin libpoppler-glib-dev libcairo2-dev libleptonica-dev
       libjansson-dev libseccomp-dev libsqlite3-dev libpq-dev libxlsxwriter-dev libmicrohttpd-dev gettext'
runtime='tesseract-ocr-vie fonts-liberation2|fonts-liberation'
image="$runtime libglib2.0-0 libpoppler-glib8 libcairo2 libcairo-script-interpreter2 liblept5 libjansson4 libseccomp2 libsqlite3-0 libpq5 libxlsxwriter4 libmicrohttpd12"
demo="$build $runtime"
variants='libreoffice-writer-nogui|libreoffice-writer fonts-liberation2 fonts-texgyre fonts-freefont-ttf fonts-dejavu-core fontconfig
          python3 python3-pil python3-pikepdf'
test="$build $runtime $variants libreoffice-calc-nogui|libreoffice-calc libcmocka-dev qpdf python3-jsonschema python3-levenshtein poppler-utils
      postgresql slurm-wlm munge sqlite3 bc chromium npm|nodejs python3-yaml util-linux python3-numpy python3-opencv python3-reportlab"
samples='libreoffice-writer-nogui|libreoffice-writer fonts-liberation2 fonts-freefont-ttf fontconfig poppler-utils python3 python3-numpy
         python3-opencv python3-pil python3-pikepdf python3-reportlab'
eval="$build $runtime python3 python3-levenshtein poppler-utils tesseract-ocr"
misreadings="$samples $build $runtime python3-levenshtein fonts-texgyre fonts-freefont-ttf"
bench="$build $runtime python3 qpdf ocrmypdf tesseract-ocr poppler-utils sqlite3 util-linux"

complain () { echo "setup: $*" >&2; }

installed () { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The first package of `a|b|c`, or nothing when one of them is installed.
missing_of () {
    for package in $(echo "$1" | tr '|' ' '); do
        installed "$package" && return
    done
    echo "${1%%|*}"
}

list=
[ "${1:-}" = --list ] && list=yes && shift
[ $# -gt 0 ] || set -- build
wanted=
for purpose in "$@"; do
    case "$purpose" in
    build | runtime | image | demo | test | samples | eval | misreadings | bench) eval "wanted=\"\$wanted \$$purpose\"" ;;
    *) complain "unknown purpose '$purpose': build, runtime, image, demo, test, samples, eval, misreadings or bench"; exit 2 ;;
    esac
done
wanted=$(printf '%s\n' $wanted | sort -u)
[ -z "$list" ] || { printf '%s\n' "$wanted"; exit 0; }

if ! command -v dpkg-query >/dev/null; then
    complain "this is no Debian system: install what these packages hold, by the means of yours:"
    printf '  %s\n' $wanted >&2
    exit 1
fi
missing=
for word in $wanted; do
    package=$(missing_of "$word")
    missing="$missing${package:+ $package}"
done
missing=${missing# }
[ -n "$missing" ] || exit 0

echo "setup ($*): missing packages: $missing"
if [ "$(id -u)" -eq 0 ]; then
    root=
elif command -v sudo >/dev/null; then
    root=sudo
else
    complain "neither root nor sudo here; as root run: apt-get install $missing"
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt () { $root env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@"; }
install () { apt install --no-install-recommends "$@"; }

echo "setup: ${root:+$root }apt-get install --no-install-recommends $missing"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
install $missing >"$log" 2>&1 && exit 0
echo "setup: that failed; after apt-get update, once more"
apt update >"$log" 2>&1 || complain "apt-get update failed: $(tail -n 1 "$log")"
install $missing >"$log" 2>&1 && exit 0
echo "setup: together they cannot be installed ($(grep '^E:' "$log" | head -n 1)); one by one:"
failed=
for package in $missing; do
    if install "$package" >"$log" 2>&1; then
        echo "setup: installed $package"
    else
        failed="$failed $package"
        complain "cannot install $package:"
        grep -E '^E:|Depends:|Conflicts:' "$log" | head -n 5 >&2
    fi
done
[ -z "$failed" ] || { complain "still missing:$failed"; exit 1; }
