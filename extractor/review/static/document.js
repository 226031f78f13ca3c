/* document.js - one document: its page beside its record. Here is what holds the parts together: what is shown, what is chosen, how a
 * change is kept.
 *
 *     page_view.js  the picture and its boxes          doubts.js  what to check     grid.js  tasks, targets     fields.js  the rest
 *     editor.js     a value being edited               info.js    about the chosen value; paper
 *     record.js     pointers, names, evidence          api.js     the server
 *
 * `shown` is the server's answer for the document; a change is laid over it at once and sent; the server's refusal takes it back.
 * Changes are sent one after the other, each with the revision that the one before led to. */

import * as api from "./api.js";
import { ask, button, el, id, isTyping, tell } from "./dom.js";
import { t, languageButton, moment, say } from "./texts.js";
import { at, evidenceOf, isRemoved, isSettled, isWithin, kindOf, nameOf, put, rowOf, tabOf, whole, written } from "./record.js";
import { edit as editValue, openEditor } from "./editor.js";
import { makeDoubts, nextDoubt, openDoubt, unsettled } from "./doubts.js";
import { keepStop, makeGrid, neighbour, rowWork } from "./grid.js";
import { makeHeader, makeSections } from "./fields.js";
import { fillCard, makePrint } from "./info.js";
import { makePageView } from "./page_view.js";

const TABS = ["doubts", "header", "tasks", "targets", "sections"];
const RETRY = 2000; /* milliseconds until a change is sent again to a server that did not answer */

const sha256 = location.pathname.split("/").filter(Boolean).pop();
const server = api.forDocument(sha256);
const channel = new BroadcastChannel(`kehoach ${sha256}`); /* other tabs of this browser */
const panel = id("panel");

let shown = null;       /* what the server told, and the changes since */
let tab = null;         /* of TABS */
let chosen = null;      /* pointer of the value chosen */
let allColumns = false;
let done = [];          /* what this tab did, for undo: {seen: pointer} or {change: true} */
let stale = false;      /* another tab changed something while this one was editing */
let unsent = 0;         /* changes that are not kept yet */

/* ---- what is shown ---- */

async function load() {
  shown = await server.load();
  stale = false;
}

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
    if ((cell && tables[cell[1]] !== "other") || /^\/(tasks|targets|sections|bases)\/\d+$|\/references\//.test(pointer)) continue;
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

/* ---- changes ---- */

let sending = Promise.resolve();

/* Sends, after what is being sent: `send (revision)` again and again until the server answers. */
function inOrder(send) {
  unsent++;
  sending = sending.then(async () => {
    for (;;) {
      try {
        const answer = await send(shown.revision);
        id("alarm").hidden = true;
        return answer;
      } catch (refusal) {
        if (refusal.status !== 0) throw refusal;
        id("alarm").textContent = t("server_gone");
        id("alarm").hidden = false;
        await new Promise((wake) => setTimeout(wake, RETRY));
      }
    }
  }).finally(() => { unsent--; });
  const answer = sending;
  sending = sending.catch(() => {});
  return answer;
}

/* After an answer: did someone else change something too? Then all is fetched anew. */
async function keptUp(answer) {
  const expected = shown.revision + 1;
  if (typeof answer.revision === "number") shown.revision = answer.revision;
  channel.postMessage("changed");
  if ((stale || shown.revision > expected) && unsent === 0) await load();
  if (shown.state === "new") shown.state = "in_review";
}

function layOver({ pointer, value }) {
  const old = shown.changes.find((change) => change.pointer === pointer);
  const read = old ? old.read : structuredClone(at(shown.record, pointer) ?? null);
  shown.changes = shown.changes.filter((change) => change !== old);
  if (JSON.stringify(read) !== JSON.stringify(value)) shown.changes.push({ pointer, read, value, who: user, at: Math.floor(Date.now() / 1000) });
  put(shown.record, pointer, value);
}

/* The rows that share a heading change together. */
function withHeading({ pointer, value }) {
  const found = pointer.match(/^\/tasks\/(\d+)\/group$/);
  if (!found) return [{ pointer, value }];
  const { tasks } = shown.record, old = tasks[found[1]].group;
  const changes = [];
  for (let i = Number(found[1]); i < tasks.length && tasks[i].group === old; i++) changes.push({ pointer: `/tasks/${i}/group`, value });
  return changes;
}

/* Keeps changes; true when they are kept. `focus`: the value that has the focus afterwards. */
async function save(given, focus = null) {
  const changes = given.flatMap(withHeading);
  const fresh = structuredClone({ record: shown.record, changes: shown.changes });
  for (const change of changes) layOver(change);
  redraw();
  if (focus) focusOn(focus);
  tell(t("saving"));
  try {
    const answer = await inOrder((revision) => server.change(revision, changes));
    done.push({ change: true, looked: markLooked(changes) });
    await keptUp(answer);
    tell(answer.missing?.length > 0 ? t("missing", answer.missing.map((place) => nameOf(shown.record, place)).join(", ")) : t("saved"));
    redrawUnlessEditing();
    return true;
  } catch (refusal) {
    Object.assign(shown, fresh);
    redrawUnlessEditing();
    if (refusal.status === 409) return settleClash(refusal.answer, changes, focus);
    tell(t("refused", refusal.message), true);
    return false;
  }
}

/* What was corrected was looked at: the server counts its entries of `review` as seen. Answers those that were not before. */
function markLooked(changes) {
  const fresh = shown.record.review.map((entry) => entry.pointer)
    .filter((pointer) => !shown.seen.includes(pointer) && changes.some((change) => isWithin(pointer, change.pointer)));
  shown.seen.push(...fresh);
  return fresh;
}

async function markSeen(pointer, seen) {
  await server.seen(shown.revision, pointer, seen);
  shown.seen = shown.seen.filter((other) => other !== pointer);
  if (seen) shown.seen.push(pointer);
}

function redrawUnlessEditing() {
  if (!openEditor()) redraw();
}

/* Another tab saved the same value since: a person decides. */
async function settleClash({ conflict }, changes, focus) {
  tell("");
  const lines = conflict.flatMap(({ pointer, value, who, at: when }) => {
    const mine = changes.find((change) => change.pointer === pointer);
    return [
      el("h3", {}, nameOf(shown.record, pointer)),
      el("p", {}, t("clash.story", who ?? "?", moment(when))), el("blockquote", {}, written(value, pointer) || t("value.empty")),
      mine && el("p", {}, t("clash.yours")), mine && el("blockquote", {}, written(mine.value, pointer) || t("value.empty")),
    ];
  });
  const answer = await ask(t("clash.title"), lines, [{ text: t("clash.theirs"), value: "theirs", main: true }, { text: t("clash.mine"), value: "mine" }]);
  await load();
  redraw();
  if (answer === "mine") return save(changes, focus);
  focusOn(changes[0].pointer);
  return false;
}

/* Work on rows: all is fetched anew, since places move. */
async function changeRows(operation, focus, told) {
  try {
    const answer = await inOrder((revision) => server.rows(revision, operation));
    done.push({ change: true });
    channel.postMessage("changed");
    await load();
    if (focus) chosen = focus;
    redraw();
    if (focus) focusOn(focus);
    tell(answer.missing?.length > 0 ? t("missing", answer.missing.map((place) => nameOf(shown.record, place)).join(", ")) : t(told));
    return true;
  } catch (refusal) {
    if (refusal.status === 409) {
      await load();
      redraw();
    }
    tell(t("refused", refusal.status === 409 ? t("clash.title") : refusal.message), true);
    return false;
  }
}

async function undo() {
  const last = done.pop();
  try {
    if (last?.seen) {
      await markSeen(last.seen, false);
      redraw();
      if (tab === "doubts") focusOn(last.seen);
    } else {
      const answer = await inOrder((revision) => server.undo(revision));
      if (answer.undone === null) return tell(t("nothing_to_undo"));
      shown.revision = answer.revision;
      for (const pointer of last?.looked ?? []) await markSeen(pointer, false);
      await load();
      channel.postMessage("changed");
      redraw();
    }
    tell(t("undone"));
  } catch (refusal) {
    if (refusal.status === 409) {
      await load();
      redraw();
      return tell(t("changed_elsewhere"), true);
    }
    tell(t("refused", refusal.status === 0 ? t("gone") : refusal.message), true);
  }
}

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
  try {
    await markSeen(pointer, true);
  } catch (refusal) {
    return tell(t("refused", refusal.status === 0 ? t("gone") : refusal.message), true);
  }
  if (shown.state === "new") shown.state = "in_review";
  done.push({ seen: pointer });
  channel.postMessage("changed");
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
    tell(t("refused", refusal.status === 0 ? t("gone") : refusal.message), true);
    drawBar();
  }
}

const doubtWork = {
  accept, edit, next,
  resolve: async (pointer, value) => {
    if (!(await save([{ pointer, value }]))) return;
    await load();
    redraw();
  },
  drop: async (revision) => {
    await inOrder((now) => server.undo(now, revision)).catch((refusal) => tell(t("refused", refusal.message), true));
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

/* What stands in an open editor is kept when the tab is closed. */
addEventListener("pagehide", () => {
  const last = openEditor()?.last();
  if (last) server.change(shown.revision, [{ pointer: openEditor().pointer, value: last.value }], true).catch(() => {});
});
addEventListener("beforeunload", (event) => { if (unsent > 0) event.preventDefault(); });

channel.addEventListener("message", async () => {
  stale = true;
  if (openEditor() || unsent > 0) return; /* its own save will meet the other's */
  await load();
  redraw();
});

function followAddress() {
  const pointer = decodeURIComponent(location.hash.slice(1));
  if (!pointer.startsWith("/") || at(shown.record, pointer) === undefined) return false;
  goTo(pointer);
  return true;
}

/* ---- beginning ---- */

let user = "";

async function begin() {
  say();
  languageButton(id("language"), () => { drawTools(); redraw(); });
  try {
    await load();
  } catch (refusal) {
    id("title").textContent = sha256.slice(0, 12);
    return tell(t("load_failed", refusal.status === 0 ? t("gone") : refusal.message), true);
  }
  api.about().then((about) => { user = about.user ?? ""; }, () => {});
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
