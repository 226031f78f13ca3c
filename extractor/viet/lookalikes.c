#include "viet/lookalikes.h"

#define ANYWHERE KH_LOOKALIKE_ANYWHERE
#define IN_WORD KH_LOOKALIKE_IN_WORD
#define IN_SYLLABLE KH_LOOKALIKE_IN_SYLLABLE

/* In the order of the characters; no two rows overlap. */
/* clang-format off */
static const kh_lookalike TABLE[] = {
    { 0x0, 0x8, 0, FALSE, ANYWHERE, "control characters print nothing" },
    { 0xB, 0xC, 0, FALSE, ANYWHERE, "vertical tab and form feed: pages are known otherwise" },
    { 0xE, 0x1F, 0, FALSE, ANYWHERE, "control characters print nothing" },
    { 0x7F, 0x9F, 0, FALSE, ANYWHERE, "control characters print nothing; 85 is no line end in CP1252" },
    { 0xA0, 0xA0, ' ', FALSE, ANYWHERE, "no-break space: where a line may break is no matter" },
    { 0xAD, 0xAD, 0, FALSE, ANYWHERE, "soft hyphen: shown at a line end only (ư of TCVN3 is healed before)" },
    { 0xD0, 0xD0, 0x110, FALSE, ANYWHERE, "Icelandic eth: VISCII and Windows-1258 have Đ at its byte" },
    { 0xF0, 0xF0, 0x111, FALSE, ANYWHERE, "Icelandic eth, small: the same for đ" },
    { 0xF8, 0xF8, 'g', FALSE, IN_SYLLABLE, "o with a stroke: how Tesseract reads the g of Times in poor scans (khônø)" },
    { 0x131, 0x131, 'i', FALSE, IN_SYLLABLE, "Turkish i without a dot: fonts drop it below a tone" },
    { 0x189, 0x189, 0x110, FALSE, ANYWHERE, "African D: drawn as Đ" },
    { 0x1CD, 0x1CD, 0x102, FALSE, IN_SYLLABLE, "A with caron, Pinyin's third tone: a breve drawn with a corner" },
    { 0x1CE, 0x1CE, 0x103, FALSE, IN_SYLLABLE, "a with caron: the same for ă" },
    { 0x256, 0x256, 0x111, FALSE, ANYWHERE, "African d: drawn as đ" },
    { 0x340, 0x340, 0x300, FALSE, ANYWHERE, "combining grave, once set aside for Vietnamese" },
    { 0x341, 0x341, 0x301, FALSE, ANYWHERE, "combining acute, once set aside for Vietnamese" },
    { 0x342, 0x342, 0x303, FALSE, ANYWHERE, "Greek perispomeni: drawn as a tilde" },
    { 0x391, 0x391, 'A', FALSE, IN_WORD, "Greek capital drawn as A" },
    { 0x392, 0x392, 'B', FALSE, IN_WORD, "Greek capital drawn as B" },
    { 0x395, 0x395, 'E', FALSE, IN_WORD, "Greek capital drawn as E" },
    { 0x396, 0x396, 'Z', FALSE, IN_WORD, "Greek capital drawn as Z" },
    { 0x397, 0x397, 'H', FALSE, IN_WORD, "Greek capital drawn as H" },
    { 0x399, 0x399, 'I', FALSE, IN_WORD, "Greek capital drawn as I" },
    { 0x39A, 0x39A, 'K', FALSE, IN_WORD, "Greek capital drawn as K" },
    { 0x39C, 0x39C, 'M', FALSE, IN_WORD, "Greek capital drawn as M" },
    { 0x39D, 0x39D, 'N', FALSE, IN_WORD, "Greek capital drawn as N" },
    { 0x39F, 0x39F, 'O', FALSE, IN_WORD, "Greek capital drawn as O" },
    { 0x3A1, 0x3A1, 'P', FALSE, IN_WORD, "Greek capital drawn as P" },
    { 0x3A4, 0x3A4, 'T', FALSE, IN_WORD, "Greek capital drawn as T" },
    { 0x3A5, 0x3A5, 'Y', FALSE, IN_WORD, "Greek capital drawn as Y" },
    { 0x3A7, 0x3A7, 'X', FALSE, IN_WORD, "Greek capital drawn as X" },
    { 0x3B1, 0x3B1, 'a', FALSE, IN_SYLLABLE, "Greek letter drawn as a; α, ν and υ are signs of science" },
    { 0x3B9, 0x3B9, 'i', FALSE, IN_SYLLABLE, "Greek letter drawn as i; α, ν and υ are signs of science" },
    { 0x3BD, 0x3BD, 'v', FALSE, IN_SYLLABLE, "Greek letter drawn as v; α, ν and υ are signs of science" },
    { 0x3BF, 0x3BF, 'o', FALSE, IN_WORD, "Greek omicron: drawn as o, and no sign of anything" },
    { 0x3C5, 0x3C5, 'u', FALSE, IN_SYLLABLE, "Greek letter drawn as u; α, ν and υ are signs of science" },
    { 0x405, 0x405, 'S', FALSE, IN_WORD, "Cyrillic letter drawn as S" },
    { 0x406, 0x406, 'I', FALSE, IN_WORD, "Cyrillic letter drawn as I" },
    { 0x408, 0x408, 'J', FALSE, IN_WORD, "Cyrillic letter drawn as J" },
    { 0x410, 0x410, 'A', FALSE, IN_WORD, "Cyrillic letter drawn as A" },
    { 0x412, 0x412, 'B', FALSE, IN_WORD, "Cyrillic letter drawn as B" },
    { 0x415, 0x415, 'E', FALSE, IN_WORD, "Cyrillic letter drawn as E" },
    { 0x41A, 0x41A, 'K', FALSE, IN_WORD, "Cyrillic letter drawn as K" },
    { 0x41C, 0x41C, 'M', FALSE, IN_WORD, "Cyrillic letter drawn as M" },
    { 0x41D, 0x41D, 'H', FALSE, IN_WORD, "Cyrillic letter drawn as H" },
    { 0x41E, 0x41E, 'O', FALSE, IN_WORD, "Cyrillic letter drawn as O" },
    { 0x420, 0x420, 'P', FALSE, IN_WORD, "Cyrillic letter drawn as P" },
    { 0x421, 0x421, 'C', FALSE, IN_WORD, "Cyrillic letter drawn as C" },
    { 0x422, 0x422, 'T', FALSE, IN_WORD, "Cyrillic letter drawn as T" },
    { 0x423, 0x423, 'Y', FALSE, IN_WORD, "Cyrillic letter drawn as Y" },
    { 0x425, 0x425, 'X', FALSE, IN_WORD, "Cyrillic letter drawn as X" },
    { 0x430, 0x430, 'a', FALSE, IN_WORD, "Cyrillic letter drawn as a" },
    { 0x435, 0x435, 'e', FALSE, IN_WORD, "Cyrillic letter drawn as e" },
    { 0x43E, 0x43E, 'o', FALSE, IN_WORD, "Cyrillic letter drawn as o" },
    { 0x440, 0x440, 'p', FALSE, IN_WORD, "Cyrillic letter drawn as p" },
    { 0x441, 0x441, 'c', FALSE, IN_WORD, "Cyrillic letter drawn as c" },
    { 0x443, 0x443, 'y', FALSE, IN_WORD, "Cyrillic letter drawn as y" },
    { 0x445, 0x445, 'x', FALSE, IN_WORD, "Cyrillic letter drawn as x" },
    { 0x455, 0x455, 's', FALSE, IN_WORD, "Cyrillic letter drawn as s" },
    { 0x456, 0x456, 'i', FALSE, IN_WORD, "Cyrillic letter drawn as i" },
    { 0x458, 0x458, 'j', FALSE, IN_WORD, "Cyrillic letter drawn as j" },
    { 0x4BB, 0x4BB, 'h', FALSE, IN_WORD, "Cyrillic letter drawn as h" },
    { 0x2000, 0x200A, ' ', FALSE, ANYWHERE, "typographic spaces: how wide is no matter" },
    { 0x200B, 0x200F, 0, FALSE, ANYWHERE, "zero-width spaces, joiners, direction marks" },
    { 0x202A, 0x202E, 0, FALSE, ANYWHERE, "direction of writing: Vietnamese has one" },
    { 0x202F, 0x202F, ' ', FALSE, ANYWHERE, "narrow no-break space" },
    { 0x2044, 0x2044, '/', FALSE, ANYWHERE, "fraction slash: 12/KH in a font with fractions" },
    { 0x205F, 0x205F, ' ', FALSE, ANYWHERE, "mathematical space" },
    { 0x2060, 0x2064, 0, FALSE, ANYWHERE, "word joiner and invisible operators" },
    { 0x2215, 0x2215, '/', FALSE, ANYWHERE, "division slash" },
    { 0x29F8, 0x29F8, '/', FALSE, ANYWHERE, "big solidus" },
    { 0x3000, 0x3000, ' ', FALSE, ANYWHERE, "ideographic space, as wide as full-width letters" },
    { 0xF000, 0xF01F, '-', FALSE, ANYWHERE, "a sign of a symbol font: a list marker" },
    { 0xF020, 0xF020, ' ', FALSE, ANYWHERE, "the space of a symbol font" },
    { 0xF021, 0xF02A, '-', FALSE, ANYWHERE, "a sign of a symbol font: a list marker" },
    { 0xF02B, 0xF02B, '+', FALSE, ANYWHERE, "Symbol's plus, itself a list marker" },
    { 0xF02C, 0xF02F, '-', FALSE, ANYWHERE, "Symbol's minus and its neighbours: a list marker" },
    { 0xF030, 0xF039, '0', TRUE, ANYWHERE, "Symbol's figures" },
    { 0xF03A, 0xF0FF, '-', FALSE, ANYWHERE, "bullets: F0B7 of Symbol; F0D8, F0A7, F076, F0FC of Wingdings" },
    { 0xFE00, 0xFE0F, 0, FALSE, ANYWHERE, "which variant of a sign is drawn" },
    { 0xFEFF, 0xFEFF, 0, FALSE, ANYWHERE, "byte order mark within a text" },
    { 0xFF01, 0xFF5E, '!', TRUE, ANYWHERE, "full-width forms: ASCII typed with an East Asian keyboard" },
};
/* clang-format on */

const kh_lookalike *
kh_lookalikes (gsize *n)
{
    *n = G_N_ELEMENTS (TABLE);
    return TABLE;
}

const kh_lookalike *
kh_lookalike_find (gunichar c)
{
    gsize low = 0, high = G_N_ELEMENTS (TABLE);
    while (low < high) {
        gsize middle = (low + high) / 2;
        if (c > TABLE[middle].last)
            low = middle + 1;
        else if (c < TABLE[middle].first)
            high = middle;
        else
            return &TABLE[middle];
    }
    return NULL;
}

gunichar
kh_lookalike_meant (const kh_lookalike *row, gunichar c)
{
    return row->is_range ? row->to + (c - row->first) : row->to;
}
