/* api.js - the server's answers, as promises. Addresses are told from this file's own: /TOKEN/static/api.js.
 *
 * A refusal (4xx, 5xx) throws a Refusal with the server's status and answer; a server that is gone throws one with status 0. */

const root = new URL("..", import.meta.url);

class Refusal extends Error {
  constructor(status, answer) {
    super(answer?.error ?? `HTTP ${status}`);
    this.status = status;
    this.answer = answer ?? {};
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(new URL(path, root), options);
  } catch {
    throw new Refusal(0);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer ?? {};
}

/* `last` lets the request outlive the page that sends it. */
function post(path, body, last = false) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive: last,
  });
}

export const about = () => ask("api/about");

/* ---- the list ---- */

export const documents = (query) => ask(`api/documents?${new URLSearchParams(query)}`);
export const jobs = () => ask("api/jobs");
export const documentAddress = (sha256) => new URL(`d/${sha256}`, root).href;

/* Sends a file; `progress` is told the share that is sent, 0 to 1. Answers the job's id. */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", new URL(`api/documents?${new URLSearchParams({ name: file.name })}`, root));
    request.setRequestHeader("Content-Type", file.type || "application/pdf");
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status < 300 ? resolve(request.response.job) : reject(new Refusal(request.status, request.response));
    request.onerror = () => reject(new Refusal(0));
    request.send(file);
  });
}

/* ---- one document ---- */

export function forDocument(sha256) {
  const path = `api/documents/${sha256}`;
  return {
    load: () => ask(path),
    change: (revision, changes, last) => post(`${path}/changes`, { revision, changes }, last),
    rows: (revision, operation) => post(`${path}/rows`, { revision, ...operation }),
    undo: (revision, of) => post(`${path}/undo`, { revision, of }), /* of: the revision that is taken back; undefined: the last */
    seen: (revision, pointer, seen) => post(`${path}/seen`, { revision, pointer, seen }),
    state: (state) => post(`${path}/state`, { state }),
    pageAddress: (number) => new URL(`page/${sha256}/${number}`, root).href,
    /* What a deadline's text means in this plan: a month without a year is of its period. null: nothing that is understood. */
    parseDeadline: async (text) => (await post("api/deadline", { text, sha256 })).deadline,
    exportAddress: (format) => new URL(`export/${sha256}.${format}`, root).href,
  };
}
