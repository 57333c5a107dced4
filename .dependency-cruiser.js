/**
 * The import order of docs/architecture.md: a folder imports only from folders of a lower rank (or from itself), and universal
 * folders import nothing of Node's.
 */
const ranks = {
	core: 0,
	engine: 1,
	data: 1,
	modules: 1,
	analysis: 1,
	native: 2,
	study: 2,
	words: 3,
	charts: 4,
	trainers: 4,
	store: 4,
	experiments: 5,
	executors: 6,
	runner: 7,
	report: 8,
	api: 9,
	cli: 10,
};
const folders = Object.keys(ranks);

const downwards = folders.map((folder) => ({
	name: `${folder}-imports-downwards`,
	comment: `src/${folder} has rank ${ranks[folder]}: it may import itself and what ranks lower.`,
	severity: "error",
	from: { path: `^src/${folder}/` },
	to: { path: `^src/(${folders.filter((other) => other !== folder && ranks[other] >= ranks[folder]).join("|")})/` },
}));

const universal = ["core", "engine", "data", "analysis", "study", "words", "charts", "experiments"];

/** Files of the store that are universal although their folder is not. */
const inMemory = "^src/store/(memory[^/]*|tables|records/[^/]*)\\.ts$";

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...downwards,
		{ name: "no-circular", severity: "error", from: {}, to: { circular: true } },
		{
			name: "universal-folders-know-no-node",
			comment: "These folders run unchanged in a browser.",
			severity: "error",
			from: { path: `^src/(${universal.join("|")})/`, pathNot: "\\.test\\.ts$" },
			to: { dependencyTypes: ["core"] },
		},
		{
			name: "the-store-in-memory-is-universal",
			comment: "It runs in a browser: neither it nor what it shares with the store on disk imports anything of Node's, SQLite among it.",
			severity: "error",
			from: { path: inMemory, pathNot: "\\.test\\.ts$" },
			to: { path: "^src/store/|^node_modules/libsql/", pathNot: inMemory },
		},
		{
			name: "the-store-in-memory-knows-no-node",
			severity: "error",
			from: { path: inMemory, pathNot: "\\.test\\.ts$" },
			to: { dependencyTypes: ["core"] },
		},
		{
			name: "sources-know-no-tests",
			severity: "error",
			from: { path: "^src/", pathNot: "\\.test\\.ts$" },
			to: { path: "(\\.test\\.ts$)|^(test|bench|scripts)/|^node_modules/(vitest|fast-check|tsx|playwright-core)/" },
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
