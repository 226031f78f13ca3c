/* info.js - about the chosen value: how sure, where, what was mended and why, who corrected it; and what is printed on paper. */

import { button, el, tell } from "./dom.js";
import { t, moment, percent, reason } from "./texts.js";
import { at, changeOf, doubtOf, evidenceOf, isRemoved, nameOf, repairsOf, whole, written } from "./record.js";
import { isEditable } from "./doubts.js";
import { makeGrid } from "./grid.js";
import { makeHeader, makeSections } from "./fields.js";

async function copyLink(pointer) {
  const address = new URL(`#${pointer}`, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    tell(t("value.link_done"));
  } catch {
    tell(address);
  }
}

/* Fills `card`. `work`: edit (pointer), restore (pointer). */
export function fillCard(card, shown, pointer, work) {
  if (!pointer) {
    card.replaceChildren(el("p", { class: "nothing" }, t("value.choose")));
    return;
  }
  const evidence = evidenceOf(shown, pointer), doubt = doubtOf(shown, pointer), change = changeOf(shown, pointer);
  const pages = [...new Set((evidence?.where ?? []).map((place) => place.page))];
  const under = [...new Set((evidence?.where ?? []).map((place) => place.under).filter(Boolean))];
  const facts = [
    typeof evidence?.confidence === "number" && t("value.confidence", percent(evidence.confidence)),
    pages.length > 0 ? pages.map((page) => t("value.page", page)).join(", ") : t("value.no_place"),
    under.length > 0 && t("value.under", under.map((mark) => t(`mark.${mark}`)).join(", ")),
  ].filter(Boolean);
  const lines = [
    doubt && el("p", { class: "reason" }, reason(doubt)),
    ...repairsOf(shown, pointer).map((repair) =>
      el("p", { class: "repair" }, t("value.repair", repair.from, repair.to, t(`repair.${repair.kind}`), percent(repair.confidence)))),
    change && el("p", { class: "change" }, `${t("value.by", change.who ?? "?", moment(change.at))}. ${t("value.read", `“${written(change.read, change.pointer) || t("value.empty")}”`)}`),
  ];
  card.replaceChildren(
    el("div", { class: "card-head" },
      el("strong", {}, nameOf(shown.record, pointer)), el("span", { class: "facts" }, facts.join(" · ")),
      el("span", { class: "card-tools" },
        isEditable(pointer) && !isRemoved(shown, pointer) && button(t("value.edit"), () => work.edit(pointer), { key: "E" }),
        change && change.pointer === (whole(pointer) ?? pointer) && button(t("value.restore"), () => work.restore(change)),
        button(t("value.link"), () => copyLink(pointer), { title: t("value.link_long") }))),
    el("p", { class: "card-value" }, written(at(shown.record, pointer), pointer) || t("value.empty")),
    ...lines.filter(Boolean));
}

/* The whole record, for paper. */
export function makePrint(shown) {
  const { header } = shown.record;
  return [
    el("p", { class: "print-body" }, [header.parent, header.issuer].filter(Boolean).join(" – ")),
    el("h1", {}, [header.type, header.number].filter(Boolean).join(" ")),
    el("p", { class: "print-title" }, header.title ?? ""),
    makeHeader(shown),
    el("h2", {}, t("tab.tasks")), makeGrid(shown, "tasks", false),
    el("h2", {}, t("tab.targets")), makeGrid(shown, "targets", false),
    el("h2", {}, t("tab.sections")), makeSections(shown),
  ];
}
