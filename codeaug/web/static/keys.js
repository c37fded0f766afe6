// One keymap for all pages. Its table is the help dialog: buttons print from it, keys are looked up
// in it, and there a person gives an action another key, or switches single keys off.

const ON = "codeaug.keys";
const OWN = "codeaug.keymap";
const help = document.getElementById("help");
const note = document.getElementById("keys-note");
const rows = [...help.querySelectorAll("[data-remap]")];
const words = Object.fromEntries(rows.map((row) => [row.dataset.remap, row.dataset.words]));
const defaults = Object.fromEntries(rows.map((row) => [row.dataset.remap, row.dataset.default]));
const heard = {};

let changing = ""; // the action that waits for its new key

function own() {
  try {
    const kept = JSON.parse(localStorage.getItem(OWN) ?? "{}");
    return Object.fromEntries(Object.entries(kept).filter(([action]) => Object.hasOwn(defaults, action)));
  } catch {
    return {};
  }
}

const keymap = () => ({ ...defaults, ...own() });
const keysOn = () => localStorage.getItem(ON) !== "off";
const actionOf = (key) => Object.entries(keymap()).find(([, its]) => its === key)?.[0];

// What an action does where no button does it.
export function on(action, run) {
  heard[action] = run;
}

export function printKeys() {
  const keys = keymap();
  for (const kbd of document.querySelectorAll("[data-key-of]")) kbd.textContent = keys[kbd.dataset.keyOf];
  for (const button of document.querySelectorAll("[data-action]")) {
    const its = [keysOn() && keys[button.dataset.action], button.dataset.also].filter(Boolean);
    if (its.length) button.setAttribute("aria-keyshortcuts", its.join(" "));
    else button.removeAttribute("aria-keyshortcuts");
  }
}

// --- pressing ---

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const shown = (element) => element.getClientRects().length > 0;

function run(action) {
  const button = [...document.querySelectorAll(`[data-action="${action}"]`)].find(shown);
  if (button) button.click();
  else if (Object.hasOwn(heard, action)) heard[action]();
  return Boolean(button) || Object.hasOwn(heard, action);
}

// A number is the reason while the reasons are open, else how natural the variant reads.
function number(digit) {
  const reasons = document.getElementById("reasons");
  const name = reasons?.open ? "number" : "grade";
  const target = document.querySelector(`[data-${name}="${digit}"]`);
  target?.click();
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (changing) return change(event);
  const [target] = event.composedPath(); // inside the editor, whose root hides it from `event.target`
  if (typing(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (help.open || event.repeat) return;
  if (event.key === "Escape") return heard.Escape?.();
  if (!keysOn()) return;
  const action = actionOf(event.key);
  const done = action ? run(action) : /^[1-9]$/.test(event.key) && number(event.key);
  if (done) event.preventDefault();
});

// --- changing ---

function change(event) {
  event.preventDefault();
  event.stopPropagation();
  if (["Shift", "CapsLock", "AltGraph"].includes(event.key)) return;
  const action = changing;
  changing = "";
  if (event.key === "Escape") note.textContent = "Left as it was.";
  else note.textContent = give(action, event.key);
  printKeys();
}

// Gives an action a key; returns what to say about it.
function give(action, key) {
  if ([...key].length !== 1 || /[\s1-9]/.test(key)) return "That key has a meaning of its own: press a letter or a sign.";
  const other = actionOf(key);
  if (other && other !== action) return `Refused: ${key} is the key for “${words[other]}”.`;
  localStorage.setItem(OWN, JSON.stringify({ ...own(), [action]: key }));
  return `${key} is now the key for “${words[action]}”.`;
}

for (const row of rows) {
  row.addEventListener("click", () => {
    changing = row.dataset.remap;
    note.textContent = `Press the new key for “${words[changing]}”; Esc leaves it.`;
  });
}
help.addEventListener("cancel", (event) => { if (changing) event.preventDefault(); });
help.addEventListener("close", () => { changing = ""; note.textContent = ""; });
document.getElementById("keys-reset").addEventListener("click", () => {
  localStorage.removeItem(OWN);
  note.textContent = "All keys are as they were at first.";
  printKeys();
});

const helpButton = document.getElementById("help-button");
helpButton.hidden = false;
helpButton.addEventListener("click", () => help.showModal());
on("help", () => help.showModal());

const box = document.getElementById("keys-on");
box.checked = keysOn();
box.addEventListener("change", () => {
  localStorage.setItem(ON, box.checked ? "on" : "off");
  printKeys();
});
printKeys();
