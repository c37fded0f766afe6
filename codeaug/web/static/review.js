// Keys, and decisions that are sent without leaving the card until they are kept.
// Everything here also works without it, by buttons and forms.

const KEYS_ON = "codeaug.keys";
const VIEW = "codeaug.view";
const byId = (id) => document.getElementById(id);
const help = byId("help");
const reasons = byId("reasons");
const code = byId("code");

const say = (text) => { byId("status").textContent = text; };
const warn = (text) => { byId("alert").textContent = text; };

// --- sending ---

let sending = false;

async function send(address, form, submitter) {
  if (sending) return;
  sending = true;
  warn("");
  say("Saving …");
  const problem = await post(address, new URLSearchParams(new FormData(form, submitter)));
  sending = false;
  if (problem) {
    say("");
    warn(`Not saved: ${problem} Your decision is still to be made.`);
  }
}

// Returns what went wrong, or leaves for the next page.
async function post(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
    const said = await answer.json();
    if (!answer.ok) return said.problem;
    location.assign(said.next);
    return "";
  } catch {
    return "codeaug does not answer. Is it still running?";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "plain" in form.dataset) return;
  event.preventDefault();
  const submitter = event.submitter;
  send(submitter.getAttribute("formaction") ?? form.getAttribute("action"), form, submitter);
});

// --- keys ---

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const keysOn = () => localStorage.getItem(KEYS_ON) !== "off";

// A card is ours for some minutes: longer, as long as somebody looks at it.
const form = byId("decision");
const MINUTE = 60_000;
if (form?.token.value) {
  setInterval(async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({ token: form.token.value });
    const headers = { accept: "application/json" };
    const answer = await fetch(form.dataset.renew, { method: "POST", body, headers }).catch(() => null);
    if (answer?.status === 409) warn((await answer.json()).problem);
  }, 5 * MINUTE);
}

const actions = {
  "?": () => help.showModal(),
  v: switchView,
  e: openEvidence,
  c: () => document.querySelector("[name=comment]")?.focus(),
  Escape: () => { if (reasons) reasons.open = false; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (help.open || event.repeat || !(keysOn() || event.key === "Escape")) return;
  const target = reasons?.open && /^[1-9]$/.test(event.key)
    ? document.querySelector(`[data-number="${event.key}"]`)
    : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target && !Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  if (target) target.click();
  else actions[event.key]();
});

reasons?.addEventListener("toggle", () => {
  if (reasons.open) reasons.querySelector("button").focus();
});

// --- views ---

function shownView() {
  return getComputedStyle(code.querySelector(".split")).display === "none" ? "unified" : "split";
}

function switchView() {
  if (!code) return;
  code.dataset.view = shownView() === "split" ? "unified" : "split";
  localStorage.setItem(VIEW, code.dataset.view);
  nameView();
}

function nameView() {
  byId("view-button").firstChild.textContent = shownView() === "split" ? "One column " : "Side by side ";
}

function openEvidence() {
  const chips = [...document.querySelectorAll(".chip")];
  const open = !chips.some((chip) => chip.open);
  for (const chip of chips) chip.open = open;
}

if (code) {
  code.querySelector(".views").hidden = false;
  if (localStorage.getItem(VIEW)) code.dataset.view = localStorage.getItem(VIEW);
  byId("view-button").addEventListener("click", switchView);
  matchMedia("(min-width: 64rem)").addEventListener("change", nameView);
  nameView();
}

byId("help-button").hidden = false;
byId("help-button").addEventListener("click", () => help.showModal());
byId("keys-on").checked = keysOn();
byId("keys-on").addEventListener("change", (event) => {
  localStorage.setItem(KEYS_ON, event.target.checked ? "on" : "off");
});
