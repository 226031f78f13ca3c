#include "emit/emit.h"

#include "emit/tree.h"

gboolean
kh_emit (GString *out, const kh_record *record, const kh_flow *flow, kh_models models, kh_format format, const kh_format_options *options,
         GError **error)
{
    static const kh_format_options defaults = { 0 };
    json_t *tree;
    if (options == NULL)
        options = &defaults;
    switch (format) {
    case KH_FORMAT_CSV:
        kh_emit_csv (out, record, options);
        break;
    case KH_FORMAT_TEXT:
        kh_emit_text (out, flow);
        break;
    case KH_FORMAT_TABLE:
        kh_emit_table (out, record, options->columns);
        break;
    case KH_FORMAT_JSON:
    case KH_FORMAT_NDJSON:
        tree = kh_tree (record, models);
        kh_emit_json (out, tree, format == KH_FORMAT_NDJSON);
        json_decref (tree);
        break;
    case KH_FORMAT_XLSX:
        return kh_emit_xlsx (out, record, error);
    case KH_FORMAT_HTML:
        kh_emit_html (out, record);
        break;
    }
    return TRUE;
}
