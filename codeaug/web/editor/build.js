// Makes static/editor.js of what package-lock.json pins, its digest, and the licences of all that is pinned.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "../static/editor.js");
const notice = join(here, "../static/editor.licences.txt");

await build({
  entryPoints: [join(here, "editor.js")], absWorkingDir: here, outfile: bundle,
  bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", charset: "utf8",
  banner: { js: "// Made by codeaug/web/editor/build.js. Licences: editor.licences.txt" },
});
const digest = createHash("sha256").update(readFileSync(bundle)).digest("hex");
writeFileSync(join(here, "editor.sha256"), `${digest}  editor.js\n`);
writeFileSync(notice, licences());

function licences() {
  const { packages } = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const holders = new Map();
  for (const [path, { version, license }] of Object.entries(packages)) {
    if (!path) continue;
    const text = licenceOf(path);
    const name = `${path.replace("node_modules/", "")} ${version} (${license})`;
    holders.set(text, [...(holders.get(text) ?? []), name]);
  }
  const intro = "What editor.js is made of and by, as package-lock.json pins it.\n";
  const parts = [...holders].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  return [intro, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

// esbuild's programs, one a platform, are under its own licence and come without a copy of it.
function licenceOf(path) {
  const folder = join(here, path.startsWith("node_modules/@esbuild/") ? "node_modules/esbuild" : path);
  const name = existsSync(folder) && readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!name) throw new Error(`${path} has no licence text`);
  return readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim();
}
