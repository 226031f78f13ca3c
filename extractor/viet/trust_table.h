/* Made by models/trust.py of scans of samples/; do not edit. */
#define BY_CONTEXT 0.870 /* 46869 words, 171 wrong */
static const doubt DOUBTS[KH_N_PRINTS] = {
    { "syllable", 0.00046, 0.0198, 0.1472 }, /* 81 wrong of 41734 */
    { "strange", 0.19057, 0.3067, 0.3883 }, /* 18 wrong of 20 */
    { "abbreviation", 0.02512, 0.0913, 0.4063 }, /* 29 wrong of 889 */
    { "figures", 0.00154, 0.2315, 0.3688 }, /* 32 wrong of 2779 */
    { "code", 0.01804, 0.0364, 0.1960 }, /* 5 wrong of 298 */
    { "sign", 0.00253, 0.0326, 0.5093 }, /* 6 wrong of 1149 */
};
