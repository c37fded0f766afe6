// Decisions are sent while the next card is already shown: it was fetched ahead. One that is not
// kept brings its card back. What was not answered yet is sent again when a page is loaded: each
// post has an id, so that it counts once.

import { prepareCard } from "./card.js";
import { on, printKeys } from "./keys.js";
import { say, warn, warned } from "./says.js";

const PENDING = "codeaug.pending";
const RENEW_EVERY = 5 * 60_000;
const SILENT = "codeaug does not answer. Is it still running?";
const page = document.getElementById("page");
const inside = (nodes, selector) => nodes.map((node) => node.matches?.(selector) ? node : node.querySelector?.(selector)).find(Boolean);

// --- the server ---

async function ask(address, body) {
  try {
    const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(address, { method: "POST", body: String(body), headers, keepalive: true });
    const said = await answer.json();
    return answer.ok ? said : { problem: said.problem ?? SILENT, code: answer.status };
  } catch {
    return { problem: SILENT };
  }
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// --- what was not answered yet ---

function pending() {
  try {
    return JSON.parse(sessionStorage.getItem(PENDING) ?? "[]");
  } catch {
    return [];
  }
}

const putPending = (posts) => sessionStorage.setItem(PENDING, JSON.stringify(posts));
const isSame = (a, b) => a.address === b.address && a.body === b.body;

// Posts go out one after the other: undo takes back what was said last.
let last = Promise.resolve();

function deliver(post) {
  putPending([...pending().filter((other) => !isSame(other, post)), post]);
  const answer = last.then(() => ask(post.address, post.body));
  last = answer.then(() => putPending(pending().filter((other) => !isSame(other, post))));
  return answer;
}

async function sendAgain() {
  for (const post of pending()) {
    const { problem } = await deliver(post);
    if (problem) warn(`Not saved, of ${post.title}: ${problem}`);
  }
}

// --- cards ---

// A view is what `page` holds: of the card that is shown, of one that was left, of the next one.
function view(title, address, nodes) {
  return { title, address, nodes, ready: false };
}

const here = () => inside([...page.children], ".decide")?.dataset.variant;
let current = view(document.title, location.pathname, [...page.childNodes]);
let ahead = null;
let fetching = null; // the next card is, until this is settled

function show(next, remember) {
  current.nodes = [...page.childNodes];
  current = next;
  document.title = next.title;
  page.replaceChildren(...next.nodes);
  history[remember](null, "", next.address);
  scrollTo(0, 0);
  document.getElementById("main").focus();
  prepare();
}

function prepare() {
  if (!current.ready) prepareCard();
  current.ready = true;
  printKeys();
  renew(current);
  fetching = fetchAhead().catch(() => null); // then its page is loaded
}

// The card that comes next is ours before this one is decided about. Only once what was said is
// kept: until then the server takes the card before this one for the next.
async function fetchAhead() {
  const shown = current;
  if (!document.getElementById("decision")?.token.value) return;
  await last;
  if (shown !== current || ahead) return;
  const { next } = await ask("/ahead", new URLSearchParams({ besides: here() }));
  const found = next ? await fetched(next).catch(() => null) : null;
  if (!found || shown !== current || ahead) return;
  putAhead(view(found.title, next, [...found.getElementById("page").childNodes]));
}

function putAhead(card) {
  ahead = card;
  document.querySelector("link[rel=next]")?.remove();
  if (!card) return;
  const link = document.createElement("link");
  link.rel = "next";
  link.href = card.address;
  document.head.append(link);
}

// A card is ours for some minutes: longer, as long as somebody looks at it.
async function renew(card) {
  const form = card && inside(card.nodes, "[data-renew]");
  if (!form?.token.value || document.hidden) return;
  const { problem, code } = await ask(form.dataset.renew, new URLSearchParams({ token: form.token.value }));
  if (code !== 409) return;
  if (card !== current) putAhead(null);
  else if (!warned()) warn(problem); // what is said of a decision that was not kept stays
}

setInterval(() => { renew(current); renew(ahead); }, RENEW_EVERY);

// --- deciding ---

let sending = false; // until then a second press of the key is the same decision

async function send(form, submitter) {
  if (sending) return;
  const post = {
    address: submitter.getAttribute("formaction") ?? form.getAttribute("action"),
    body: String(new URLSearchParams(new FormData(form, submitter))),
    title: document.title,
  };
  warn("");
  if (submitter.dataset.needsComment && !form.elements.comment.value.trim()) return warn(submitter.dataset.needsComment);
  sending = true;
  say("Saving …");
  const decides = form.id === "decision";
  // Two who ask for the next card, this page and the one it would load, may be given two.
  if (decides) await fetching;
  if (decides && ahead) sendAndGoOn(post);
  else await sendAndLeave(post);
}

async function sendAndLeave(post) {
  const { problem, next } = await deliver(post);
  say("");
  if (!problem) return location.assign(next);
  sending = false;
  warn(`Not saved: ${problem}`);
}

async function sendAndGoOn(post) {
  const left = current;
  const next = ahead;
  putAhead(null);
  const answer = deliver(post);
  show(next, "pushState");
  sending = false;
  outdated();
  say("The next card is shown.");
  const { problem } = await answer;
  if (problem) bringBack(left, problem);
  else await refresh();
}

function bringBack(left, problem) {
  putAhead(current);
  show(left, "replaceState");
  warn(`Not saved: ${problem} Your decision is still to be made.`);
  refresh();
}

// What a page that was fetched ahead says of the decisions before it is out of date.
let stale = false;
let wanted = ""; // the action that waits until it is in order again

function outdated() {
  stale = true;
  page.querySelector(".walk")?.replaceChildren();
}

async function refresh() {
  const shown = current;
  const found = await fetched(shown.address).catch(() => null);
  if (!found || shown !== current) return;
  for (const part of [".walk", ".progress"]) {
    const fresh = found.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceChildren(...fresh.childNodes);
  }
  stale = false;
  printKeys();
  if (wanted) page.querySelector(`.walk [data-action=${wanted}]`)?.click();
  wanted = "";
}

for (const action of ["undo", "previous"]) on(action, () => { if (stale) wanted = action; });

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || "plain" in event.target.dataset) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
addEventListener("popstate", () => location.reload());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

export async function start() {
  prepare();
  await sendAgain();
}
