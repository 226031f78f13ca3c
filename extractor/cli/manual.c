/* manual.c - the man page and the bash completion, made from the commands' option tables. */
#include "command.h"

#include <string.h>

/* Text as roff: a leading dot or quote, backslashes and hyphens must not be taken as requests. */
static void
append_roff (GString *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\\')
            g_string_append (out, "\\e");
        else if (*p == '-')
            g_string_append (out, "\\-");
        else if (*p == '\n' && p[1] == '\n') {
            g_string_append (out, "\n.PP\n");
            p++;
        } else
            g_string_append_c (out, *p);
    }
    g_string_append_c (out, '\n');
}

static void
append_options (GString *out, const GOptionEntry *options)
{
    for (; options->long_name != NULL; options++) {
        if (*options->long_name == '\0') /* G_OPTION_REMAINING */
            continue;
        g_string_append (out, ".TP\n.B ");
        if (options->short_name != 0)
            g_string_append_printf (out, "\\-%c, ", options->short_name);
        g_string_append_printf (out, "\\-\\-%s", options->long_name);
        if (options->arg_description != NULL)
            g_string_append_printf (out, " \\fI%s\\fR", _(options->arg_description));
        g_string_append_c (out, '\n');
        append_roff (out, _(options->description));
    }
}

void
kh_print_manual (GString *out)
{
    g_string_append_printf (out, ".TH KEHOACH 1 \"\" \"kehoach %s\"\n.SH NAME\nkehoach \\- ", kh_version ());
    append_roff (out, _("reads Vietnamese administrative plans: scanned or digital in, data out"));
    g_string_append (out, ".SH SYNOPSIS\n");
    for (guint i = 0; kh_commands[i] != NULL; i++)
        g_string_append_printf (out, "%s.B kehoach %s\n[\\fIOPTION\\fR...] \\fI%s\\fR\n", i > 0 ? ".br\n" : "", kh_commands[i]->name,
                                _(kh_commands[i]->arguments));
    g_string_append (out, ".SH COMMANDS\n");
    for (guint i = 0; kh_commands[i] != NULL; i++) {
        const kh_command *command = kh_commands[i];
        g_string_append_printf (out, ".SS kehoach %s\n", command->name);
        append_roff (out, _(command->summary));
        g_string_append (out, ".PP\n");
        append_roff (out, _(command->description));
        append_options (out, command->options);
    }
    g_string_append (out, ".SH COMMON OPTIONS\n");
    append_options (out, kh_common_options);
    g_string_append (out, ".SH ENVIRONMENT\n.TP\n.B LANG, LC_MESSAGES\n");
    append_roff (out, _("Language of messages: Vietnamese or English. Data never depends on it."));
    g_string_append (out, ".TP\n.B NO_COLOR\n");
    append_roff (out, _("When set, messages have no colours."));
    g_string_append (out, ".TP\n.B TESSDATA_PREFIX\n");
    append_roff (out, _("Where the engine's models stand, when not in the usual place."));
}

static void
append_words (GString *out, const GOptionEntry *options)
{
    for (; options->long_name != NULL; options++)
        if (*options->long_name != '\0')
            g_string_append_printf (out, " --%s", options->long_name);
}

void
kh_print_completion (GString *out)
{
    g_string_append (out, "# bash completion for kehoach, made by kehoach --generate bash-completion\n"
                          "_kehoach ()\n{\n"
                          "    local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                          "    local command=\"${COMP_WORDS[1]}\" words=\"\"\n"
                          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"--help --version --generate");
    for (guint i = 0; kh_commands[i] != NULL; i++)
        g_string_append_printf (out, " %s", kh_commands[i]->name);
    g_string_append (out, "\"\n        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n        return\n    fi\n"
                          "    case \"$command $previous\" in\n");
    for (guint i = 0; kh_commands[i] != NULL; i++)
        for (const char *const *c = kh_commands[i]->choices; *c != NULL; c += 2) {
            g_autofree char *values = g_strdelimit (g_strdup (c[1]), "|", ' ');
            g_string_append_printf (out, "    \"%s --%s\") COMPREPLY=($(compgen -W \"%s\" -- \"$current\")); return ;;\n",
                                    kh_commands[i]->name, c[0], values);
        }
    g_string_append (out, "    esac\n    case \"$command\" in\n");
    for (guint i = 0; kh_commands[i] != NULL; i++) {
        g_string_append_printf (out, "    %s) words=\"--help", kh_commands[i]->name);
        append_words (out, kh_commands[i]->options);
        append_words (out, kh_common_options);
        g_string_append (out, "\" ;;\n");
    }
    g_string_append (out, "    esac\n"
                          "    case \"$current\" in\n"
                          "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
                          "    *) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n"
                          "    esac\n}\ncomplete -o filenames -F _kehoach kehoach\n");
}
