import { readFileSync } from "node:fs";

/**
 * The import order of docs/architecture.md: a folder imports only from folders of a lower rank (or from itself), and universal
 * code imports nothing of Node's.
 */
const ranks = {
	core: 0,
	engine: 1,
	data: 1,
	modules: 1,
	analysis: 1,
	native: 2,
	study: 2,
	trackers: 2,
	words: 3,
	charts: 4,
	trainers: 4,
	store: 4,
	experiments: 5,
	executors: 6,
	runner: 7,
	report: 8,
	api: 9,
	page: 9,
	playground: 10,
	server: 11,
	cli: 12,
};
const folders = Object.keys(ranks);

const downwards = folders.map((folder) => ({
	name: `${folder}-imports-downwards`,
	comment: `src/${folder} has rank ${ranks[folder]}: it may import itself and what ranks lower.`,
	severity: "error",
	from: { path: `^src/${folder}/` },
	to: { path: `^src/(${folders.filter((other) => other !== folder && ranks[other] >= ranks[folder]).join("|")})/` },
}));

const { include, exclude } = JSON.parse(readFileSync(new URL("tsconfig.universal.json", import.meta.url), "utf8"));
const anyOf = (paths) => `(${paths.filter((path) => !path.includes("*")).join("|")})(/|$)`;
/** The folders and files that tsconfig.universal.json compiles; tests are Node's. */
const universal = `^(?!${anyOf(exclude)})${anyOf(include)}`;
const test = "\\.test\\.ts$";

/** Folders of src/study/ that each hold a design, or a part of one. */
const designs = ["tradeoff", "ladder", "horizon", "comparisons"];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...downwards,
		{
			name: "designs-import-no-other-design",
			comment: "What designs share is in src/study/search/; src/study/designs.ts puts them together.",
			severity: "error",
			from: { path: `^src/study/(${designs.join("|")})/`, pathNot: "\\.test\\.ts$" },
			to: { path: `^src/study/(designs\\.ts$|(${designs.join("|")})/)`, pathNot: "^src/study/$1/" },
		},
		{
			name: "search-imports-no-design",
			severity: "error",
			from: { path: "^src/study/search/", pathNot: "\\.test\\.ts$" },
			to: { path: `^src/study/(designs\\.ts$|(${designs.join("|")})/)` },
		},
		{ name: "no-circular", severity: "error", from: {}, to: { circular: true } },
		{
			name: "universal-code-knows-no-node",
			comment: "It runs unchanged in a browser.",
			severity: "error",
			from: { path: universal, pathNot: test },
			to: { dependencyTypes: ["core"] },
		},
		{
			name: "universal-code-imports-universal-code",
			severity: "error",
			from: { path: universal, pathNot: test },
			to: { path: "^src/", pathNot: universal },
		},
		{
			name: "index-files-are-for-users",
			comment: "They are what the package exports; our own code imports the file that has it.",
			severity: "error",
			from: { path: "^src/" },
			to: { path: "^src/[a-z]*/?index\\.ts$" },
		},
		{
			name: "sources-know-no-tests",
			severity: "error",
			from: { path: "^src/", pathNot: test },
			to: { path: `(${test})|^(test|bench|scripts)/|^node_modules/(vitest|fast-check|tsx|playwright-core)/` },
		},
		{
			name: "scripts-know-hosts-by-their-interface",
			comment: "What a script host does is defined in src/trainers/command/host.ts; the code that runs a study chooses the host.",
			severity: "error",
			from: { path: "^src/trainers/command/", pathNot: "^src/trainers/command/local/" },
			to: { path: "^src/trainers/command/local/" },
		},
		{
			name: "the-page-knows-no-store-and-no-server",
			comment: "It renders what it is given; src/server/ reads the store and computes.",
			severity: "error",
			from: { path: "^src/page/" },
			to: { path: "^src/(store|server|runner|executors)/" },
		},
		{
			name: "the-browser-runs-only-the-client",
			comment: "What src/page/client/ imports is bundled and sent to the browser.",
			severity: "error",
			from: { path: "^src/page/client/" },
			to: { pathNot: "^src/page/client/" },
		},
		{
			name: "the-playground-runs-in-the-browser",
			comment: "Its page and its workers are bundled and sent to the browser: they import universal code, and each other.",
			severity: "error",
			from: { path: "^src/playground/(client|workers)/" },
			to: { path: "^src/", pathNot: ["^src/playground/(client|workers)/", universal] },
		},
		{ name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		doNotFollow: { path: "node_modules" },
		exclude: { path: "\\.generated\\.ts$" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "require", "node", "default", "types"],
			mainFields: ["module", "main", "types"],
		},
	},
};
