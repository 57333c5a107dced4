/**
 * Bundles the playground's page and its workers and writes them, as texts in a module, to src/playground/files.generated.ts: the server
 * reads no file to serve them. With a folder as argument it also writes there what any host can serve as it is: `npm run build:playground`
 * makes `dist/playground-site`. Does nothing when the output is newer than every source. Silent when all is well.
 */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = `${root}src/playground/files.generated.ts`;
const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const claims = `${root}docs/claims.md`;
const ledger = `${root}src/playground/ledger.generated.ts`;

/** Statement and verdict of each claim, from the ledger's table. */
if (modified(ledger) <= Math.max(modified(claims), modified(fileURLToPath(import.meta.url)))) {
	const rows = [...readFileSync(claims, "utf8").matchAll(/^\| (C\d+[a-z]?) +\| (.+?) +\| (.+?) +\| /gm)];
	if (rows.length === 0) throw new Error(`${claims} has no table of claims`);
	const plain = (text: string) => text.replaceAll("\\", "");
	const entries = Object.fromEntries(
		rows.map(([, id, statement, verdict]) => [id, { statement: plain(statement), verdict: plain(verdict) }]),
	);
	const type = "Readonly<Record<string, { readonly statement: string; readonly verdict: string }>>";
	writeFileSync(ledger, `/** From docs/claims.md. */\nexport const ledger: ${type} =\n\t${JSON.stringify(entries)};\n`);
}

const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" }).map((name) => `${root}src/${name}`);
const own = (path: string): boolean => !/(client|files)\.generated\.ts$/.test(path) && path.endsWith(".ts");

if (modified(output) <= Math.max(...[...sources.filter(own), fileURLToPath(import.meta.url)].map(modified))) {
	const { outputFiles } = await build({
		entryPoints: {
			main: `${root}src/playground/client/main.ts`,
			lane: `${root}src/playground/workers/lane.ts`,
			race: `${root}src/playground/workers/race.ts`,
			"race-charts": `${root}src/playground/client/race-charts.ts`,
		},
		outdir: "out",
		bundle: true,
		minify: true,
		format: "esm",
		platform: "browser",
		target: "es2022",
		write: false,
		logLevel: "error",
	});
	const files = Object.fromEntries(outputFiles.map(({ path, text }) => [path.replace(/^.*[/\\]/, ""), text]));
	const names = Object.keys(files)
		.map((name) => JSON.stringify(name))
		.join(" | ");
	const version = createHash("sha256").update(Object.values(files).join()).digest("hex").slice(0, 12);
	const partial = `${output}.${process.pid}`;
	writeFileSync(
		partial,
		`/** Scripts by name. */\nexport const playgroundFiles: Readonly<Record<${names}, string>> =\n\t${JSON.stringify(files)};\nexport const playgroundVersion = "${version}";\n`,
	);
	renameSync(partial, output); // a reader never sees half a module
}

const [folder] = process.argv.slice(2);
if (folder !== undefined) {
	const { playgroundSite } = await import("../src/playground/site.js");
	const { version } = await import("../src/api/version.js");
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(playgroundSite(version))) writeFileSync(`${folder}/${name}`, text);
	cpSync(`${root}data/digits.csv.gz`, `${folder}/digits.bin`);
}
