#!/bin/sh
# What the program says about itself: help, version, manual, completion, in both languages.
. "$(dirname "$0")/../lib.sh"

has () { grep -Eq -- "$1" "$work/${2:-out}"; }
options_of () { grep -oE -- '--[a-z-]+' "$1" | sort -u | grep -v help; }
silent () { [ ! -s "$work/$1" ]; }

runs 'kehoach --help' "$program" --help
that 'help names the commands' has '^ +extract .*' 
that 'help is all on standard output' silent err
runs 'kehoach --version' "$program" --version
that 'version is one line' [ "$(wc -l <"$work/out")" -eq 1 ]
that 'version is a number' has '^kehoach [0-9]+\.[0-9]+\.[0-9]+'
for command in extract repair survey validate; do
    runs "kehoach $command --help" "$program" "$command" --help
    that "$command --help tells its usage" has "^Usage:"
    cp "$work/out" "$work/help"
    runs 'manual' "$program" --generate man
    # every option the help shows stands in the manual, where hyphens may be written \-
    sed 's/\\-/-/g' "$work/out" >"$work/manual"
    missing=$(options_of "$work/help" | while read -r option; do grep -qwF -- "$option" "$work/manual" || echo "$option"; done)
    that "the manual has all options of $command" [ -z "$missing" ]
    runs 'completion' "$program" --generate bash-completion
    missing=$(options_of "$work/help" | while read -r option; do grep -qwF -- "$option" "$work/out" || echo "$option"; done)
    that "completion has all options of $command" [ -z "$missing" ]
done
that 'the completion is sound shell' bash -n "$work/out"

exits 2 'no command' "$program"
exits 2 'unknown command' "$program" extrakt
that 'it is named in the message' has extrakt err
exits 2 'unknown option' "$program" extract --nonsense x
exits 2 'unknown format' "$program" extract --format pdf x
exits 2 'unknown OCR mode' "$program" extract --ocr maybe x
exits 2 'no input' "$program" extract
exits 2 'jobs below zero' "$program" extract --jobs -1 x
that 'complaints go to standard error' silent out

locale=${B:-build/release}/locale
if [ -f "$locale/vi/LC_MESSAGES/kehoach.mo" ]; then
    runs 'help in Vietnamese' env KEHOACH_LOCALE_DIR="$locale" LANGUAGE=vi "$program" --help
    that 'it is Vietnamese' has 'Cách dùng|Lệnh|kế hoạch'
    runs 'version in Vietnamese' env KEHOACH_LOCALE_DIR="$locale" LANGUAGE=vi "$program" --version
    exits 3 'a complaint in Vietnamese' env KEHOACH_LOCALE_DIR="$locale" LANGUAGE=vi "$program" extract "$work/none.pdf"
    that 'it is Vietnamese too' has 'không' err
else
    skip 'messages in Vietnamese' 'no catalogue built'
fi
finish
