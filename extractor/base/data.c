#include "base/data.h"

char *
kh_data_path (const char *name)
{
    const char *given = g_getenv ("KEHOACH_DATA");
    if (given != NULL && *given != '\0')
        return g_build_filename (given, name, NULL);
    static const char *const BESIDE[] = { "../share/kehoach", "../../models" };
    g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
    g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname (program);
    for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (BESIDE); i++) {
        g_autofree char *path = g_build_filename (folder, BESIDE[i], name, NULL);
        if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer (&path);
    }
    return g_build_filename (KH_DATA_DIR, name, NULL);
}
