# provinces.tsv -> the C table that is compiled in. Run after a change of the list:
#     awk -f models/provinces.awk models/provinces.tsv > extractor/plan/province_table.h
BEGIN {
    FS = "\t"
    print "/* Made from models/provinces.tsv by models/provinces.awk; do not edit. */"
    print "/* clang-format off */"
}
/^#/ || $1 == "code" { next }
{ printf "{ \"%s\", \"%s\", %s, \"%s\", \"%s\", %s },\n", $1, $2, ($3 == "city" ? "TRUE" : "FALSE"), $4, $5, ($6 == "city" ? "TRUE" : "FALSE") }
