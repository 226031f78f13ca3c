# topics.tsv -> the C table that is compiled in, a line a pattern. Run after a change of the list:
#     awk -f models/topics.awk models/topics.tsv > extractor/plan/topic_table.h
BEGIN {
    FS = "\t"
    print "/* Made from models/topics.tsv by models/topics.awk; do not edit. */"
    print "/* clang-format off */"
}
/^#/ || $1 == "key" { next }
{
    n = split ($4, patterns, / \| /)
    for (i = 1; i <= n; i++)
        printf "{ \"%s\", \"%s\" },\n", $1, patterns[i]
}
