// The edit page: its field becomes an editor that shows what changes, and stays what is sent.

import { open } from "./editor.js";

const form = document.getElementById("editing");
const field = form.elements.code;
const hint = document.getElementById("editor-hint");
const choice = document.getElementById("compared");
const wide = matchMedia("(min-width: 64rem)");
const original = document.getElementById("original-code").textContent;
const texts = { original, before: field.defaultValue };

const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
field.before(host);
root.append(hint);
const show = open(root, {
  language: form.dataset.language,
  text: field.value,
  first: Number(form.dataset.line),
  label: field.labels[0].textContent,
  description: hint.id,
  changed: (text) => { field.value = text; },
});

function showChosen() {
  const name = choice.selectedOptions[0].textContent;
  show({ compared: texts[choice.value], name, wide: wide.matches });
}

if (!original) choice.querySelector("[value=original]").remove();
choice.addEventListener("change", showChosen);
wide.addEventListener("change", showChosen);
showChosen();

document.querySelector(".original").hidden = true;
field.labels[0].hidden = field.hidden = true;
hint.hidden = choice.parentElement.hidden = false;

// In the capturing phase: else the editor takes it for a new line.
const chord = document.getElementById("send-chord");
chord.hidden = false;
if (/^(Mac|iP)/.test(navigator.platform)) chord.textContent = "⌘ Enter";
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) chord.closest("button").click();
}, true);
