/* Made from models/ocr_errors.tsv by models/ocr_costs.awk; do not edit. */
/* clang-format off */
static const float TONE_COSTS[KH_N_TONES][KH_N_TONES] = { /* [printed][read] */
    { 0, 2.82f, 2.87f, 0.63f, 3.50f, 3.17f },
    { 2.21f, 0, 3.50f, 3.50f, 3.50f, 3.50f },
    { 2.40f, 3.50f, 0, 3.50f, 3.50f, 3.50f },
    { 2.36f, 2.97f, -1.50f, 0, 3.08f, 3.50f },
    { 2.29f, 1.78f, 3.50f, 3.39f, 0, 3.50f },
    { 3.50f, 3.50f, 3.50f, 3.50f, 3.50f, 0 },
};
static const struct { char base; guint8 printed, read; float cost; } SHAPE_COSTS[] = {
    { 'a', 0, 1, 3.50f },
    { 'a', 0, 2, 3.50f },
    { 'a', 1, 0, 2.53f },
    { 'a', 1, 2, 3.50f },
    { 'a', 2, 0, 1.86f },
    { 'a', 2, 1, 2.82f },
    { 'd', 0, 4, -0.15f },
    { 'd', 4, 0, 2.76f },
    { 'e', 0, 1, 2.98f },
    { 'e', 1, 0, 3.50f },
    { 'o', 0, 1, 3.50f },
    { 'o', 0, 3, 3.50f },
    { 'o', 1, 0, 3.50f },
    { 'o', 1, 3, 3.50f },
    { 'o', 3, 0, 2.61f },
    { 'o', 3, 1, 2.61f },
    { 'u', 0, 3, 3.50f },
    { 'u', 3, 0, 2.61f },
};
static const struct { char printed, read; float cost; } LETTER_COSTS[] = {
    { 'c', 'g', 3.50f },
    { 'e', 'a', 3.50f },
    { 'e', 's', 3.50f },
    { 'i', 'l', 2.80f },
    { 'i', 't', 3.50f },
    { 'i', 'h', 3.50f },
    { 'l', 'u', 1.88f },
    { 'n', 'i', 3.50f },
    { 'n', 'r', 3.50f },
    { 'o', 'a', 3.50f },
    { 't', 'f', 3.50f },
};
/* -ln of the share of words with anything misread: by tenths of confidence below 0.9, by hundredths from there. */
static const float ERROR_BY_TENTH[] = { 0.04f, 0.11f, 0.02f, 0.12f, 0.18f, 0.30f, 0.42f, 0.78f, 1.28f };
static const float ERROR_BY_HUNDREDTH[] = { 1.69f, 2.21f, 2.40f, 3.06f, 2.35f, 2.65f, 4.31f, 5.62f, 5.60f, 5.60f };
