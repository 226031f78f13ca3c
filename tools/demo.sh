#!/bin/sh
# demo.sh - reads a scanned sample and shows what came out. Run by `make demo`.
cd "$(dirname "$0")/.." || exit 2
PROGRAM=${PROGRAM:-build/release/kehoach}
sample=$(ls samples/*/scan-a.pdf 2>/dev/null | head -n 1)
[ -n "$sample" ] || { echo "demo: no scanned sample in samples/" >&2; exit 1; }
mkdir -p build/demo
json=build/demo/$(basename "$(dirname "$sample")").json
echo "\$ kehoach extract $sample -o $json"
"$PROGRAM" extract "$sample" -o "$json" || exit
"$PROGRAM" validate "$json" || exit
echo "\$ kehoach extract --format table $sample"
"$PROGRAM" extract --format table "$sample" || exit
echo
echo "The whole record, with the place of each value on its page: $json"
