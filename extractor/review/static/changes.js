/* changes.js - the document as the server told it, and how a change is kept: laid over it at once, sent, taken back when it is refused.
 *
 *     save, changeRows, undo, see ──> inOrder: one after the other, each with the revision that the one before led to;
 *                                     a server that does not answer is asked again, and the page says so
 *     other tabs of this browser ───> they are told (BroadcastChannel), and fetch the document anew
 *
 * `shown` is that document: {revision, state, record, read, changes, conflicts, removed, seen, pages}. */

import * as api from "./api.js";
import { ask, el, id, tell } from "./dom.js";
import { t, moment } from "./texts.js";
import { at, isWithin, nameOf, put, written } from "./record.js";
import { openEditor } from "./editor.js";

const RETRY = 2000; /* milliseconds until a change is sent again to a server that did not answer */

export const sha256 = location.pathname.split("/").filter(Boolean).pop();
export const server = api.forDocument(sha256);
const channel = new BroadcastChannel(`kehoach ${sha256}`);

export let shown = null;
let view = null;        /* redraw (), focusOn (pointer) of document.js */
let user = "";
let done = [];          /* what this tab did, for undo: {seen: pointer}, or {looked: [pointer]} of a change */
let stale = false;      /* another tab changed something while this one was editing */
let unsent = 0;         /* changes that are not kept yet */

export function connect(given) {
  view = given;
  api.about().then((about) => { user = about.user ?? ""; }, () => {});
}

export async function load() {
  shown = await server.load();
  stale = false;
}

async function reload() {
  await load();
  view.redraw();
}

export const said = (refusal) => (refusal.status === 0 ? t("gone") : refusal.message);

channel.addEventListener("message", () => {
  stale = true;
  if (shown && !openEditor() && unsent === 0) reload(); /* else its own save will meet the other's */
});

/* ---- sending ---- */

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

/* After an answer: did someone else change something too? Then all is fetched anew (true). */
async function keptUp(answer) {
  const expected = shown.revision + 1;
  if (typeof answer.revision === "number") shown.revision = answer.revision;
  channel.postMessage("changed");
  if ((!stale && shown.revision <= expected) || unsent > 0) return false;
  await load();
  return true;
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
export async function save(given, focus = null) {
  const changes = given.flatMap(withHeading);
  for (const change of changes) layOver(change);
  if (shown.state === "new") shown.state = "in_review";
  view.redraw();
  if (focus) view.focusOn(focus);
  tell(t("saving"));
  try {
    const answer = await inOrder((revision) => server.change(revision, changes));
    done.push({ looked: markLooked(changes) });
    const isNew = await keptUp(answer);
    tellKept(answer, "saved");
    if (isNew && !openEditor()) view.redraw();
    return true;
  } catch (refusal) {
    if (refusal.status === 409) return settleClash(refusal.answer, changes, focus);
    await reload();
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

function tellKept(answer, told) {
  const missing = (answer.missing ?? []).map((place) => nameOf(shown.record, place));
  tell(missing.length > 0 ? t("missing", missing.join(", ")) : t(told));
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
  await reload();
  if (answer === "mine") return save(changes, focus);
  view.focusOn(changes[0].pointer);
  return false;
}

/* Work on rows: all is fetched anew, since places move. */
export async function changeRows(operation, focus, told) {
  try {
    const answer = await inOrder((revision) => server.rows(revision, operation));
    done.push({ looked: [] });
    channel.postMessage("changed");
    await reload();
    if (focus) view.focusOn(focus);
    tellKept(answer, told);
    return true;
  } catch (refusal) {
    if (refusal.status === 409) await reload();
    tell(t("refused", refusal.status === 409 ? t("clash.title") : refusal.message), true);
    return false;
  }
}

/* Takes back what this tab did last; when that is all undone, what was done before. */
export async function undo() {
  const last = done.pop();
  try {
    if (last?.seen) {
      await markSeen(last.seen, false);
      view.redraw();
      view.focusOn(last.seen);
    } else {
      const answer = await inOrder((revision) => server.undo(revision));
      if (answer.undone === null) return tell(t("nothing_to_undo"));
      shown.revision = answer.revision;
      for (const pointer of last?.looked ?? []) await markSeen(pointer, false);
      channel.postMessage("changed");
      await reload();
    }
    tell(t("undone"));
  } catch (refusal) {
    if (refusal.status === 409) {
      await reload();
      return tell(t("changed_elsewhere"), true);
    }
    tell(t("refused", said(refusal)), true);
  }
}

/* A doubtful place is right as it is. False when that could not be kept. */
export async function accept(pointer) {
  try {
    await markSeen(pointer, true);
  } catch (refusal) {
    tell(t("refused", said(refusal)), true);
    return false;
  }
  if (shown.state === "new") shown.state = "in_review";
  done.push({ seen: pointer });
  channel.postMessage("changed");
  return true;
}

/* Gives up the correction of a revision, which the newer reading has no place for. */
export async function drop(revision) {
  await inOrder((now) => server.undo(now, revision)).catch((refusal) => tell(t("refused", refusal.message), true));
  await reload();
}

/* What stands in an open editor is kept when the tab is closed. */
addEventListener("pagehide", () => {
  const last = openEditor()?.last();
  if (last) server.change(shown.revision, [{ pointer: openEditor().pointer, value: last.value }], true).catch(() => {});
});
addEventListener("beforeunload", (event) => { if (unsent > 0) event.preventDefault(); });
