/* Sums of products: the plain version, the processor's own and a sum written out agree, whatever the sizes; padding stays zero.
 */
#include "ocr/product.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MOST_ROWS 9u
#define UNTOUCHED 0x5A5A5A5A

typedef void (*product) (const kh_weights *weights, const gint16 *inputs, guint rows, gint32 *sums);

/* Weights and inputs of -127..127 that are the same at every run; every third is an end of that range. */
static gint16
number_at (guint32 i)
{
    guint32 bits = (i + 1) * 2654435761u;
    bits ^= bits >> 15;
    return i % 3 == 0 ? (bits & 1 ? 127 : -127) : (gint16)((gint32)(bits % 255) - 127);
}

static kh_weights
some_weights (guint outputs, guint depth)
{
    kh_weights weights = kh_weights_new (outputs, depth);
    for (guint o = 0; o < outputs; o++)
        for (guint i = 0; i < depth; i++)
            kh_weights_set (&weights, o, i, number_at (o * depth + i));
    return weights;
}

/* Fails unless the product gives the right sums for rows 0..MOST_ROWS, and writes nothing behind them. */
static void
check_product (product multiply, guint outputs, guint depth)
{
    kh_weights weights = some_weights (outputs, depth);
    g_autofree gint16 *inputs = g_new (gint16, MOST_ROWS * weights.depth);
    for (guint i = 0; i < MOST_ROWS * weights.depth; i++)
        inputs[i] = number_at (i + 77); /* where depth is odd, the padding input meets a weight of zero */
    for (guint rows = 0; rows <= MOST_ROWS; rows++) {
        g_autofree gint32 *sums = g_new (gint32, rows * weights.padded + 1);
        for (guint i = 0; i <= rows * weights.padded; i++)
            sums[i] = UNTOUCHED;
        multiply (&weights, inputs, rows, sums);
        for (guint r = 0; r < rows; r++)
            for (guint o = 0; o < weights.padded; o++) {
                gint32 wanted = 0;
                for (guint i = 0; o < outputs && i < depth; i++)
                    wanted += number_at (o * depth + i) * inputs[r * weights.depth + i];
                assert_int_equal (sums[r * weights.padded + o], wanted);
            }
        assert_int_equal (sums[rows * weights.padded], UNTOUCHED);
    }
    kh_weights_clear (&weights);
    assert_null (weights.pairs);
}

static const struct {
    guint outputs, depth;
} SIZES[] = { { 1, 1 }, { 1, 2 }, { 15, 3 }, { 16, 10 }, { 17, 9 }, { 64, 26 }, { 100, 145 }, { 384, 192 }, { 3, 4096 } };

static void
test_plain (void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
        check_product (product_plain, SIZES[i].outputs, SIZES[i].depth);
}

static void
test_of_this_processor (void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
        check_product (kh_product, SIZES[i].outputs, SIZES[i].depth);
}

static void
test_avx2 (void **state)
{
    (void)state;
#ifdef HAS_AVX2
    if (!__builtin_cpu_supports ("avx2"))
        skip ();
    for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
        check_product (product_avx2, SIZES[i].outputs, SIZES[i].depth);
#else
    skip ();
#endif
}

static void
test_sizes_are_padded (void **state)
{
    (void)state;
    static const struct {
        guint outputs, depth, padded, even;
    } cases[] = { { 1, 1, 16, 2 }, { 16, 2, 16, 2 }, { 17, 5, 32, 6 }, { 111, 48, 112, 48 } };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_weights weights = kh_weights_new (cases[i].outputs, cases[i].depth);
        assert_int_equal (weights.outputs, cases[i].outputs);
        assert_int_equal (weights.padded, cases[i].padded);
        assert_int_equal (weights.depth, cases[i].even);
        kh_weights_clear (&weights);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_plain),
        cmocka_unit_test (test_of_this_processor),
        cmocka_unit_test (test_avx2),
        cmocka_unit_test (test_sizes_are_padded),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
