/* Made by models/trust.py of scans of samples/; do not edit. */
#define BY_CONTEXT 0.831 /* 46869 words, 171 wrong */
static const doubt DOUBTS[KH_N_PRINTS] = {
    { "syllable", 0.00034, 0.0594 }, /* 81 wrong of 41716 */
    { "strange", 0.08411, 0.9661 }, /* 30 wrong of 131 */
    { "abbreviation", 0.01182, 0.1501 }, /* 17 wrong of 796 */
    { "figures", 0.00036, 0.3605 }, /* 32 wrong of 2779 */
    { "code", 0.00851, 0.1266 }, /* 5 wrong of 298 */
    { "sign", 0.00087, 0.2115 }, /* 6 wrong of 1149 */
};
