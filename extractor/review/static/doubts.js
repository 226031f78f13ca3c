/* doubts.js - what a person should look at, worst first: Enter accepts, E edits, N goes on. Conflicts with a newer reading come before. */

import { button, el } from "./dom.js";
import { t, percent, reason } from "./texts.js";
import { at, changeOf, evidenceOf, isSettled, kindOf, nameOf, repairsOf, whole, written } from "./record.js";

/* Where the hands are: the pointers of review in order, and which of them is next. */
const doubtsOf = (shown) => shown.record.review.map((entry) => entry.pointer);
export const unsettled = (shown) => doubtsOf(shown).filter((pointer) => !isSettled(shown, pointer));

/* The next place to check after `pointer` (step -1: before it), going round; null when none is left. */
export function nextDoubt(shown, pointer, step = 1) {
  const all = doubtsOf(shown), left = unsettled(shown).filter((one) => one !== pointer);
  if (left.length === 0) return null;
  const here = all.indexOf(pointer);
  const inOrder = step > 0 ? left : [...left].reverse();
  return inOrder.find((one) => step * (all.indexOf(one) - here) > 0) ?? inOrder[0];
}

export const isEditable = (pointer) => Boolean(whole(pointer) && kindOf(whole(pointer)));

function repairLines(shown, pointer) {
  return repairsOf(shown, pointer).map((repair) => el("p", { class: "repair" },
    t("value.repair", repair.from, repair.to, t(`repair.${repair.kind}`), percent(repair.confidence))));
}

function doubt(shown, entry, work) {
  const { pointer } = entry;
  const text = written(at(shown.record, pointer), pointer);
  const changed = changeOf(shown, pointer), settled = isSettled(shown, pointer);
  const evidence = evidenceOf(shown, pointer);
  const state = changed ? t("doubt.corrected") : settled ? t("doubt.accepted") : null;
  const was = changed && t("value.read", `“${written(changed.read, changed.pointer) || t("value.empty")}”`);
  const place = evidence?.where[0]?.page ? t("value.page", evidence.where[0].page) : null;
  const sure = typeof evidence?.confidence === "number" ? percent(evidence.confidence) : null;
  const name = nameOf(shown.record, pointer);
  return el("li", { class: settled ? "doubt settled" : "doubt" },
    el("div", { class: "about" },
      el("span", { class: "name" }, name),
      state && el("span", { class: "tag good" }, `✓ ${state}`),
      el("span", { class: "place" }, [place, sure].filter(Boolean).join(" · "))),
    el("div", { class: "holder", data: { holder: whole(pointer) ?? pointer } },
      el("div", {
        class: ["value", "in-doubts", text ? "" : "empty", settled ? "" : "doubtful"].filter(Boolean).join(" "),
        role: "button", tabindex: "-1", data: { pointer },
        "aria-label": `${name}: ${text || t("doubt.nothing_there")}. ${reason(entry)}${state ? `. ${state}` : ""}`,
      }, text || t("doubt.nothing_there"))),
    el("p", { class: "reason" }, reason(entry)),
    repairLines(shown, pointer),
    was && el("p", { class: "change" }, was),
    el("div", { class: "actions" },
      button(t("doubt.accept"), () => work.accept(pointer), { key: "Enter", class: "main" }),
      isEditable(pointer) && button(t("doubt.edit"), () => work.edit(pointer), { key: "E" }),
      button(t("doubt.next"), () => work.next(pointer), { key: "N" })));
}

/* What a person had corrected is read differently now, or is found nowhere (`lost`). */
function conflict(shown, one, work) {
  const told = [one.was_read, one.read_now, one.value].map((value) => `“${written(value, one.pointer) || t("value.empty")}”`);
  return el("li", { class: "doubt conflict" },
    el("div", { class: "about" }, el("span", { class: "name" }, nameOf(shown.record, one.pointer)), el("span", { class: "tag bad" }, t("conflict.title"))),
    one.lost
      ? el("p", {}, t("conflict.lost", told[0], told[2]))
      : el("div", { class: "value", role: "button", tabindex: "0", data: { pointer: one.pointer } }, t("conflict.story", ...told)),
    el("div", { class: "actions always" },
      !one.lost && button(t("conflict.mine"), () => work.resolve(one.pointer, one.value)),
      !one.lost && button(t("conflict.read"), () => work.resolve(one.pointer, one.read_now)),
      one.lost && button(t("conflict.drop"), () => work.drop(one.revision))));
}

/* The panel. `work`: accept, edit, next (pointer), resolve (pointer, value), drop (revision), finish (). */
export function makeDoubts(shown, chosen, work) {
  const { review } = shown.record;
  const conflicts = shown.conflicts ?? [];
  const left = unsettled(shown).length;
  const done = left === 0 && conflicts.length === 0;
  const list = el("ol", { class: "doubts", "aria-label": t("doubt.list") },
    conflicts.map((one) => conflict(shown, one, work)), review.map((entry) => doubt(shown, entry, work)));
  const current = list.querySelector(`.in-doubts[data-pointer="${CSS.escape(chosen ?? "")}"]`) ?? list.querySelector(".in-doubts.doubtful") ?? list.querySelector(".in-doubts");
  if (current) current.tabIndex = 0;
  return el("div", { class: "doubts-panel" },
    el("p", { class: "summary", role: "status" }, review.length === 0 ? t("doubt.none") : done ? t("doubt.all_seen") : t("doubt.left", left, review.length)),
    done && shown.state !== "done" && button(t("doubt.finish"), work.finish, { class: "main finish", id: "finish" }),
    list);
}

/* The one that is chosen opens: its buttons are shown, and it alone is in the order of Tab. */
export function openDoubt(panel, stop) {
  for (const item of panel.querySelectorAll(".doubt.current")) item.classList.remove("current");
  for (const other of panel.querySelectorAll(".in-doubts")) other.tabIndex = other === stop ? 0 : -1;
  stop?.closest(".doubt")?.classList.add("current");
}
