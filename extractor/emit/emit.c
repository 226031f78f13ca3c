#include "emit/emit.h"

#include "emit/tree.h"

void
kh_emit (GString *out, const kh_record *record, const kh_flow *flow, kh_models models, kh_format format, guint columns)
{
    json_t *tree;
    switch (format) {
    case KH_FORMAT_CSV:
        kh_emit_csv (out, record);
        break;
    case KH_FORMAT_TEXT:
        kh_emit_text (out, flow);
        break;
    case KH_FORMAT_TABLE:
        kh_emit_table (out, record, columns);
        break;
    case KH_FORMAT_JSON:
    case KH_FORMAT_NDJSON:
        tree = kh_tree (record, models);
        kh_emit_json (out, tree, format == KH_FORMAT_NDJSON);
        json_decref (tree);
        break;
    }
}
