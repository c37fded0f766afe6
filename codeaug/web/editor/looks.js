// The colours and sizes of the site's other code, by its custom properties: light and dark are theirs.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const syntax = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self, tags.bool, tags.null], color: "var(--keyword)" },
  { tag: [tags.string, tags.character, tags.special(tags.string), tags.escape], color: "var(--string)" },
  { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
  { tag: tags.number, color: "var(--number)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.function(tags.definition(tags.variableName))], color: "var(--function)" },
  { tag: [tags.typeName, tags.className, tags.standard(tags.name), tags.meta, tags.processingInstruction], color: "var(--type)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  // Above the lines, whose backgrounds would cover an outline and what is selected.
  "&.cm-focused::after": { content: '""', position: "absolute", inset: "0", zIndex: "200", border: "3px solid var(--accent)", pointerEvents: "none" },
  ".cm-selectionLayer": { zIndex: "1 !important", pointerEvents: "none", forcedColorAdjust: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "8em" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  "&.cm-editor > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--select) !important" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--sheet)", borderRight: "1px solid var(--line)" },
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--faint)" },
  ".cm-specialChar": { color: "var(--doubt)" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--old)" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--new)" },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: "var(--old-mark) !important" },
  "&.cm-merge-b .cm-changedText": { background: "var(--new-mark) !important" },
  "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": { background: "var(--bad) !important" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--good) !important" },
  ".cm-deletedChunk del": { textDecoration: "none" },
});

export const looks = [theme, syntaxHighlighting(syntax)];

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: grid; gap: 8px; min-width: 0; --select: color-mix(in srgb, var(--accent) 22%, transparent); }
  p { margin: 0; color: var(--faint); }
  .names { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 12px; padding: 0 0 4px; color: var(--faint); font-weight: 600; }
  .cm-mergeView, .cm-editor { border: 1px solid var(--line); }
  .cm-mergeView .cm-editor { border-width: 0; }
  .cm-mergeView .cm-merge-b { border-left-width: 1px; }
  .cm-mergeView, .names + .cm-editor { max-height: 75vh; border-radius: 8px; }
`);
