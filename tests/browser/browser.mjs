/* browser.mjs - what the scenarios stand on: the program as a server that can be killed, a browser, and lines for tools/check.sh. */

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { request } from "node:http";

const require = createRequire(`${process.env.MODULES}/`);
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const STARTED = 20000; /* milliseconds the server may take until it tells its address */

/* ---- the lines ---- */

export let failed = 0;

/* Runs a scenario: "ok - name", or "not ok - name" and why. */
export async function test(name, scenario) {
  try {
    await scenario();
    console.log(`ok - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok - ${name}`);
    console.log(String(error.stack ?? error).split("\n").slice(0, 6).map((line) => `#   ${line}`).join("\n"));
  }
}

export function equal(found, wanted, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a}, should be ${b}`);
}

export function that(condition, what) {
  if (!condition) throw new Error(what);
}

/* ---- the server ---- */

/* `kehoach review` on a store; resolves with {address, token, port, kill ()} once it listens. */
export function serve(store, ...files) {
  return new Promise((resolve, reject) => {
    const server = spawn(process.env.PROGRAM, ["review", "--no-browser", store, ...files], { stdio: ["ignore", "pipe", "pipe"] });
    let told = "";
    const late = setTimeout(() => reject(new Error(`no address: ${told}`)), STARTED);
    const look = (data) => {
      told += data;
      const found = told.match(/http:\/\/127\.0\.0\.1:(\d+)\/([0-9a-zA-Z_-]+)\//);
      if (!found) return;
      clearTimeout(late);
      resolve({
        address: found[0], port: Number(found[1]), token: found[2],
        kill: () => new Promise((gone) => { server.once("exit", gone); server.kill("SIGKILL"); }),
      });
    };
    server.stdout.on("data", look);
    server.stderr.on("data", look);
    server.once("exit", (status) => { clearTimeout(late); reject(new Error(`ended with ${status}: ${told}`)); });
  });
}

/* The status of a bare request, with any headers. */
export function status(port, path, headers = {}, method = "GET", body = undefined) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode));
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

/* ---- the browser ---- */

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/* What went wrong in any page since: scripts that failed, what the policy forbade. A refusal of the server (409) is no fault. */
export const faults = [];

export async function newContext(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "vi-VN", ...options });
  context.on("page", (page) => {
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.location().url.includes("/page/")) return; /* a plan in plain text has no picture */
      if (message.type() === "error" && !/status of (409|422)|ERR_CONNECTION_REFUSED|Failed to load resource: net::/.test(message.text())) faults.push(message.text());
    });
  });
  return context;
}

/* Serious findings of axe-core in the page as it stands. It comes in by the debugger, past the page's policy. */
export async function findings(page) {
  const source = (await import("node:fs")).readFileSync(axe, "utf8");
  await page.evaluate(`(() => { ${source} })()`);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  return result.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`);
}
