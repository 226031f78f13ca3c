/* model.c - see model.h. */
#include "ocr/model.h"

#include "base/error.h"
#include "base/intl.h"

#include <math.h>
#include <string.h>

#define MOST_ENTRIES 64u  /* of the container */
#define MOST_SIDE 4096u   /* of a matrix of weights */
#define MOST_CODES 65536u
#define MOST_SCALE 1e6    /* of a weight: what is larger, or no number, is damage */
#define ENTRY_NETWORK 17u /* places in the container */
#define ENTRY_CHARACTERS 21u
#define ENTRY_CODES 22u
#define MODE_WHOLE 1u     /* weights are whole numbers */
#define MODE_DOUBLE 128u  /* scales are doubles: the format since 2016 */
#define FLAG_RATES 64u    /* a series that ends with a learning rate a layer */
#define BIAS 127
#define FIRST_CHARACTER 3u /* before it: space, and two that mean nothing */

/* What is left to read. Reading beyond the end gives zeros and sets `failed`. */
typedef struct cursor {
    const guint8 *at, *end;
    gboolean failed;
} cursor;

static const guint8 *
take (cursor *c, gsize size)
{
    if (c->failed || size > (gsize) (c->end - c->at)) {
        c->failed = TRUE;
        return NULL;
    }
    c->at += size;
    return c->at - size;
}

static guint8
take_byte (cursor *c)
{
    const guint8 *byte = take (c, 1);
    return byte == NULL ? 0 : *byte;
}

static guint32
take_number (cursor *c)
{
    guint32 number = 0;
    const guint8 *bytes = take (c, sizeof number);
    if (bytes != NULL)
        memcpy (&number, bytes, sizeof number);
    return GUINT32_FROM_LE (number);
}

static double
take_double (cursor *c)
{
    guint64 bits = 0;
    double number;
    const guint8 *bytes = take (c, sizeof bits);
    if (bytes != NULL)
        memcpy (&bits, bytes, sizeof bits);
    bits = GUINT64_FROM_LE (bits);
    memcpy (&number, &bits, sizeof number);
    return number;
}

static char *
take_string (cursor *c)
{
    guint32 length = take_number (c);
    const guint8 *bytes = take (c, length);
    return bytes == NULL ? g_strdup ("") : g_strndup ((const char *) bytes, length);
}

/* ------------------------------------------------------------------ the container */

/* The bytes of an entry; empty when there is none. */
static cursor
find_entry (const guint8 *data, gsize length, guint entry)
{
    cursor head = { data, data + length, FALSE };
    guint32 n = take_number (&head);
    gint64 offsets[MOST_ENTRIES];
    const guint8 *table = n <= MOST_ENTRIES ? take (&head, n * sizeof *offsets) : NULL;
    if (table == NULL || entry >= n)
        return (cursor){ data, data, TRUE };
    memcpy (offsets, table, n * sizeof *offsets);
    gint64 from = GINT64_FROM_LE (offsets[entry]), to = (gint64) length;
    for (guint i = 0; i < n; i++) {
        gint64 other = GINT64_FROM_LE (offsets[i]);
        if (other > from)
            to = MIN (to, other);
    }
    if (from < 0 || from > (gint64) length)
        return (cursor){ data, data, TRUE };
    return (cursor){ data + from, data + to, FALSE };
}

/* ------------------------------------------------------------------ the network */

/* What every part of a network begins with. */
typedef struct part_head {
    char *type;
    guint32 flags, inputs, outputs;
} part_head;

static part_head
take_head (cursor *c)
{
    part_head head = { 0 };
    if (take_byte (c) != 0) /* a type by number: a format never released */
        c->failed = TRUE;
    head.type = take_string (c);
    take (c, 2); /* how it was trained */
    head.flags = take_number (c);
    head.inputs = take_number (c);
    head.outputs = take_number (c);
    take_number (c); /* how many weights */
    g_free (take_string (c)); /* its name */
    return head;
}

/* Reads a matrix of the layer's weights: the `part`-th of `parts`, one output after the other. The first one makes the weights. */
static void
take_weights (cursor *c, kh_layer *layer, guint part, guint parts)
{
    guint mode = take_byte (c);
    if ((mode & (MODE_WHOLE | MODE_DOUBLE)) != (MODE_WHOLE | MODE_DOUBLE))
        c->failed = TRUE;
    guint rows = take_number (c), columns = take_number (c);
    take_byte (c); /* the value of an empty place */
    if (c->failed || rows == 0 || columns == 0 || rows > MOST_SIDE || columns > MOST_SIDE
        || (part > 0 && (rows * parts != layer->weights.outputs || (columns + 1) / 2 * 2 != layer->weights.depth))) {
        c->failed = TRUE;
        return;
    }
    const gint8 *values = (const gint8 *) take (c, (gsize) rows * columns);
    if (values == NULL || take_number (c) < rows) {
        c->failed = TRUE;
        return;
    }
    if (part == 0) {
        layer->weights = kh_weights_new (rows * parts, columns);
        layer->scales = g_new0 (float, layer->weights.padded);
    }
    for (guint r = 0; r < rows; r++)
        for (guint i = 0; i < columns; i++)
            kh_weights_set (&layer->weights, part * rows + r, i, values[(gsize) r * columns + i]);
    for (guint r = 0; r < rows; r++) {
        double scale = take_double (c) / BIAS;
        if (!(fabs (scale) <= MOST_SCALE))
            c->failed = TRUE;
        else
            layer->scales[part * rows + r] = (float) scale;
    }
}

static void
add_dense (cursor *c, kh_model *model, const part_head *head, kh_layer_kind kind)
{
    kh_layer layer = { .kind = kind, .inputs = head->inputs, .outputs = head->outputs };
    take_weights (c, &layer, 0, 1);
    if (!c->failed && (layer.weights.outputs != head->outputs || layer.weights.depth != (head->inputs + 2) / 2 * 2))
        c->failed = TRUE;
    g_array_append_val (model->layers, layer);
}

static void
add_lstm (cursor *c, kh_model *model, const part_head *head, kh_layer_kind kind)
{
    enum { GATES = 4 };
    kh_layer layer = { .kind = kind, .inputs = head->inputs, .outputs = head->outputs };
    guint all = take_number (c); /* inputs and what comes back in */
    for (guint gate = 0; gate < GATES && !c->failed; gate++)
        take_weights (c, &layer, gate, GATES);
    if (!c->failed && (all != head->inputs + head->outputs || layer.weights.outputs != GATES * head->outputs
                       || layer.weights.depth != (all + 2) / 2 * 2))
        c->failed = TRUE;
    g_array_append_val (model->layers, layer);
}

static void
add_window (cursor *c, kh_model *model, const part_head *head, kh_layer_kind kind)
{
    kh_layer layer = { .kind = kind, .inputs = head->inputs, .outputs = head->outputs };
    layer.half_x = (int) take_number (c);
    layer.half_y = (int) take_number (c);
    if (layer.half_x < 1 || layer.half_y < 1 || layer.half_x > 16 || layer.half_y > 16) {
        c->failed = TRUE;
        return;
    }
    if (kind == KH_LAYER_SURROUNDINGS)
        layer.outputs = layer.inputs * (guint) ((2 * layer.half_x + 1) * (2 * layer.half_y + 1));
    g_array_append_val (model->layers, layer);
}

/* Reads a part with all that is in it and adds its layers. `lstm` is what an LSTM in it would be. */
static void
add_part (cursor *c, kh_model *model, kh_layer_kind lstm, guint depth)
{
    part_head head = take_head (c);
    gboolean is_series = g_str_equal (head.type, "Series");
    if (c->failed || depth > 8) {
        c->failed = TRUE;
    } else if (is_series || g_str_equal (head.type, "XYTranspose") || g_str_equal (head.type, "RTLReversed")) {
        guint n = take_number (c);
        kh_layer_kind inner = is_series ? lstm : head.type[0] == 'X' ? KH_LAYER_COLUMNS : KH_LAYER_BACKWARD;
        for (guint i = 0; i < n && !c->failed; i++)
            add_part (c, model, inner, depth + 1);
        if (head.flags & FLAG_RATES)
            take (c, sizeof (float) * (gsize) take_number (c));
    } else if (g_str_equal (head.type, "Input")) {
        take_number (c); /* batch */
        model->height = (int) take_number (c);
        take (c, 3 * sizeof (guint32)); /* width, depth, loss */
    } else if (g_str_equal (head.type, "Convolve"))
        add_window (c, model, &head, KH_LAYER_SURROUNDINGS);
    else if (g_str_equal (head.type, "Maxpool"))
        add_window (c, model, &head, KH_LAYER_MAXIMA);
    else if (g_str_equal (head.type, "Tanh"))
        add_dense (c, model, &head, KH_LAYER_TANH);
    else if (g_str_equal (head.type, "Softmax"))
        add_dense (c, model, &head, KH_LAYER_SOFTMAX);
    else if (g_str_equal (head.type, lstm == KH_LAYER_COLUMNS ? "SummLSTM" : "LSTM"))
        add_lstm (c, model, &head, lstm);
    else
        c->failed = TRUE;
    g_free (head.type);
}

/* Does each layer take what the one before gives, in the order that can be run? */
static gboolean
layers_fit (const kh_model *model)
{
    static const kh_layer_kind ORDER[] = { KH_LAYER_SURROUNDINGS, KH_LAYER_TANH, KH_LAYER_MAXIMA, KH_LAYER_COLUMNS };
    if (model->height < 8 || model->height > 256)
        return FALSE;
    guint n = model->layers->len, depth = 1;
    for (guint i = 0; i < n; i++) {
        const kh_layer *layer = kh_model_layer (model, i);
        gboolean in_order = i < G_N_ELEMENTS (ORDER) ? layer->kind == ORDER[i]
                            : i + 1 < n              ? layer->kind == KH_LAYER_FORWARD || layer->kind == KH_LAYER_BACKWARD
                                                     : layer->kind == KH_LAYER_SOFTMAX;
        if (!in_order || layer->inputs != depth || (layer->kind == KH_LAYER_MAXIMA && layer->half_y > model->height))
            return FALSE;
        depth = layer->kind == KH_LAYER_MAXIMA ? depth : layer->outputs;
    }
    return n > G_N_ELEMENTS (ORDER);
}

/* ------------------------------------------------------------------ the characters */

/* The characters in the order of their numbers; NULL when the list is broken. */
static char **
read_characters (cursor *c, guint *n)
{
    g_autofree char *text = g_strndup ((const char *) c->at, (gsize) (c->end - c->at));
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    guint64 count = 0;
    if (!g_ascii_string_to_unsigned (lines[0], 10, FIRST_CHARACTER, MOST_CODES, &count, NULL) || g_strv_length (lines) <= count)
        return NULL;
    char **characters = g_new0 (char *, count + 1);
    for (guint i = 0; i < count; i++)
        characters[i] = i == 0 ? g_strdup (" ") : g_strndup (lines[i + 1], strcspn (lines[i + 1], " "));
    *n = (guint) count;
    return characters;
}

/* Gives each code its character: one code a character, as in all alphabetic models. */
static gboolean
assign_codes (cursor *c, kh_model *model, char **characters, guint n)
{
    if (take_number (c) != n)
        return FALSE;
    model->characters = g_new0 (char *, model->codes + 1);
    for (guint i = 0; i < n; i++) {
        take_byte (c);
        guint length = take_number (c), code = take_number (c);
        if (c->failed || length != 1 || code >= model->codes || characters[i][0] == '\0' || !g_utf8_validate (characters[i], -1, NULL))
            return FALSE;
        if (i > 0 && i < FIRST_CHARACTER)
            model->blank = code;
        else if (model->characters[code] == NULL)
            model->characters[code] = g_strdup (characters[i]);
    }
    return model->characters[model->blank] == NULL;
}

/* ------------------------------------------------------------------ the model */

static void
layer_clear (void *item)
{
    kh_layer *layer = item;
    kh_weights_clear (&layer->weights);
    g_free (layer->scales);
}

static gboolean
read_model (kh_model *model, const guint8 *data, gsize length)
{
    cursor network = find_entry (data, length, ENTRY_NETWORK), names = find_entry (data, length, ENTRY_CHARACTERS);
    cursor codes = find_entry (data, length, ENTRY_CODES);
    add_part (&network, model, KH_LAYER_FORWARD, 0);
    if (network.failed || names.failed || codes.failed || !layers_fit (model))
        return FALSE;
    model->reduction = kh_model_layer (model, 2)->half_x; /* of the maxima */
    model->codes = kh_model_layer (model, model->layers->len - 1)->outputs;
    guint n = 0;
    char **characters = read_characters (&names, &n);
    gboolean good = characters != NULL && assign_codes (&codes, model, characters, n);
    for (guint i = 0; i < n; i++)
        g_free (characters[i]);
    g_free (characters);
    return good;
}

kh_model *
kh_model_load (const char *path, GError **error)
{
    g_autofree char *data = NULL;
    gsize length;
    if (!g_file_get_contents (path, &data, &length, NULL)) {
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _ ("cannot load the model '%s'"), path);
        return NULL;
    }
    g_autoptr (kh_model) model = g_new0 (kh_model, 1);
    model->layers = g_array_new (FALSE, FALSE, sizeof (kh_layer));
    g_array_set_clear_func (model->layers, layer_clear);
    if (read_model (model, (const guint8 *) data, length))
        return g_steal_pointer (&model);
    g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _ ("cannot load the model '%s': not a fast LSTM model of Tesseract 4 or 5"), path);
    return NULL;
}

void
kh_model_free (kh_model *model)
{
    if (model == NULL)
        return;
    g_array_unref (model->layers);
    for (guint i = 0; model->characters != NULL && i < model->codes; i++)
        g_free (model->characters[i]);
    g_free (model->characters);
    g_free (model);
}
