# kehoach - reads Vietnamese administrative plans. `make help` lists what there is.

VERSION := 0.1.0
SOVERSION := 0

# --- settings, all may be given on the command line -------------------------------------------

build   ?= release# release | debug | sanitize | coverage
CC      ?= gcc
prefix  ?= /usr/local
bindir  ?= $(prefix)/bin
libdir  ?= $(prefix)/lib
includedir ?= $(prefix)/include
datadir ?= $(prefix)/share
mandir  ?= $(datadir)/man
localedir ?= $(datadir)/locale
pkgconfigdir ?= $(libdir)/pkgconfig
completionsdir ?= $(datadir)/bash-completion/completions
INSTALL ?= install
CORPUS ?= ../shared/corpus
HELD   := build/held

B := build/$(build)
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

# --- flags ------------------------------------------------------------------------------------

PACKAGES := glib-2.0 gio-2.0 poppler-glib cairo cairo-script lept jansson libseccomp sqlite3 libpq xlsxwriter libmicrohttpd
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

CPPFLAGS_ALL := -Iextractor -I$(B)/generated -D_GNU_SOURCE -DG_LOG_DOMAIN='"kehoach"' \
                -DKH_VERSION='"$(VERSION)"' -DKH_LOCALE_DIR='"$(localedir)"' -DKH_DATA_DIR='"$(datadir)/kehoach"'
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wpointer-arith
CFLAGS_release  := -O2 -g
CFLAGS_debug    := -O0 -g3 -Werror
CFLAGS_sanitize := -O1 -g3 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
CFLAGS_coverage := -O0 -g3 --coverage
CFLAGS_ALL := -std=gnu11 $(WARNINGS) -fPIC -fvisibility=hidden $(CFLAGS_$(build)) $(PKG_CFLAGS)
# Loops over pixels and numbers that are to be vectorised. Nothing here changes the order of a sum: results are the same everywhere.
CFLAGS_loops    := -ffinite-math-only -fno-signed-zeros -fno-trapping-math -fno-math-errno -ffp-contract=off
CFLAGS_loops_release := -O3
LDFLAGS_sanitize := -fsanitize=address,undefined
LDFLAGS_coverage := --coverage
LDFLAGS_ALL := $(LDFLAGS_$(build))
LIBS := $(PKG_LIBS) -lm

# --- what is built ----------------------------------------------------------------------------

ROOMS    := base core source ocr viet layout plan emit workers store batch compare review
LIB_SRC  := $(wildcard extractor/*.c $(foreach r,$(ROOMS),extractor/$(r)/*.c))
CLI_SRC  := $(wildcard extractor/cli/*.c)
UNIT_SRC := $(wildcard tests/unit/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o) $(B)/generated/schema.o $(B)/generated/lists.o $(B)/generated/tables.o $(B)/generated/pages.o
CLI_OBJ  := $(CLI_SRC:%.c=$(B)/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%)
LANGUAGES := $(patsubst po/%.po,%,$(wildcard po/*.po))
MO       := $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/kehoach.mo)
STATIC   := $(B)/libkehoach.a
SHARED   := $(B)/libkehoach.so.$(VERSION)
PROGRAM  := $(B)/kehoach

all: $(PROGRAM) $(STATIC) $(SHARED) $(B)/kehoach.pc $(B)/kehoach.1 $(B)/kehoach.bash $(MO) ## the program, the library, man page, completion, messages

$(B)/%.o: %.c
	$(Q)mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS) -MMD -MP -c -o $@ $<

LOOPS := ocr/network ocr/product ocr/strip source/bits source/colour source/grey source/raster source/resample
$(LOOPS:%=$(B)/extractor/%.o): CFLAGS_ALL += $(CFLAGS_loops) $(CFLAGS_loops_$(build))

# The schema, the lists of models/ and the tables of a store are compiled in as GLib resources.
$(B)/generated/schema.c: schemas/kehoach.gresource.xml schemas/plan.schema.json
	$(Q)mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)glib-compile-resources --sourcedir=schemas --generate-source --internal --c-name kh_schema --target=$@ $<

$(B)/generated/lists.c: models/lists.gresource.xml models/provinces.tsv models/localities.tsv models/units.tsv models/topics.tsv
	$(Q)mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)glib-compile-resources --sourcedir=models --generate-source --internal --c-name kh_lists --target=$@ $<

$(B)/generated/tables.c: extractor/store/store.gresource.xml extractor/store/tables.sql extractor/store/review.sql
	$(Q)mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)glib-compile-resources --sourcedir=extractor/store --generate-source --internal --c-name kh_store_tables --target=$@ $<

# All files of static/ are served.
PAGES := $(sort $(wildcard extractor/review/static/*))
$(B)/generated/pages.gresource.xml: $(PAGES) extractor/review/static
	$(Q)mkdir -p $(@D)
	$(Q){ echo '<gresources><gresource prefix="/kehoach/review">'; for f in $(notdir $(PAGES)); do echo "<file>$$f</file>"; done; echo '</gresource></gresources>'; } > $@

$(B)/generated/pages.c: $(B)/generated/pages.gresource.xml $(PAGES)
	$(call say,GEN,$@)
	$(Q)glib-compile-resources --sourcedir=extractor/review/static --generate-source --internal --c-name kh_review_static --target=$@ $<

$(B)/generated/%.o: $(B)/generated/%.c
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -Wno-all -Wno-extra $(CFLAGS) -c -o $@ $<

$(STATIC): $(LIB_OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(SHARED): $(LIB_OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) -shared -Wl,-soname,libkehoach.so.$(SOVERSION) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

$(PROGRAM): $(CLI_OBJ) $(STATIC)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/kehoach.pc: extractor/kehoach.pc.in Makefile
	$(Q)mkdir -p $(@D)
	$(Q)sed -e 's|@prefix@|$(prefix)|; s|@libdir@|$(libdir)|; s|@includedir@|$(includedir)|; s|@version@|$(VERSION)|; s|@packages@|$(PACKAGES)|' $< > $@

$(B)/kehoach.1: $(PROGRAM)
	$(Q)LC_ALL=C $(PROGRAM) --generate man > $@

$(B)/kehoach.bash: $(PROGRAM)
	$(Q)LC_ALL=C $(PROGRAM) --generate bash-completion > $@

$(B)/locale/%/LC_MESSAGES/kehoach.mo: po/%.po
	$(Q)mkdir -p $(@D)
	$(call say,MSGFMT,$<)
	$(Q)msgfmt --check -o $@ $<

messages: ## bring po/*.po up to date with the sources
	xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ --no-location --sort-output --package-name=kehoach \
	    -o po/kehoach.pot $(LIB_SRC) $(CLI_SRC)
	for po in $(wildcard po/*.po); do msgmerge --quiet --update --no-fuzzy-matching --backup=none --no-location --sort-output $$po po/kehoach.pot; done

# --- install ----------------------------------------------------------------------------------

install: all ## install below $(DESTDIR)$(prefix)
	$(INSTALL) -d $(addprefix $(DESTDIR),$(bindir) $(libdir) $(includedir) $(pkgconfigdir) $(mandir)/man1 $(completionsdir) $(datadir)/kehoach)
	$(INSTALL) -m 755 $(PROGRAM) $(DESTDIR)$(bindir)/kehoach
	$(INSTALL) -m 644 $(STATIC) $(DESTDIR)$(libdir)/libkehoach.a
	$(INSTALL) -m 755 $(SHARED) $(DESTDIR)$(libdir)/libkehoach.so.$(VERSION)
	ln -sf libkehoach.so.$(VERSION) $(DESTDIR)$(libdir)/libkehoach.so.$(SOVERSION)
	ln -sf libkehoach.so.$(SOVERSION) $(DESTDIR)$(libdir)/libkehoach.so
	$(INSTALL) -m 644 extractor/kehoach.h $(DESTDIR)$(includedir)/kehoach.h
	$(INSTALL) -m 644 $(B)/kehoach.pc $(DESTDIR)$(pkgconfigdir)/kehoach.pc
	$(INSTALL) -m 644 $(B)/kehoach.1 $(DESTDIR)$(mandir)/man1/kehoach.1
	$(INSTALL) -m 644 $(B)/kehoach.bash $(DESTDIR)$(completionsdir)/kehoach
	$(INSTALL) -m 644 schemas/plan.schema.json schemas/repair.schema.json schemas/compare.schema.json models/vi.lm models/vi.spelling $(DESTDIR)$(datadir)/kehoach/
	for l in $(LANGUAGES); do $(INSTALL) -D -m 644 $(B)/locale/$$l/LC_MESSAGES/kehoach.mo $(DESTDIR)$(localedir)/$$l/LC_MESSAGES/kehoach.mo; done

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/kehoach $(DESTDIR)$(libdir)/libkehoach.a $(DESTDIR)$(libdir)/libkehoach.so* \
	    $(DESTDIR)$(includedir)/kehoach.h $(DESTDIR)$(pkgconfigdir)/kehoach.pc $(DESTDIR)$(mandir)/man1/kehoach.1 \
	    $(DESTDIR)$(completionsdir)/kehoach $(addprefix $(DESTDIR)$(datadir)/kehoach/,plan.schema.json repair.schema.json compare.schema.json vi.lm vi.spelling)
	for l in $(LANGUAGES); do rm -f $(DESTDIR)$(localedir)/$$l/LC_MESSAGES/kehoach.mo; done
	-rmdir $(DESTDIR)$(datadir)/kehoach

dist: ## build/kehoach-VERSION.tar.gz of what is committed
	mkdir -p build
	git archive --prefix=kehoach-$(VERSION)/ -o build/kehoach-$(VERSION).tar.gz HEAD

# --- try it -----------------------------------------------------------------------------------

setup-%:
	$(Q)tools/setup.sh $*

demo: setup-demo ## install what is missing, build, read a scanned sample and show what came out
	$(Q)$(MAKE) --no-print-directory all
	$(Q)PROGRAM=$(PROGRAM) tools/demo.sh

# --- tests ------------------------------------------------------------------------------------

check: setup-test ## install what tests need, build, run all tests
	$(Q)$(MAKE) --no-print-directory all unit-programs
	$(Q)PROGRAM=$(PROGRAM) B=$(B) tools/check.sh

unit-programs: $(UNIT_BIN) $(B)/put_records

unit: $(UNIT_BIN) ## the unit tests alone
	$(Q)B=$(B) tools/check.sh unit

$(B)/tests/%: $(B)/tests/unit/%.o $(STATIC)
	$(Q)mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs cmocka)

$(B)/put_records: $(B)/tests/eval/put_records.o $(STATIC)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

sanitize: setup-test ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	$(Q)$(MAKE) --no-print-directory build=sanitize all unit-programs
	$(Q)PROGRAM=build/sanitize/kehoach B=build/sanitize tools/check.sh

coverage: setup-test ## which lines the tests reach: build/coverage/*.gcov
	$(Q)$(MAKE) --no-print-directory build=coverage all unit-programs
	$(Q)PROGRAM=build/coverage/kehoach B=build/coverage tools/check.sh
	$(Q)gcov -s extractor -o build/coverage/extractor $(LIB_SRC) 2>/dev/null | grep -A1 "^File 'extractor" || true

eval: setup-eval ## accuracy, and how scans were read, on samples/ and, when present, ../shared/dev
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/eval/eval.py --program $(PROGRAM) $(EVAL)

eval-repair: setup-eval ## repair measured: bare text, lost letters, encodings, OCR, sound text, speed
	$(Q)$(MAKE) --no-print-directory all $(if $(wildcard $(CORPUS)),held)
	$(Q)tests/eval/repair.py --program $(PROGRAM) --held $(HELD) $(EVAL)

bench: setup-bench ## speed by kind of page, and beside ocrmypdf and tesseract
	$(Q)$(MAKE) --no-print-directory all
	$(Q)$(MAKE) --no-print-directory $(B)/put_records
	$(Q)tests/eval/bench.py --program $(PROGRAM) $(BENCH)
	$(Q)tests/eval/compare.py --program $(PROGRAM)

bench-archive: setup-bench setup-samples ## many documents: survey, batch on one processor and two, memory, compare; makes archives, 20 minutes
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/eval/bench_archive.py --program $(PROGRAM) $(BENCH)

survive: all ## every PDF of ../shared/bad: a record or a clear error
	$(Q)PROGRAM=$(PROGRAM) tests/eval/survive.sh

samples: setup-samples ## render samples/*/gold.json to digital PDFs and scans
	$(Q)samples/render.py

$(B)/train: $(patsubst %.c,$(B)/%.o,$(wildcard models/*.c)) $(STATIC)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

model: $(B)/train ## train models/vi.lm and vi.spelling anew from $(CORPUS) (2 minutes, 1.5 GB)
	$(Q)$(B)/train $(CORPUS) models/corpus.tsv models/vi.lm
	$(Q)$(B)/train --characters $(CORPUS) models/corpus.tsv models/vi.spelling

held: $(HELD)/vi.lm ## a model trained without a tenth of the domain's documents, and those, in build/held

$(HELD)/vi.lm: $(wildcard models/*.[ch]) models/corpus.tsv extractor/viet/token.c extractor/viet/lm_format.h | $(B)/train
	$(Q)mkdir -p $(HELD)
	$(Q)$(B)/train $(CORPUS) models/corpus.tsv $@ --hold-out $(HELD)/held.txt
	$(Q)$(B)/train --characters $(CORPUS) models/corpus.tsv $(HELD)/vi.spelling --hold-out

misreadings: setup-misreadings ## learn anew what the engine misreads (models/ocr_errors.tsv) from pages rendered and scanned; 20 minutes
	$(Q)$(MAKE) --no-print-directory all
	$(Q)models/ocr_errors.py --program $(PROGRAM) --corpus $(CORPUS)
	$(Q)awk -f models/ocr_costs.awk models/ocr_errors.tsv > extractor/viet/ocr_costs.h

trust: setup-misreadings ## count anew how often words are wrong that were read so surely (extractor/viet/trust_table.h), on scans of samples/; 10 minutes
	$(Q)$(MAKE) --no-print-directory all
	$(Q)samples/render.py --variants 3 --forms scan-a,scan-b,scan-c --out build/trust
	$(Q)models/trust.py --program $(PROGRAM) build/trust > build/trust_table.h && mv build/trust_table.h extractor/viet/trust_table.h

clean: ## remove build/
	$(Q)rm -rf build

help: ## this list
	@echo "make targets (build=release|debug|sanitize|coverage, V=1 for the commands):"
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

.DEFAULT_GOAL := all
.PHONY: all messages trust install uninstall dist demo check unit unit-programs sanitize coverage eval eval-repair bench bench-archive survive samples model held misreadings clean help
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
