#!/bin/sh
# The same table set with other widths, fonts and heights gives the same rows: 20 variants of each sample that has one, by seed. They lie in
# build/variants, as PDF and as the text they were made of, and are set anew only when that changes. More of them:
#   samples/render.py --variants 100 --out build/variants
#   kehoach extract -o build/variants/records build/variants/*.pdf
#   tests/variants/same_rows.py samples build/variants build/variants/records 100
. "$(dirname "$0")/../lib.sh"

n=20
variants=build/variants
mkdir "$work/records"
if "$python" samples/render.py --variants $n --out $variants >"$work/out" 2>"$work/err" &&
    "$program" extract --quiet -o "$work/records" $variants/*-??.pdf 2>"$work/err"; then
    "$python" tests/variants/same_rows.py samples $variants "$work/records" $n || failed=1
else
    echo "not ok - variants are rendered and read"
    tail -n 12 "$work/err" | sed 's/^/#   /'
    failed=1
fi
finish
