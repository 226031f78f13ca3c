#include "source/script.h"

#include <math.h>
#include <string.h>

#define MAX_SCRIPT (128u * 1024 * 1024) /* bytes of script a page may give */
#define MAX_POINTS 4096                 /* points of one path that are kept; of a longer one the rest is not looked at */
#define MAX_NUMBERS 8
#define MAX_TOKEN 32

typedef enum lex_state { LEX_SPACE, LEX_WORD, LEX_LESS, LEX_DATA, LEX_DATA_TILDE, LEX_STRING, LEX_ESCAPE, LEX_COMMENT } lex_state;

typedef enum step { STEP_MOVE, STEP_LINE, STEP_CURVE, STEP_CLOSE } step;

typedef struct point {
    double x, y;
    step step;
} point;

struct kh_script {
    kh_subpath_call call;
    gpointer user_data;
    gsize fed;
    gboolean stopped;

    lex_state lex;
    char token[MAX_TOKEN + 1];
    gsize token_length;
    int depth_string, depth_braces;

    double numbers[MAX_NUMBERS]; /* the last operands, oldest first */
    int n_numbers;
    GArray *points;              /* of point: the current path */
    double scale;                /* of the matrix: a length in user units times this is device units */
    double pen, lightness;
    gboolean has_clip;
    kh_box clip;
};

kh_script *
kh_script_new (kh_subpath_call call, gpointer user_data)
{
    kh_script *script = g_new0 (kh_script, 1);
    script->call = call;
    script->user_data = user_data;
    script->points = g_array_new (FALSE, FALSE, sizeof (point));
    script->scale = 1;
    script->pen = 2; /* cairo's default */
    return script;
}

void
kh_script_free (kh_script *script)
{
    if (script == NULL)
        return;
    g_array_unref (script->points);
    g_free (script);
}

/* The operand `back` places from the last one (0: the last). */
static double
operand (const kh_script *s, int back)
{
    return back < s->n_numbers ? s->numbers[s->n_numbers - 1 - back] : 0;
}

static void
add_point (kh_script *s, step how, double x, double y)
{
    point p = { x, y, how };
    if (s->points->len < MAX_POINTS)
        g_array_append_val (s->points, p);
}

static kh_box
cut (kh_box box, kh_box by)
{
    return (kh_box){ MAX (box.x0, by.x0), MAX (box.y0, by.y0), MIN (box.x1, by.x1), MIN (box.y1, by.y1) };
}

static void
widen (kh_box *box, double x, double y)
{
    box->x0 = MIN (box->x0, x);
    box->y0 = MIN (box->y0, y);
    box->x1 = MAX (box->x1, x);
    box->y1 = MAX (box->y1, y);
}

static void
emit (kh_script *s, kh_subpath *subpath)
{
    if (s->has_clip) {
        double slack = subpath->stroked ? subpath->pen / 2 : 0;
        kh_box clip = { s->clip.x0 - slack, s->clip.y0 - slack, s->clip.x1 + slack, s->clip.y1 + slack };
        subpath->box = cut (subpath->box, clip);
    }
    if (subpath->box.x0 > subpath->box.x1 || subpath->box.y0 > subpath->box.y1)
        return;
    subpath->lightness = s->lightness;
    if (!s->call (subpath, s->user_data))
        s->stopped = TRUE;
}

static gboolean
has_curves (const kh_script *s)
{
    for (guint i = 0; i < s->points->len; i++)
        if (g_array_index (s->points, point, i).step == STEP_CURVE)
            return TRUE;
    return FALSE;
}

static void
fill_path (kh_script *s)
{
    gboolean outline = has_curves (s);
    const point *points = (const point *) s->points->data;
    for (guint i = 0, end; i < s->points->len && !s->stopped; i = end) {
        kh_subpath subpath = { .box = { points[i].x, points[i].y, points[i].x, points[i].y }, .outline = outline };
        for (end = i + 1; end < s->points->len && points[end].step != STEP_MOVE; end++) {
            widen (&subpath.box, points[end].x, points[end].y);
            subpath.curved |= points[end].step == STEP_CURVE;
        }
        if (end > i + 1)
            emit (s, &subpath);
    }
}

static void
stroke_path (kh_script *s)
{
    gboolean outline = has_curves (s);
    const point *points = (const point *) s->points->data;
    for (guint i = 1; i < s->points->len && !s->stopped; i++) {
        const point *a = &points[i - 1], *b = &points[i];
        if (b->step == STEP_MOVE)
            continue;
        kh_subpath segment = { .box = { a->x, a->y, a->x, a->y }, .x0 = a->x, .y0 = a->y, .x1 = b->x, .y1 = b->y,
                               .curved = b->step == STEP_CURVE, .outline = outline, .stroked = TRUE, .pen = s->pen * s->scale };
        widen (&segment.box, b->x, b->y);
        emit (s, &segment);
    }
}

static void
clip_path (kh_script *s)
{
    const point *points = (const point *) s->points->data;
    kh_box box = { 0 };
    if (s->points->len > 0)
        box = (kh_box){ points[0].x, points[0].y, points[0].x, points[0].y };
    for (guint i = 1; i < s->points->len; i++)
        widen (&box, points[i].x, points[i].y);
    s->clip = s->has_clip ? cut (s->clip, box) : box;
    s->has_clip = TRUE;
}

static void
close_path (kh_script *s)
{
    for (guint i = s->points->len; i > 0; i--) {
        point p = g_array_index (s->points, point, i - 1);
        if (p.step == STEP_MOVE) {
            add_point (s, STEP_CLOSE, p.x, p.y);
            return;
        }
    }
}

static void
rectangle (kh_script *s)
{
    double x = operand (s, 3), y = operand (s, 2), width = operand (s, 1), height = operand (s, 0);
    add_point (s, STEP_MOVE, x, y);
    add_point (s, STEP_LINE, x + width, y);
    add_point (s, STEP_LINE, x + width, y + height);
    add_point (s, STEP_LINE, x, y + height);
    add_point (s, STEP_CLOSE, x, y);
}

/* See-through colours count as if laid on white. */
static void
set_colour (kh_script *s, double red, double green, double blue, double alpha)
{
    double lightness = 0.3 * red + 0.59 * green + 0.11 * blue;
    s->lightness = 1 - CLAMP (alpha, 0, 1) * (1 - CLAMP (lightness, 0, 1));
}

static double
scale_of (double xx, double yx, double xy, double yy)
{
    return sqrt (fabs (xx * yy - xy * yx));
}

static void
run_operator (kh_script *s, const char *name)
{
    if (g_str_equal (name, "m"))
        add_point (s, STEP_MOVE, operand (s, 1), operand (s, 0));
    else if (g_str_equal (name, "l"))
        add_point (s, STEP_LINE, operand (s, 1), operand (s, 0));
    else if (g_str_equal (name, "c")) {
        for (int i = 2; i >= 0; i--)
            add_point (s, STEP_CURVE, operand (s, 2 * i + 1), operand (s, 2 * i));
    } else if (g_str_equal (name, "h"))
        close_path (s);
    else if (g_str_equal (name, "n"))
        g_array_set_size (s->points, 0);
    else if (g_str_equal (name, "rectangle"))
        rectangle (s);
    else if (g_str_equal (name, "fill+") || g_str_equal (name, "fill"))
        fill_path (s);
    else if (g_str_equal (name, "stroke+") || g_str_equal (name, "stroke"))
        stroke_path (s);
    else if (g_str_equal (name, "clip+") || g_str_equal (name, "clip"))
        clip_path (s);
    else if (g_str_equal (name, "reset-clip"))
        s->has_clip = FALSE;
    else if (g_str_equal (name, "set-line-width"))
        s->pen = operand (s, 0);
    else if (g_str_equal (name, "identity"))
        s->scale = 1;
    else if (g_str_equal (name, "scale"))
        s->scale *= sqrt (fabs (operand (s, 1) * operand (s, 0)));
    else if (g_str_equal (name, "set-matrix") && s->n_numbers >= 6)
        s->scale = scale_of (operand (s, 5), operand (s, 4), operand (s, 3), operand (s, 2));
    else if (g_str_equal (name, "transform") && s->n_numbers >= 6)
        s->scale *= scale_of (operand (s, 5), operand (s, 4), operand (s, 3), operand (s, 2));
    else if (g_str_equal (name, "g"))
        set_colour (s, operand (s, 0), operand (s, 0), operand (s, 0), 1);
    else if (g_str_equal (name, "rgb"))
        set_colour (s, operand (s, 2), operand (s, 1), operand (s, 0), 1);
    else if (g_str_equal (name, "rgba"))
        set_colour (s, operand (s, 3), operand (s, 2), operand (s, 1), operand (s, 0));
    else if (g_str_equal (name, "linear") || g_str_equal (name, "radial") || g_str_equal (name, "pattern"))
        s->lightness = 0.5; /* a gradient or an image as paint */
    else if (g_str_equal (name, "context")) {
        s->has_clip = FALSE;
        s->lightness = 0;
        s->pen = 2;
        s->scale = 1;
        g_array_set_size (s->points, 0);
    }
}

static void
end_token (kh_script *s)
{
    s->token[s->token_length] = '\0';
    gboolean whole = s->token_length < MAX_TOKEN;
    char c = s->token[0];
    s->token_length = 0;
    if (s->depth_braces > 0 || c == '\0' || c == '/')
        return;
    if (g_ascii_isdigit (c) || c == '-' || c == '.' || c == '+') {
        if (s->n_numbers == MAX_NUMBERS) {
            memmove (s->numbers, s->numbers + 1, (MAX_NUMBERS - 1) * sizeof (double));
            s->n_numbers--;
        }
        s->numbers[s->n_numbers++] = g_ascii_strtod (s->token, NULL);
        return;
    }
    if (whole)
        run_operator (s, s->token);
    s->n_numbers = 0;
}

/* One byte through the lexer. Strings: (text\)), <~base85~>, <|packed base85~>; { } are procedures. */
static void
lex_byte (kh_script *s, char c)
{
    switch (s->lex) {
    case LEX_DATA:
        if (c == '~')
            s->lex = LEX_DATA_TILDE;
        return;
    case LEX_DATA_TILDE:
        s->lex = c == '>' ? LEX_SPACE : LEX_DATA;
        return;
    case LEX_STRING:
        if (c == '\\')
            s->lex = LEX_ESCAPE;
        else if (c == '(')
            s->depth_string++;
        else if (c == ')' && --s->depth_string == 0)
            s->lex = LEX_SPACE;
        return;
    case LEX_ESCAPE:
        s->lex = LEX_STRING;
        return;
    case LEX_COMMENT:
        if (c == '\n')
            s->lex = LEX_SPACE;
        return;
    case LEX_LESS:
        s->lex = LEX_SPACE;
        if (c == '~' || c == '|') {
            s->lex = LEX_DATA;
            return;
        }
        if (c == '<')
            return;
        break;
    case LEX_SPACE:
    case LEX_WORD:
        break;
    }
    if (strchr (" \t\r\n[]<>(){}%", c) == NULL) {
        if (s->token_length < MAX_TOKEN)
            s->token[s->token_length++] = c;
        s->lex = LEX_WORD;
        return;
    }
    if (s->lex == LEX_WORD)
        end_token (s);
    s->lex = LEX_SPACE;
    if (c == '<')
        s->lex = LEX_LESS;
    else if (c == '%')
        s->lex = LEX_COMMENT;
    else if (c == '(') {
        s->lex = LEX_STRING;
        s->depth_string = 1;
    } else if (c == '{')
        s->depth_braces++;
    else if (c == '}' && s->depth_braces > 0)
        s->depth_braces--;
}

gboolean
kh_script_feed (kh_script *s, const guint8 *data, gsize length)
{
    s->fed += length;
    if (s->fed > MAX_SCRIPT)
        s->stopped = TRUE;
    for (gsize i = 0; i < length && !s->stopped; i++)
        if (data[i] != '\0')
            lex_byte (s, (char) data[i]);
    return !s->stopped;
}
