// What can be looked at on a card: views of the code, its changes, the evidence, its file.

import { on, printKeys } from "./keys.js";
import { say, warn } from "./says.js";

const VIEW = "codeaug.view";
const byId = (id) => document.getElementById(id);
const code = () => byId("code");

// --- views ---

function shownView() {
  return getComputedStyle(code().querySelector(".split")).display === "none" ? "unified" : "split";
}

function switchView() {
  code().dataset.view = shownView() === "split" ? "unified" : "split";
  localStorage.setItem(VIEW, code().dataset.view);
  nameView();
}

function nameView() {
  const button = byId("view-button");
  if (button) button.firstChild.textContent = shownView() === "split" ? "One column " : "Side by side ";
}

matchMedia("(min-width: 64rem)").addEventListener("change", nameView);

// Only the code is fetched anew: what was typed and chosen stays.
async function switchWhitespace(event) {
  event.preventDefault();
  const found = await part(event.currentTarget.href, "code").catch(() => null);
  if (!found) return warn("The code could not be fetched.");
  code().replaceChildren(...found.childNodes);
  prepareCode();
  byId("whitespace").focus();
}

async function part(address, id) {
  const answer = await fetch(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
}

function prepareCode() {
  byId("view-button").hidden = false;
  byId("view-button").addEventListener("click", switchView);
  code().querySelector(".change-buttons").hidden = false;
  byId("next-change").addEventListener("click", () => goToChange(1));
  byId("previous-change").addEventListener("click", () => goToChange(-1));
  byId("whitespace").addEventListener("click", switchWhitespace);
  nameView();
  printKeys();
}

// --- changes ---

// The first row of each run of changes in the view that is shown.
function changes() {
  const rows = [...code().querySelectorAll(`.${shownView()} tbody tr`)];
  const differs = (row) => row && (!row.classList.contains("same") || row.classList.contains("hides"));
  return rows.filter((row, i) => differs(row) && !differs(rows[i - 1]));
}

function goToChange(step) {
  const found = changes();
  if (!found.length) return say("No change is shown.");
  const current = code().querySelector("tr.current");
  const at = found.indexOf(current);
  const place = at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length;
  current?.classList.remove("current");
  const row = found[place];
  row.classList.add("current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
  say(`Change ${place + 1} of ${found.length}`);
}

// --- evidence and file ---

function openEvidence() {
  const chips = [...document.querySelectorAll("details.chip")];
  const open = !chips.some((chip) => chip.open);
  for (const chip of chips) chip.open = open;
}

async function showFile(file) {
  if (!file.open || byId("surroundings")) return;
  const found = await part(file.dataset.address, "surroundings").catch(() => null);
  if (!found) return warn("The file could not be fetched.");
  file.append(found);
  byId("unit")?.scrollIntoView({ block: "center" });
}

on("comment", () => document.querySelector("[name=comment]")?.focus());
on("filter", () => document.querySelector(".filters select")?.focus());
on("Escape", () => { const reasons = byId("reasons"); if (reasons) reasons.open = false; });

// Makes a card that has come onto the page work.
export function prepareCard() {
  if (code()) {
    if (localStorage.getItem(VIEW)) code().dataset.view = localStorage.getItem(VIEW);
    prepareCode();
  }
  const evidence = byId("evidence-button");
  if (evidence) {
    evidence.hidden = false;
    evidence.addEventListener("click", openEvidence);
  }
  byId("file")?.addEventListener("toggle", (event) => showFile(event.target));
  byId("reasons")?.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("button").focus();
  });
}
