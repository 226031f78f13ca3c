/* Made by models/trust.py of scans of samples/; do not edit. */
#define BY_CONTEXT 0.806 /* 46869 words, 171 wrong */
static const doubt DOUBTS[KH_N_PRINTS] = {
    { "syllable", 0.00040, 0.0872 }, /* 81 wrong of 41734 */
    { "strange", 0.21174, 0.2310 }, /* 18 wrong of 20 */
    { "abbreviation", 0.02385, 0.2550 }, /* 29 wrong of 889 */
    { "figures", 0.00151, 0.2908 }, /* 32 wrong of 2779 */
    { "code", 0.01719, 0.1750 }, /* 5 wrong of 298 */
    { "sign", 0.00257, 0.2029 }, /* 6 wrong of 1149 */
};
