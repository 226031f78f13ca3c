/* What stands in all tasks, or tells where a task is planned and not what it is, would make texts alike that are not. */
#include "compare/wording.h"

#include "base/lists.h"
#include "viet/viet.h"

#include <string.h>

/* Short forms of the trade, folded, and what they stand for. */
static const char *const SHORT_FORMS[][2] = {
    { "tthc", "thu tuc hanh chinh" },
    { "cchc", "cai cach hanh chinh" },
    { "qppl", "quy pham phap luat" },
    { "vbqppl", "van ban quy pham phap luat" },
    { "cntt", "cong nghe thong tin" },
    { "dvc", "dich vu cong" },
    { "dvctt", "dich vu cong truc tuyen" },
    { "ccvc", "cong chuc vien chuc" },
    { "cbcc", "can bo cong chuc" },
    { "cbccvc", "can bo cong chuc vien chuc" },
    { "cbccvcnld", "can bo cong chuc vien chuc nguoi lao dong" },
    { "ubnd", "uy ban nhan dan" },
    { "hdnd", "hoi dong nhan dan" },
    { "pbgdpl", "pho bien giao duc phap luat" },
    { "kttt", "kinh te tap the" },
    { "attp", "an toan thuc pham" },
    { "csdl", "co so du lieu" },
    { "ktxh", "kinh te xa hoi" },
    { "cds", "chuyen doi so" },
    { "bvmt", "bao ve moi truong" },
    { "pccc", "phong chay chua chay" },
    { "thtk", "thuc hanh tiet kiem" },
    { "clp", "chong lang phi" },
};

/* Pairs of words that any task may begin with, and words that only join others. */
static const char *const FILLERS[] = {
    "thuc hien", "tiep tuc", "tang cuong", "day manh", "trien khai",   "nang cao", "hieu qua", "chat luong",
    "to chuc",   "cong tac", "quy dinh",   "kip thoi", "thuong xuyen", "tham muu", "phoi hop", "xay dung",
    "ban hanh",  "ke hoach", "dam bao",    "bao dam",  "dia ban",      "don vi",   "co quan",  "cua",
    "va",        "cac",      "cho",        "trong",    "tai",          "voi",      "ve",       "theo",
    "den",       "nhung",    "duoc",       "tren",     "nam",
};

static void
add_pairs (GHashTable *fillers, const char *folded)
{
    g_auto (GStrv) words = g_strsplit_set (folded, " -", -1);
    const char *before = NULL;
    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0')
            continue;
        if (before != NULL)
            g_hash_table_add (fillers, g_strconcat (before, " ", *word, NULL));
        before = *word;
    }
}

/* What tells nothing of a task: fillers, and names of provinces, which would make all tasks of one of them alike. */
static GHashTable *
fillers (void)
{
    static GHashTable *made;
    if (g_once_init_enter (&made)) {
        GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr (GPtrArray) provinces = kh_list_rows ("provinces.tsv", 6);
        for (guint i = 0; i < G_N_ELEMENTS (FILLERS); i++)
            g_hash_table_add (set, g_strdup (FILLERS[i]));
        for (guint i = 0; i < provinces->len; i++) {
            g_autofree char *name = kh_viet_fold (((char **)provinces->pdata[i])[1]);
            add_pairs (set, name);
        }
        g_once_init_leave (&made, set);
    }
    return made;
}

static gboolean
is_word_byte (char c)
{
    return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

/* Takes the next word without a digit off *at: its length, and where it begins; 0 at the end. */
static gsize
take_word (const char **at, const char **word)
{
    const char *p = *at;
    gsize length = 0;
    while (length == 0 && *p != '\0') {
        while (*p != '\0' && !is_word_byte (*p))
            p++;
        gboolean digit = FALSE;
        for (*word = p; is_word_byte (*p); p++)
            digit = digit || g_ascii_isdigit (*p);
        length = digit ? 0 : (gsize)(p - *word);
    }
    *at = p;
    return length;
}

static void
put_word (GString *out, const char *word, gsize length)
{
    if (out->len > 0)
        g_string_append_c (out, ' ');
    for (gsize i = 0; i < G_N_ELEMENTS (SHORT_FORMS); i++)
        if (strlen (SHORT_FORMS[i][0]) == length && strncmp (SHORT_FORMS[i][0], word, length) == 0) {
            g_string_append (out, SHORT_FORMS[i][1]);
            return;
        }
    g_string_append_len (out, word, length);
}

/* Its words alone, folded, short forms opened: "Rà soát TTHC năm 2024;" -> "ra soat thu tuc hanh chinh nam". */
static char *
words_of (const char *text)
{
    g_autofree char *folded = kh_viet_fold (text);
    GString *words = g_string_sized_new (strlen (folded));
    const char *at = folded, *word;
    gsize length;
    while ((length = take_word (&at, &word)) > 0)
        put_word (words, word, length);
    return g_string_free (words, FALSE);
}

char *
kh_wording_bare (const char *text)
{
    g_autofree char *words = words_of (text);
    g_auto (GStrv) each = g_strsplit (words, " ", -1);
    GString *bare = g_string_sized_new (strlen (words));
    g_autoptr (GString) pair = g_string_new (NULL);
    for (guint i = 0; each[i] != NULL; i++) {
        g_string_printf (pair, "%s %s", each[i], each[i + 1] == NULL ? "" : each[i + 1]);
        if (each[i + 1] != NULL && g_hash_table_contains (fillers (), pair->str))
            i++;
        else if (!g_hash_table_contains (fillers (), each[i]))
            g_string_append_printf (bare, "%s%s", bare->len > 0 ? " " : "", each[i]);
    }
    if (bare->len == 0)
        g_string_assign (bare, words);
    return g_string_free (bare, FALSE);
}
