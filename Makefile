# kehoach - reads Vietnamese administrative plans. `make help` lists what there is.

VERSION := 0.1.0
build   ?= release
CC      ?= gcc
B       := build/$(build)

PACKAGES := glib-2.0 gio-2.0 gobject-2.0 poppler-glib cairo cairo-script lept tesseract jansson libseccomp

CPPFLAGS_ALL := -Iextractor -I$(B)/generated -D_GNU_SOURCE -DG_LOG_DOMAIN='"kehoach"' -DKH_VERSION='"$(VERSION)"' \
                -DKH_LOCALE_DIR='"$(localedir)"'
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wpointer-arith
CFLAGS_release  := -O2 -g
CFLAGS_debug    := -O0 -g3 -Werror
CFLAGS_sanitize := -O1 -g3 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
CFLAGS_coverage := -O0 -g3 --coverage
CFLAGS_ALL = -std=gnu11 $(WARNINGS) -fPIC -fvisibility=hidden $(CFLAGS_$(build)) $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDFLAGS_sanitize := -fsanitize=address,undefined
LDFLAGS_coverage := --coverage
LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm

ROOMS    := base core source ocr viet layout plan emit workers
LIB_SRC  := $(wildcard extractor/*.c $(foreach r,$(ROOMS),extractor/$(r)/*.c))
CLI_SRC  := $(wildcard extractor/cli/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(B)/%.o)
UNIT_SRC := $(wildcard tests/unit/*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%)

Q := $(if $(V),,@)

all: $(B)/kehoach

$(B)/%.o: %.c
	$(Q)mkdir -p $(@D)
	$(if $(V),,@echo "  CC    $<")
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/libkehoach.a: $(LIB_OBJ)
	$(if $(V),,@echo "  AR    $@")
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/kehoach: $(CLI_OBJ) $(B)/libkehoach.a
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(LDFLAGS_$(build)) $(LDFLAGS) -o $@ $(CLI_OBJ) $(B)/libkehoach.a $(LIBS)

$(B)/tests/%: $(B)/tests/unit/%.o $(B)/libkehoach.a
	$(if $(V),,@echo "  LINK  $@")
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_$(build)) $(LDFLAGS) -o $@ $< $(B)/libkehoach.a $(LIBS) $(shell pkg-config --libs cmocka)

unit: $(UNIT_BIN)
	$(Q)set -e; for t in $^; do $$t; done

clean:
	$(Q)rm -rf build

.PHONY: all unit clean
.SECONDARY:
-include $(shell find build -name '*.d' 2>/dev/null)
