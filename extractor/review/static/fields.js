/* fields.js - the parts of a record that are no table of tasks: header, bases, signature; sections, other tables, responsibilities. */

import { el } from "./dom.js";
import { t } from "./texts.js";
import { valueElement } from "./value.js";

const HEADER = ["parent", "issuer", "number", "place", "date", "type", "title"];

/* A term and its value; the value's own place holds the editor. */
function field(shown, name, pointer) {
  return el("div", { class: "field" },
    el("dt", {}, name), el("dd", { data: { holder: pointer } }, valueElement(shown, pointer, { label: name })));
}

function part(title, ...content) {
  return el("section", { class: "part" }, el("h2", {}, title), ...content);
}

function signature(shown, pointer) {
  return el("dl", {}, ["authority", "position", "name"].map((key) => field(shown, t(`field.${key}`), `${pointer}/${key}`)));
}

function textLine(shown, pointer, before) {
  return el("p", { class: "line" }, before && el("span", { class: "marker" }, before), el("span", { class: "holder", data: { holder: pointer } }, valueElement(shown, pointer)));
}

/* Header, bases, recipients, signatures, warnings. */
export function makeHeader(shown) {
  const { record } = shown;
  const parts = [
    part(t("part.header"), el("dl", {},
      HEADER.map((key) => field(shown, t(`field.${key}`), `/header/${key}`)),
      field(shown, t("field.start"), "/header/period/start"),
      field(shown, t("field.end"), "/header/period/end"),
      field(shown, t("field.province"), "/header/province/name"),
      record.header.province.today.name !== record.header.province.name && field(shown, t("field.today"), "/header/province/today/name"))),
  ];
  if (record.bases.length > 0) {
    parts.push(part(t("part.bases"), record.bases.map((base, i) => textLine(shown, `/bases/${i}/text`))));
  }
  if (record.recipients.length > 0) {
    parts.push(part(t("part.recipients"), record.recipients.map((name, i) => textLine(shown, `/recipients/${i}`, "–"))));
  }
  parts.push(part(t("part.signature"), signature(shown, "/signature"), record.signatures.map((one, i) => signature(shown, `/signatures/${i}`))));
  if (record.warnings.length > 0) {
    parts.push(part(t("part.warnings"), el("ul", {}, record.warnings.map((warning) =>
      el("li", {}, warning.page ? `${t("value.page", warning.page)}: ${warning.message}` : warning.message)))));
  }
  return el("div", { class: "parts" }, parts);
}

/* A table as it was printed; null cells are covered by the spans of others. */
function table(shown, index) {
  const { columns, rows } = shown.record.tables[index];
  const value = (pointer) => valueElement(shown, pointer, { empty: "" });
  return el("div", { class: "scroll" }, el("table", { class: "printed" },
    el("thead", {}, el("tr", {}, columns.map((column, i) =>
      el("th", { scope: "col", data: { holder: `/tables/${index}/columns/${i}/header` } }, value(`/tables/${index}/columns/${i}/header`))))),
    el("tbody", {}, rows.map((row, r) => el("tr", {}, row.map((one, c) => {
      const pointer = `/tables/${index}/rows/${r}/${c}/text`;
      return one && el("td", { rowspan: one.row_span > 1 ? one.row_span : null, colspan: one.col_span > 1 ? one.col_span : null, data: { holder: pointer } }, value(pointer));
    }))))));
}

function paragraph(shown, section, index) {
  const one = shown.record.sections[section].paragraphs[index];
  if (!one.table) {
    const line = textLine(shown, `/sections/${section}/paragraphs/${index}/text`, one.marker);
    line.classList.add(`depth-${Math.min(3, one.depth)}`);
    return line;
  }
  const place = shown.record.tables.findIndex((found) => found.id === one.table);
  const role = shown.record.tables[place]?.role;
  if (place < 0) return null;
  if (role === "tasks" || role === "targets") return el("p", { class: "line elsewhere" }, `${t("part.table", place + 1)}: ${t(`tab.${role}`)}`);
  return table(shown, place);
}

/* The text in its sections, with the tables that are neither tasks nor targets; who answers for what. */
export function makeSections(shown) {
  const { record } = shown;
  const used = new Set(record.sections.flatMap((section) => section.paragraphs.map((one) => one.table)));
  const parts = record.sections.map((section, i) => el("section", { class: `part level-${Math.min(3, section.level)}` },
    (section.title || section.number) && el("h2", { class: "numbered" },
      section.number && el("span", { class: "marker" }, section.number),
      el("span", { class: "holder", data: { holder: `/sections/${i}/title` } }, valueElement(shown, `/sections/${i}/title`))),
    section.paragraphs.map((one, p) => paragraph(shown, i, p))));
  record.tables.forEach((one, i) => {
    if (one.role === "other" && !used.has(one.id)) parts.push(part(t("part.table", i + 1), table(shown, i)));
  });
  if (record.responsibilities.length > 0) {
    parts.push(part(t("part.responsibilities"), record.responsibilities.map((one, i) => el("div", { class: "duty" },
      textLine(shown, `/responsibilities/${i}/unit`), textLine(shown, `/responsibilities/${i}/text`)))));
  }
  return el("div", { class: "parts" }, parts);
}
