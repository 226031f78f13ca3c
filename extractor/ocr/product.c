/* product.c - see product.h.
 *
 * A pair of inputs is multiplied with the pairs of weights of eight outputs in one instruction (AVX2's vpmaddwd). Four
 * rows at a time share the weights they load. The plain version does the same for processors without it.
 */
#include "ocr/product.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_AVX2 1
#endif

kh_weights
kh_weights_new (guint outputs, guint depth)
{
    kh_weights weights = { outputs, (outputs + KH_PRODUCT_BLOCK - 1) / KH_PRODUCT_BLOCK * KH_PRODUCT_BLOCK, (depth + 1) / 2 * 2, NULL };
    weights.pairs = g_new0 (gint16, (gsize) weights.depth * weights.padded);
    return weights;
}

void
kh_weights_clear (kh_weights *weights)
{
    g_clear_pointer (&weights->pairs, g_free);
}

void
kh_weights_set (kh_weights *weights, guint output, guint input, gint16 value)
{
    weights->pairs[((gsize) (input / 2) * weights->padded + output) * 2 + input % 2] = value;
}

static void
product_plain (const kh_weights *w, const gint16 *inputs, guint rows, gint32 *sums)
{
    memset (sums, 0, sizeof *sums * rows * w->padded);
    for (guint r = 0; r < rows; r++, inputs += w->depth, sums += w->padded)
        for (guint k = 0; k < w->depth / 2; k++) {
            const gint16 *pairs = w->pairs + (gsize) k * w->padded * 2;
            gint32 first = inputs[2 * k], second = inputs[2 * k + 1];
            for (guint o = 0; o < w->padded; o++)
                sums[o] += pairs[2 * o] * first + pairs[2 * o + 1] * second;
        }
}

#ifdef HAS_AVX2

/* The sums of `rows` rows (a constant where this is inlined) for the 16 outputs from `output` on. */
__attribute__ ((target ("avx2"), always_inline)) static inline void
product_block (const kh_weights *w, const gint16 *inputs, const guint rows, guint output, gint32 *sums)
{
    __m256i low[4], high[4];
    for (guint r = 0; r < rows; r++)
        low[r] = high[r] = _mm256_setzero_si256 ();
    const gint16 *pairs = w->pairs + (gsize) output * 2;
    for (guint k = 0; k < w->depth; k += 2, pairs += (gsize) w->padded * 2) {
        __m256i a = _mm256_loadu_si256 ((const __m256i *) (const void *) pairs);
        __m256i b = _mm256_loadu_si256 ((const __m256i *) (const void *) (pairs + 16));
        for (guint r = 0; r < rows; r++) {
            gint32 pair;
            memcpy (&pair, inputs + (gsize) r * w->depth + k, sizeof pair);
            __m256i x = _mm256_set1_epi32 (pair);
            low[r] = _mm256_add_epi32 (low[r], _mm256_madd_epi16 (a, x));
            high[r] = _mm256_add_epi32 (high[r], _mm256_madd_epi16 (b, x));
        }
    }
    for (guint r = 0; r < rows; r++) {
        gint32 *at = sums + (gsize) r * w->padded + output;
        _mm256_storeu_si256 ((__m256i *) (void *) at, low[r]);
        _mm256_storeu_si256 ((__m256i *) (void *) (at + 8), high[r]);
    }
}

__attribute__ ((target ("avx2"))) static void
product_avx2 (const kh_weights *w, const gint16 *inputs, guint rows, gint32 *sums)
{
    for (; rows >= 4; rows -= 4, inputs += (gsize) 4 * w->depth, sums += (gsize) 4 * w->padded)
        for (guint output = 0; output < w->padded; output += KH_PRODUCT_BLOCK)
            product_block (w, inputs, 4, output, sums);
    for (; rows >= 1; rows--, inputs += w->depth, sums += w->padded)
        for (guint output = 0; output < w->padded; output += KH_PRODUCT_BLOCK)
            product_block (w, inputs, 1, output, sums);
}

#endif

void
kh_product (const kh_weights *weights, const gint16 *inputs, guint rows, gint32 *sums)
{
#ifdef HAS_AVX2
    if (__builtin_cpu_supports ("avx2")) {
        product_avx2 (weights, inputs, rows, sums);
        return;
    }
#endif
    product_plain (weights, inputs, rows, sums);
}
