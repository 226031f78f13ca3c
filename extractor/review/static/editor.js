/* editor.js - a value being edited, in its own place on the page.
 *
 * Enter and leaving the field save, Escape does not. While an input method composes a letter (Vietnamese: Telex, VNI), no key is a command
 * and nothing is saved: the composition's end comes first. The page knows the open editor (`openEditor`), to save it when it is closed. */

import { el, id } from "./dom.js";
import { t, day, isoDay, number, isNumber, deadlineMeaning } from "./texts.js";
import { COMPARATORS, kindOf, written } from "./record.js";

let open = null;
export const openEditor = () => open;

/* ---- between a value and its text ---- */

function textOf(value, kind) {
  if (kind === "list") return value.join("\n");
  if (kind === "deadline" || kind === "baseline") return value?.text ?? "";
  if (kind === "date" || kind === "day") return day(value);
  return kind === "number" ? number(value) : (value ?? "");
}

/* {value} or {fault}. `understood` is what the server made of a deadline's text. */
function valueOf(text, kind, understood) {
  const line = text.replace(/\s+/g, " ").trim();
  switch (kind) {
    case "list": return { value: text.split("\n").map((item) => item.replace(/\s+/g, " ").trim()).filter(Boolean) };
    case "wanted": return line ? { value: line } : { fault: t("edit.wanted") };
    case "number": {
      const value = isNumber(line);
      return Number.isNaN(value) ? { fault: t("edit.bad_number", line) } : { value };
    }
    case "date": case "day": {
      const value = isoDay(line);
      const bad = value === undefined || (kind === "day" && value && value.length < 10);
      return bad ? { fault: t("edit.bad_date", line) } : { value };
    }
    case "deadline":
      if (!line) return { value: null };
      return { value: understood ? { ...understood, text: line } : { text: line, kind: "conditional", start: null, end: null } };
    case "baseline":
      return { value: line ? { text: line, start: understood?.start ?? null, end: understood?.end ?? null } : null };
    case "choice": return { value: text };
    default: return { value: line || null };
  }
}

/* ---- the field ---- */

/* Grows with its text. */
function fit(field) {
  if (field.tagName !== "TEXTAREA") return;
  field.style.setProperty("height", "auto");
  field.style.setProperty("height", `${field.scrollHeight + 2}px`);
}

function makeField(kind, text, label) {
  if (kind === "choice") {
    const field = el("select", { "aria-label": label });
    for (const sign of COMPARATORS) field.append(el("option", { value: sign, selected: sign === text }, written(sign, "/targets/0/comparator")));
    return field;
  }
  const field = el("textarea", { "aria-label": label, rows: 1, spellcheck: "false", autocomplete: "off" });
  field.value = text;
  return field;
}

/* What is understood of a deadline's text, below the field, as it is typed; and a day to pick. */
function makeDeadlineHelp(field, isComposing, parse) {
  const meaning = el("output", { class: "meaning" });
  const picker = el("input", { type: "date", class: "picker", "aria-label": t("edit.pick_day"), title: t("edit.pick_day") });
  const state = { understood: null, ready: Promise.resolve() };
  let waiting = 0, asked = "";

  async function look() {
    const text = field.value.replace(/\s+/g, " ").trim();
    if (text === asked) return;
    asked = text;
    const deadline = text ? await parse(text).catch(() => null) : null;
    if (text !== asked) return;
    state.understood = deadline;
    meaning.textContent = !text ? t("edit.deadline_empty") : deadline ? `→ ${deadlineMeaning(deadline)}` : t("edit.deadline_unknown");
    meaning.classList.toggle("unknown", text !== "" && !deadline);
  }
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!isComposing()) state.ready = look(); }, 120);
  });
  picker.addEventListener("change", () => {
    field.value = day(picker.value);
    state.ready = look();
    field.focus();
  });
  state.ready = look();
  return { parts: [picker, meaning], settle: async () => { clearTimeout(waiting); await state.ready; await look(); return state.understood; } };
}

/* ---- editing ---- */

/* Edits the value at `pointer` over `holder` (an element that the caller draws anew). `parse (text)`: what a deadline
 * means; `caret`: where the caret goes.
 * Resolves with {value} (saved), {split: value, at} (split the row at the caret, in characters) or {} (cancelled, or nothing changed);
 * `next` is 1 or -1 when Tab left it, and `stay` when a key did. */
export function edit(holder, pointer, value, label, { parse, canSplit = false, caret = null }) {
  const kind = kindOf(pointer) ?? "text";
  const before = textOf(value, kind);
  const field = makeField(kind, before, label);
  const fault = el("p", { class: "fault", role: "alert" });
  let composing = false, leaving = false, over = false;

  const help = { list: "edit.list_help", deadline: "edit.deadline_help", baseline: "edit.deadline_help", date: "edit.date_help", day: "edit.date_help" }[kind];
  const meaning = kind === "deadline" || kind === "baseline" ? makeDeadlineHelp(field, () => composing, parse) : null;
  const form = el("div", { class: `editor ${kind}` }, el("div", { class: "entry" }, field, meaning?.parts[0]), meaning?.parts[1], fault);
  holder.classList.add("editing");
  holder.append(form);
  id("help").textContent = t(canSplit ? "edit.split_help" : help ?? "edit.help");
  id("help").hidden = false;
  field.focus();
  fit(field);
  form.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (field.setSelectionRange) caret === null ? field.select() : field.setSelectionRange(caret, caret);

  return new Promise((resolve) => {
    function end(answer) {
      if (over) return;
      over = true;
      open = null;
      id("help").hidden = true;
      resolve(answer);
    }

    /* Saves, or says why it cannot. */
    async function save(more = {}) {
      if (over || composing) return;
      const text = field.value;
      if (text === before) return end(more);
      const understood = meaning ? await meaning.settle() : null;
      const made = valueOf(text, kind, understood);
      if (made.fault) {
        fault.textContent = made.fault;
        field.setAttribute("aria-invalid", "true");
        if (!more.stay && !more.next) field.focus();
        return;
      }
      end({ value: made.value, ...more });
    }

    /* What would be saved if the page were closed now; null when nothing is changed, or cannot be saved. */
    open = {
      pointer,
      last: () => {
        if (over || field.value === before) return null;
        if (kind === "deadline") return { value: field.value.replace(/\s+/g, " ").trim() || null }; /* the server parses a text */
        const made = valueOf(field.value, kind, null);
        return made.fault ? null : made;
      },
      save: () => save(),
    };

    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => {
      composing = false;
      if (leaving) setTimeout(save, 0);
    });
    field.addEventListener("input", () => {
      fit(field);
      fault.textContent = "";
      field.removeAttribute("aria-invalid");
    });

    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229 || composing) return;
      const { key, shiftKey, ctrlKey, metaKey } = event;
      if (key === "Escape") end({ stay: true });
      else if (key === "Enter" && (ctrlKey || metaKey) && canSplit) {
        const made = valueOf(field.value, kind, null);
        if (made.fault) return;
        const left = field.value.slice(0, field.selectionStart).replace(/\s+/g, " ").trimStart();
        end({ split: made.value, changed: field.value !== before, at: [...left].length, stay: true });
      } else if (key === "Enter" && !(shiftKey && kind === "list")) save({ stay: true });
      else if (key === "Tab" && event.target === field) save({ next: shiftKey ? -1 : 1 });
      else return;
      event.preventDefault();
    });

    /* Leaving the field saves; the day beside it, and a dialog, are no leaving. */
    form.addEventListener("focusout", (event) => {
      if (over || form.contains(event.relatedTarget)) return;
      leaving = true;
      setTimeout(() => {
        if (!over && !form.contains(document.activeElement) && document.hasFocus()) save();
        else leaving = false;
      }, 0);
    });
  });
}
