# ocr_errors.tsv -> the C tables that are compiled in: what it costs to take a mark or letter for another. Run after a change of the list:
#     awk -f models/ocr_costs.awk models/ocr_errors.tsv > extractor/viet/ocr_costs.h
# A cost is -ln of how often the engine reads one for the other, against how often a word has any misread mark: what is more frequent than
# that costs less than nothing. Counts are smoothed, since other scans show other errors.
BEGIN { FS = "\t"; LEAST = -2.5; MOST = 3.8 }
$1 == "mark" && $2 != $3 && $4 >= 2 { pair[++marks] = "\"" $2 "\", \"" $3 "\""; share[marks] = ($4 + 0.5) / ($5 + 200) }
$1 == "word" { habit[++habits] = "\"" $2 "\", \"" $3 "\""; habit_share[habits] = ($4 + 0.5) / ($5 + 50) }
$1 == "syllable" { total = $5; if ($3 != "right") wrong += $4 }
$1 == "letter" && length($2) == 1 && length($3) == 1 && $2 ~ /[a-z]/ && $3 ~ /[a-z]/ && $4 >= 2 { letters[++n] = $2 " " $3 " " $4 / $5 }
$1 == "confidence" && $2 ~ /-/ && $2 != "0.9-1.0" { band = substr($2, 1, 3) * 10; if ($3 == "right") right[band] = $4; all[band] = $5 }
$1 == "confidence" && $2 ~ /^(0\.9[0-9]|1\.00)$/ { fine = $2 == "1.00" ? 10 : substr($2, 4, 1); if ($3 == "right") fine_right[fine] = $4; fine_all[fine] = $5 }

function cost(p) {
    p = -log(p / (wrong / total))
    return sprintf("%.2ff", p < LEAST ? LEAST : p > MOST ? MOST : p)
}
function sure(good, n) { return sprintf("%.2ff", -log((n - good + 1) / (n + 2))) }

END {
    print "/* Made from models/ocr_errors.tsv by models/ocr_costs.awk; do not edit. */"
    print "/* clang-format off */"
    print "#define MARK_COST_OTHERS " sprintf("%.2ff", MOST)
    print "static const struct { const char *printed, *read; float cost; } MARK_COSTS[] = {"
    for (i = 1; i <= marks; i++) if (cost(share[i]) != sprintf("%.2ff", MOST)) print "    { " pair[i] ", " cost(share[i]) " },"
    print "};"
    print "static const struct { const char *printed, *read; float cost; } WORD_COSTS[] = {"
    for (i = 1; i <= habits; i++) print "    { " habit[i] ", " cost(habit_share[i]) " },"
    print "};"
    print "static const struct { char printed, read; float cost; } LETTER_COSTS[] = {"
    for (i = 1; i <= n; i++) { split(letters[i], x, " "); printf "    { '%s', '%s', %s },\n", x[1], x[2], cost(x[3]) }
    print "};"
    print "/* -ln of the share of words with anything misread: by tenths of confidence below 0.9, by hundredths, rounded, from there to 1. */"
    line = ""
    for (i = 0; i < 9; i++) line = line sure(right[i], all[i]) ", "
    print "static const float ERROR_BY_TENTH[] = { " substr(line, 1, length(line) - 2) " };"
    line = ""
    for (i = 0; i <= 10; i++) line = line (fine_all[i] > 0 ? sure(fine_right[i], fine_all[i]) : "5.60f") ", "
    print "static const float ERROR_BY_HUNDREDTH[] = { " substr(line, 1, length(line) - 2) " };"
}
