/** `npm run bench -- NAME [--json]`: runs one benchmark, by name. */
const benchmarks: Readonly<Record<string, () => Promise<{ readonly run: (json: boolean) => void | Promise<void> }>>> = {
	engine: () => import("./engine.js"),
	coverage: () => import("./coverage.js"),
	search: () => import("./search.js"),
	store: () => import("./store.js"),
	scale: () => import("./scale.js"),
};

const [name = "", ...flags] = process.argv.slice(2);
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (load === undefined || flags.some((flag) => flag !== "--json")) {
	process.stderr.write(`usage: npm run bench -- ${Object.keys(benchmarks).join("|")} [--json]\n`);
	process.exitCode = 2;
} else await (await load()).run(flags.includes("--json"));
