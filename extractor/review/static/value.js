/* value.js - a value as it stands on the page: one element that can be focused, with its place in data-pointer. */

import { el } from "./dom.js";
import { t } from "./texts.js";
import { at, changeOf, doubtOf, isSettled, kindOf, nameOf, whole, written } from "./record.js";

/* The classes and words that tell a value's standing: doubtful, corrected. */
function standing(shown, pointer) {
  const doubt = doubtOf(shown, pointer) ?? (whole(pointer) !== pointer ? null : undefined);
  const classes = [], words = [];
  if (doubt && !isSettled(shown, pointer)) {
    classes.push("doubtful");
    words.push(t("value.doubtful"));
  }
  if (changeOf(shown, pointer)) {
    classes.push("corrected");
    words.push(t("value.corrected"));
  }
  return { classes, words };
}

/* The element of a value. `empty`: what is shown when there is none. */
export function valueElement(shown, pointer, { tag = "span", empty = "–", label = null, stop = true } = {}) {
  const text = written(at(shown.record, pointer), pointer);
  const { classes, words } = standing(shown, pointer);
  if (!text) classes.push("empty");
  const name = label ?? nameOf(shown.record, pointer);
  return el(tag, {
    class: ["value", ...classes].join(" "),
    data: { pointer },
    role: "button",
    tabindex: stop ? "0" : "-1",
    "aria-label": [`${name}: ${text || t("value.empty")}`, ...words].join("; "),
    "aria-keyshortcuts": whole(pointer) && kindOf(whole(pointer)) ? "Enter" : null,
  }, text || empty);
}
