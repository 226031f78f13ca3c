/* document.js - one document: its page beside its record. Here is what holds the parts together: which part is open, which value is chosen,
 * what keys and mouse do.
 *
 *     page_view.js  the picture and its boxes          doubts.js  what to check     grid.js  tasks, targets     fields.js  the rest
 *     editor.js     a value being edited               info.js    about the chosen value; paper
 *     changes.js    the document, kept changes         record.js  pointers, names, evidence                     api.js     the server */

import { button, ask, el, id, isTyping, tell } from "./dom.js";
import { t, languageButton, say } from "./texts.js";
import { at, evidenceOf, isRemoved, isSettled, kindOf, nameOf, rowOf, tabOf, whole } from "./record.js";
import { accept as acceptDoubt, changeRows, connect, drop, load, said, save, server, sha256, shown, undo } from "./changes.js";
import { edit as editValue, openEditor } from "./editor.js";
import { makeDoubts, nextDoubt, openDoubt, unsettled } from "./doubts.js";
import { keepStop, makeGrid, neighbour, rowWork } from "./grid.js";
import { makeHeader, makeSections } from "./fields.js";
import { fillCard, makePrint } from "./info.js";
import { makePageView } from "./page_view.js";

const TABS = ["doubts", "header", "tasks", "targets", "sections"];

const panel = id("panel");

let tab = null;         /* of TABS */
let chosen = null;      /* pointer of the value chosen */
let allColumns = false;

/* ---- what is shown ---- */

function redraw() {
  const focused = panel.contains(document.activeElement) && document.activeElement.closest(".value")?.dataset.pointer;
  const [top, left] = [panel.scrollTop, panel.scrollLeft];
  drawTabs();
  drawBar();
  const content = {
    doubts: () => [makeDoubts(shown, chosen, doubtWork)],
    header: () => [makeHeader(shown)],
    tasks: () => [makeGrid(shown, "tasks", allColumns, rows.restore)],
    targets: () => [makeGrid(shown, "targets", allColumns, rows.restore)],
    sections: () => [makeSections(shown)],
  }[tab]();
  panel.replaceChildren(...content.filter(Boolean));
  panel.scrollTo(left, top);
  listed = null;
  if (focused) focusOn(focused);
  else markChosen();
  page.redraw();
  drawCard();
}

function drawBar() {
  const { number, title } = shown.record.header;
  const text = [number, title].filter(Boolean).join(" – ") || shown.record.source.file || sha256.slice(0, 12);
  id("title").textContent = text;
  id("title").title = text;
  document.title = `${text} – kehoach`;
  id("state").replaceChildren(...["new", "in_review", "done"].map((state) => el("option", { value: state, selected: state === shown.state }, t(`state.${state}`))));
  id("exports").replaceChildren(...["json", "xlsx", "csv"].map((format) =>
    el("a", { class: "button", href: server.exportAddress(format), download: true, "aria-label": t("download", format.toUpperCase()), title: t("download", format.toUpperCase()) }, format.toUpperCase())));
}

function drawTabs() {
  const rowsOf = (list) => shown.record[list].filter((row, i) => !isRemoved(shown, `/${list}/${i}`)).length;
  const counts = { doubts: unsettled(shown).length + (shown.conflicts?.length ?? 0), tasks: rowsOf("tasks"), targets: rowsOf("targets") };
  const hadFocus = id("tabs").contains(document.activeElement);
  id("tabs").replaceChildren(...TABS.map((name, i) => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), "aria-controls": "panel", tabindex: name === tab ? "0" : "-1",
    "aria-keyshortcuts": String(i + 1), onclick: () => openTab(name),
  }, t(`tab.${name}`), name in counts && el("span", { class: name === "doubts" && counts[name] > 0 ? "count doubtful" : "count" }, String(counts[name])))));
  panel.setAttribute("aria-labelledby", `tab-${tab}`);
  if (hadFocus) id(`tab-${tab}`).focus();
}

function drawTools() {
  const list = tab === "tasks" || tab === "targets" ? tab : null;
  id("tools").hidden = !list;
  if (!list) return;
  id("tools").replaceChildren(
    button(t("row.add"), () => rows.add(list), { key: "Ins", title: t("row.add_long") }),
    button(t("row.split"), () => rows.split(), { key: "S", title: t("row.split_long") }),
    button(t("row.join"), () => rows.join(), { key: "J", title: t("row.join_long") }),
    button(t(`row.remove_${list}`), () => rows.remove(), { key: "Del", title: t("row.remove_long") }),
    list === "tasks" ? button(t("row.move"), () => rows.move(), { key: "M", title: t("row.move_long") }) : "",
    el("label", { class: "check" }, el("input", { type: "checkbox", checked: allColumns, onchange: (event) => { allColumns = event.target.checked; redraw(); } }), t("row.all_columns")));
}

function drawCard() {
  id("card").hidden = isDoubt(); /* a doubt tells it all itself */
  fillCard(id("card"), shown, chosen && at(shown.record, chosen) !== undefined ? chosen : null, { edit, restore: (change) => save([{ pointer: change.pointer, value: change.read }], chosen) });
}

function openTab(name) {
  if (name === tab) return;
  tab = name;
  drawTools();
  redraw();
  panel.scrollTo(0, 0);
  if (name === "doubts") openDoubt(panel, panel.querySelector('.in-doubts[tabindex="0"]'));
}

/* ---- what is chosen ---- */

const stopOf = (pointer) => panel.querySelector(`.value[data-pointer="${CSS.escape(pointer)}"]`);

/* The element that stands for a place in the panel: its own, that of its list, of its text, or of its row. */
function nearestStop(pointer) {
  const parts = [pointer, `${pointer}/0`, whole(pointer), pointer.replace(/\/\d+$/, "")];
  const row = rowOf(pointer);
  if (row) parts.push(`/${row.list}/${row.row}/text`);
  return parts.filter(Boolean).map(stopOf).find(Boolean) ?? [...panel.querySelectorAll(".value")].find((one) => one.dataset.pointer.startsWith(`${pointer}/`));
}

function markChosen() {
  for (const other of panel.querySelectorAll(".value.chosen")) other.classList.remove("chosen");
  for (const other of panel.querySelectorAll("tr.chosen")) other.classList.remove("chosen");
  const stop = chosen && stopOf(chosen);
  stop?.classList.add("chosen");
  stop?.closest("tr")?.classList.add("chosen");
  if (tab === "doubts") openDoubt(panel, stop?.classList.contains("in-doubts") ? stop : null);
  else if (stop?.closest("table.grid")) keepStop(stop);
}

function focusOn(pointer) {
  const stop = nearestStop(pointer);
  if (stop) stop.focus();
  else markChosen();
}

let addressing = 0;
/* Shows a value everywhere: on the page, in the card, in the address. Called for each value that gets the focus. */
function choose(pointer) {
  chosen = pointer;
  markChosen();
  page.show(evidenceOf(shown, pointer)?.where ?? []);
  drawCard();
  clearTimeout(addressing);
  addressing = setTimeout(() => history.replaceState(null, "", `#${pointer}`), 150); /* browsers count these: not for each arrow key */
}

/* Goes to a value, in the part that shows it. */
function goTo(pointer) {
  if (tab !== "doubts" || !stopOf(pointer)) openTab(tabOf(shown.record, pointer));
  if (nearestStop(pointer)) focusOn(pointer);
  else choose(pointer);
}

/* What can be chosen by a click on the page: what stands in the part that is open comes first. Listed anew after each change (redraw). */
let listed = null;
function candidates() {
  if (listed) return listed;
  const list = [];
  const doubts = new Set(unsettled(shown));
  const tables = shown.record.tables.map((table) => table.role);
  for (const [pointer, { where }] of Object.entries(shown.record.evidence)) {
    const cell = pointer.match(/^\/tables\/(\d+)\//);
    if ((cell && tables[cell[1]] !== "other") || /^\/(tasks|targets|sections|bases)\/\d+$|\/references\//.test(pointer) || isRemoved(shown, pointer)) continue;
    const value = at(shown.record, pointer);
    if (value === undefined || value === null) continue;
    const doubtful = doubts.has(pointer);
    const home = tabOf(shown.record, pointer);
    const rank = home === tab || (tab === "doubts" && doubtful) ? 0 : home === "tasks" ? 1 : 2;
    for (const { page: number, bbox } of where) list.push({ pointer, page: number, bbox, rank, doubtful });
  }
  listed = list;
  return list;
}

const page = makePageView(server, { onChoose: goTo, candidates });

const rows = rowWork({ shown: () => shown, chosen: () => chosen, rows: changeRows, save, edit, undo });

/* ---- editing ---- */

/* Edits the value at `pointer` where it stands. */
async function edit(pointer, { caret = null } = {}) {
  const place = whole(pointer);
  if (!place || !kindOf(place) || isRemoved(shown, place)) return;
  if (openEditor()) await openEditor().save();
  if (!panel.querySelector(`[data-holder="${CSS.escape(place)}"]`)) goTo(place);
  const holder = panel.querySelector(`[data-holder="${CSS.escape(place)}"]`);
  if (!holder) return;
  const inDoubts = holder.closest(".doubt") !== null;
  choose(pointer);
  const row = rowOf(place);
  const canSplit = Boolean(row) && place === `/${row.list}/${row.row}/text` && !inDoubts;
  const unit = kindOf(place) === "list" && pointer !== place ? Number(pointer.split("/").pop()) : null;
  const value = at(shown.record, place) ?? null;
  if (unit !== null) caret = value.slice(0, unit + 1).join("\n").length;
  const answer = await editValue(holder, place, value, nameOf(shown.record, place), { parse: server.parseDeadline, canSplit, caret });
  const back = answer.stay || answer.next ? pointer : null;

  if ("split" in answer) {
    if (answer.changed && !(await save([{ pointer: place, value: answer.split }]))) return;
    await changeRows({ do: "split", ...row, at: answer.at }, `/${row.list}/${row.row + 1}/text`, "row.done_split");
  } else if ("value" in answer) {
    const after = inDoubts && answer.stay ? nextDoubt(shown, pointer) : null;
    const kept = save([oneUnit(place, value, answer.value)], after ?? back);
    if (inDoubts && !after) kept.then((fine) => fine && id("finish")?.focus());
  } else {
    redraw();
    if (back) focusOn(back);
  }
  if (answer.next) {
    const stops = [...panel.querySelectorAll(".value")];
    stops[stops.indexOf(nearestStop(pointer)) + answer.next]?.focus();
  }
}

/* A list of which one item changed is a change of that item: its place stays known. */
function oneUnit(pointer, old, value) {
  if (Array.isArray(old) && old.length === value.length) {
    const changed = value.map((item, i) => i).filter((i) => item(i));
    function item(i) { return value[i] !== old[i]; }
    if (changed.length === 1) return { pointer: `${pointer}/${changed[0]}`, value: value[changed[0]] };
  }
  return { pointer, value };
}

/* ---- doubts ---- */

async function accept(pointer) {
  if (isSettled(shown, pointer)) return next(pointer);
  if (!(await acceptDoubt(pointer))) return;
  const after = nextDoubt(shown, pointer);
  if (after) chosen = after;
  redraw();
  if (after) focusOn(after);
  else id("finish")?.focus();
  tell(t("doubt.moved"));
}

function next(pointer, step = 1) {
  const after = nextDoubt(shown, pointer, step);
  if (after) focusOn(after);
  else id("finish")?.focus();
}

async function setState(state) {
  try {
    await server.state(state);
    shown.state = state;
    redraw();
    tell(t("saved"));
  } catch (refusal) {
    tell(t("refused", said(refusal)), true);
    drawBar();
  }
}

const doubtWork = {
  accept, edit, next, drop,
  resolve: async (pointer, value) => {
    if (!(await save([{ pointer, value }]))) return;
    await load();
    redraw();
  },
  finish: async () => {
    await setState("done");
    id("back").focus();
  },
};

/* ---- keys ---- */

const isDoubt = () => tab === "doubts" && Boolean(chosen && stopOf(chosen)?.classList.contains("in-doubts"));

const KEYS = {
  e: () => chosen && edit(chosen),
  F2: () => chosen && edit(chosen),
  n: (event) => { if (tab !== "doubts") openTab("doubts"); next(chosen, event.shiftKey ? -1 : 1); },
  s: () => rows.split(), j: () => rows.join(), m: () => rows.move(),
  Insert: () => (tab === "tasks" || tab === "targets") && rows.add(tab),
  Delete: () => (tab === "tasks" || tab === "targets") && rows.remove(),
  "?": () => showKeys(),
};

function showKeys() {
  const lines = [["Enter", "enter"], ["E, F2", "e"], ["N", "n"], ["Ctrl+Z", "undo"], ["1 – 5", "tabs"], ["← ↑ ↓ →", "arrows"],
    ["Insert, S, J, Delete", "rows"], ["M", "move"], ["Page Up, Page Down", "page"], ["+, −, 0", "zoom"], ["R, B", "rotate"], ["?", "help"]];
  const table = el("table", { class: "keys" }, lines.map(([key, name]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, t(`key.${name}`)))));
  ask(t("keys"), [table], [{ text: t("close"), value: "", main: true }]);
}

function arrow(event, stop) {
  if (stop.closest("table.grid")) return neighbour(stop, event.key, event.ctrlKey);
  const stops = [...panel.querySelectorAll(".value")];
  const place = stops.indexOf(stop);
  return { ArrowDown: stops[place + 1], ArrowUp: stops[place - 1], Home: stops[0], End: stops.at(-1) }[event.key] ?? null;
}

document.addEventListener("keydown", (event) => {
  if (!shown || isTyping(event)) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
    event.preventDefault();
    undo();
    return;
  }
  if (event.altKey || event.metaKey) return;
  const stop = event.target.closest?.("#panel .value");
  const onButton = event.target.matches?.("button, a, [role=separator]");
  if (stop && (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End")) {
    event.preventDefault();
    arrow(event, stop)?.focus();
    return;
  }
  if (event.ctrlKey) return;
  if (stop && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    if (isDoubt()) accept(chosen);
    else edit(stop.dataset.pointer);
    return;
  }
  if (onButton && (event.key === "Enter" || event.key === " " || event.key.startsWith("Arrow"))) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (/^[1-5]$/.test(key)) {
    openTab(TABS[key - 1]);
    (panel.querySelector('.value[tabindex="0"]') ?? id(`tab-${tab}`)).focus();
  } else if (KEYS[key]) KEYS[key](event);
  else if (!page.key(event)) return;
  event.preventDefault();
});

id("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  openTab(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]);
  id(`tab-${tab}`).focus();
  event.preventDefault();
});

/* ---- the mouse, the window ---- */

panel.addEventListener("focusin", (event) => {
  const stop = event.target.closest(".value");
  if (stop) choose(stop.dataset.pointer);
});
panel.addEventListener("dblclick", (event) => {
  const stop = event.target.closest(".value");
  if (stop) edit(stop.dataset.pointer);
});

function split(share) {
  const kept = Math.max(20, Math.min(75, share));
  id("halves").style.setProperty("--page-share", `${kept}%`);
  id("splitter").setAttribute("aria-valuenow", String(Math.round(kept)));
}
id("splitter").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -4, ArrowRight: 4 }[event.key];
  if (step) split(Number(id("splitter").getAttribute("aria-valuenow")) + step);
});
id("splitter").addEventListener("pointerdown", (event) => {
  id("splitter").setPointerCapture(event.pointerId);
  const move = (moved) => split((100 * moved.clientX) / innerWidth);
  id("splitter").addEventListener("pointermove", move);
  id("splitter").addEventListener("pointerup", () => id("splitter").removeEventListener("pointermove", move), { once: true });
});

id("undo").addEventListener("click", undo);
id("keys").addEventListener("click", showKeys);
id("print").addEventListener("click", () => print());
id("state").addEventListener("change", (event) => setState(event.target.value));
addEventListener("beforeprint", () => id("paper").replaceChildren(...makePrint(shown)));
addEventListener("afterprint", () => id("paper").replaceChildren());
addEventListener("hashchange", () => followAddress());

function followAddress() {
  const pointer = decodeURIComponent(location.hash.slice(1));
  if (!pointer.startsWith("/") || at(shown.record, pointer) === undefined) return false;
  goTo(pointer);
  return true;
}

/* ---- beginning ---- */

async function begin() {
  say();
  connect({ redraw, focusOn });
  try { id("back").hash = sessionStorage.getItem("list") ?? ""; } catch { /* back to the whole list, then */ }
  languageButton(id("language"), () => { drawTools(); redraw(); });
  try {
    await load();
  } catch (refusal) {
    id("title").textContent = sha256.slice(0, 12);
    return tell(t("load_failed", said(refusal)), true);
  }
  page.setPages(shown.pages ?? []);
  tab = unsettled(shown).length > 0 || shown.conflicts?.length > 0 || shown.record.tasks.length === 0 ? "doubts" : "tasks";
  drawTools();
  redraw();
  if (followAddress()) return;
  const first = unsettled(shown)[0];
  if (first && tab === "doubts") focusOn(first);
  else panel.querySelector(".value")?.focus();
}

begin();
