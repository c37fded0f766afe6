// The editor of the edit page: what is written, beside the text it is compared with, or with it in
// one column. It lives in a shadow root: there its styles need no exception of the site's policy.

import { historyField } from "@codemirror/commands";
import { cpp } from "@codemirror/lang-cpp";
import { java } from "@codemirror/lang-java";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { minimalSetup } from "codemirror";

import { looks, sheet } from "./looks.js";

const LANGUAGES = { cpp, java, python };
const DIFF = { scanLimit: 500, timeout: 200 };

// Opens an editor in `root`, its lines counted from `first`. `show({ compared, name, wide })` says with which text, so named, it is
// compared, and whether that one stands beside it.
export function open(root, { language, text, first, label, description, changed }) {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const frame = root.appendChild(document.createElement("div"));
  const common = [
    minimalSetup, looks, EditorView.lineWrapping, EditorState.tabSize.of(4),
    lineNumbers({ formatNumber: (line) => String(line + first - 1) }), LANGUAGES[language]?.() ?? [],
  ];
  const writing = [
    common, bracketMatching(), indentOnInput(), indentUnit.of(stepOf(text)),
    named(label, { "aria-describedby": description }),
    EditorView.updateListener.of((update) => { if (update.docChanged) changed(String(update.state.doc)); }),
  ];
  let shown = null; // what `destroy` takes away
  let view = null; // where one writes

  function show({ compared, name, wide }) {
    const before = view && { hadFocus: view.hasFocus, ...kept(view.state) };
    shown?.destroy();
    const written = before?.written ?? { doc: text };
    const extensions = [before?.past ?? [], writing];
    frame.replaceChildren(heading(wide ? [name, label] : [label]));
    if (wide) {
      const left = [common, EditorState.readOnly.of(true), named(name)];
      shown = new MergeView({
        root, parent: frame, diffConfig: DIFF,
        a: { doc: compared, extensions: left }, b: { ...written, extensions },
      });
      view = shown.b;
    } else {
      const unified = unifiedMergeView({ original: compared, mergeControls: false, diffConfig: DIFF });
      shown = view = new EditorView({ root, parent: frame, ...written, extensions: [extensions, unified] });
    }
    if (before?.hadFocus) view.focus();
  }
  return show;
}

// What of a state outlives its view: also what can be undone.
function kept(state) {
  const past = state.field(historyField);
  return { written: { doc: state.doc, selection: state.selection }, past: historyField.init(() => past) };
}

const named = (name, more = {}) => EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0", ...more });

// The editors have these words as their names: they are not read out twice.
function heading(words) {
  const line = document.createElement("div");
  line.className = "names";
  line.ariaHidden = "true";
  line.append(...words.map((one) => Object.assign(document.createElement("span"), { textContent: one })));
  return line;
}

// One step of indentation, as the text has it: the least by which a line is further in than the one
// before, but for the single space of comments that go on.
function stepOf(text) {
  const indents = text.split("\n").filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)[0]);
  if (indents.some((indent) => indent.startsWith("\t"))) return "\t";
  const steps = indents.slice(1).map((indent, i) => indent.length - indents[i].length);
  const [least = 4] = steps.filter((step) => step > 1).sort((one, other) => one - other);
  return " ".repeat(least);
}
