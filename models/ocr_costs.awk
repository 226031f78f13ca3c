# ocr_errors.tsv -> the C tables that are compiled in: what it costs to take a mark or letter for another. Run after a change of the list:
#     awk -f models/ocr_costs.awk models/ocr_errors.tsv > extractor/viet/ocr_costs.h
# A cost is -ln of how often the engine reads one for the other, against how often a word has any misread mark (MARKS): what is more
# frequent than that costs less than nothing. Counts are smoothed with half an error in SMOOTH, since other scans will show other errors.
BEGIN {
    FS = "\t"; SMOOTH = 600; LEAST = -1.5; MOST = 3.5
    split("none grave acute hook tilde dot", tones, " ")
    split("a â ă; o ô ơ; u ư; e ê; d đ", groups, ";")
    SHAPES["a"] = "a 0"; SHAPES["â"] = "a 1"; SHAPES["ă"] = "a 2"; SHAPES["o"] = "o 0"; SHAPES["ô"] = "o 1"; SHAPES["ơ"] = "o 3"
    SHAPES["u"] = "u 0"; SHAPES["ư"] = "u 3"; SHAPES["e"] = "e 0"; SHAPES["ê"] = "e 1"; SHAPES["d"] = "d 0"; SHAPES["đ"] = "d 4"
}
$1 == "tone" { tone[$2, $3] = $4; tone_total[$2] = $5 }
$1 == "shape" && ($2 in SHAPES) && ($3 in SHAPES) && $2 != $3 { shape[$2, $3] = $4 / $5 ; shape_n[$2, $3] = $4; shape_total[$2] = $5 }
$1 == "syllable" { total = $5; if ($3 != "right") wrong += $4 }
$1 == "letter" && length($2) == 1 && length($3) == 1 && $2 ~ /[a-z]/ && $3 ~ /[a-z]/ && $4 >= 2 { letters[++n] = $2 " " $3 " " $4 / $5 }
$1 == "confidence" && $2 ~ /-/ && $2 != "0.9-1.0" { band = substr($2, 1, 3) * 10; if ($3 == "right") right[band] = $4; all[band] = $5 }
$1 == "confidence" && $2 ~ /^0\.9[0-9]$/ { fine = substr($2, 4, 1); if ($3 == "right") fine_right[fine] = $4; fine_all[fine] = $5 }

function cost(p) {
    p = -log(p / (wrong / total))
    return sprintf("%.2ff", p < LEAST ? LEAST : p > MOST ? MOST : p)
}
function sure(good, n) { return sprintf("%.2ff", -log((n - good + 1) / (n + 2))) }

END {
    print "/* Made from models/ocr_errors.tsv by models/ocr_costs.awk; do not edit. */"
    print "/* clang-format off */"
    print "static const float TONE_COSTS[KH_N_TONES][KH_N_TONES] = { /* [printed][read] */"
    for (i = 1; i <= 6; i++) {
        line = ""
        for (j = 1; j <= 6; j++)
            line = line (i == j ? "0" : cost((tone[tones[i], tones[j]] + 0.5) / (tone_total[tones[i]] + SMOOTH))) (j < 6 ? ", " : "")
        print "    { " line " },"
    }
    print "};"
    print "static const struct { char base; guint8 printed, read; float cost; } SHAPE_COSTS[] = {"
    for (a in SHAPES) for (b in SHAPES) {
        split(SHAPES[a], x, " "); split(SHAPES[b], y, " ")
        if (a != b && x[1] == y[1])
            rows[++m] = sprintf("    { '%s', %s, %s, %s },", x[1], x[2], y[2], cost((shape_n[a, b] + 0.5) / (shape_total[a] + SMOOTH)))
    }
    for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (rows[j] < rows[i]) { t = rows[i]; rows[i] = rows[j]; rows[j] = t }
    for (i = 1; i <= m; i++) print rows[i]
    print "};"
    print "static const struct { char printed, read; float cost; } LETTER_COSTS[] = {"
    for (i = 1; i <= n; i++) { split(letters[i], x, " "); printf "    { '%s', '%s', %s },\n", x[1], x[2], cost(x[3]) }
    print "};"
    print "/* -ln of the share of words with anything misread: by tenths of confidence below 0.9, by hundredths from there. */"
    line = ""
    for (i = 0; i < 9; i++) line = line sure(right[i], all[i]) ", "
    print "static const float ERROR_BY_TENTH[] = { " substr(line, 1, length(line) - 2) " };"
    line = ""
    for (i = 0; i < 10; i++) line = line (fine_all[i] > 0 ? sure(fine_right[i], fine_all[i]) : "5.60f") ", "
    print "static const float ERROR_BY_HUNDREDTH[] = { " substr(line, 1, length(line) - 2) " };"
}
