/**
 * `npm run bench -- NAME [--json] [--write]`: runs one benchmark, by name. `--write` puts its figures into the document that shows them.
 */
const benchmarks: Readonly<
	Record<string, () => Promise<{ readonly run: (json: boolean, write: boolean, flags: readonly string[]) => void | Promise<void> }>>
> = {
	goal: () => import("./goal.js"),
	"half-life": () => import("./half-life.js"),
	honesty: () => import("./honesty.js"),
	price: () => import("./price.js"),
	profile: () => import("./profile.js"),
	engine: () => import("./engine.js"),
	"least-length": () => import("./least-length.js"),
	trunks: () => import("./trunks.js"),
	cluster: () => import("./cluster.js"),
	command: () => import("./command.js"),
	coverage: () => import("./coverage.js"),
	published: () => import("./published.js"),
	search: () => import("./search.js"),
	pytorch: () => import("./pytorch.js"),
	settings: () => import("./settings.js"),
	store: () => import("./store.js"),
	scale: () => import("./scale.js"),
	page: () => import("./page.js"),
	playground: () => import("./playground.js"),
	"playground-long": () => import("./playground-long.js"),
	torture: () => import("./torture.js"),
	trackers: () => import("./trackers.js"),
	"usual-scripts": () => import("./usual-scripts.js"),
};
/** Those that write. */
const writing = [
	"cluster",
	"goal",
	"half-life",
	"honesty",
	"least-length",
	"price",
	"profile",
	"command",
	"engine",
	"coverage",
	"published",
	"pytorch",
	"settings",
	"torture",
	"trunks",
	"trackers",
	"usual-scripts",
];
/** Those with flags of their own, which they check. */
const withFlags = ["cluster", "page", "price", "published", "torture", "trackers", "usual-scripts"];

const [name = "", ...flags] = process.argv.slice(2);
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
const own = flags.filter((flag) => flag !== "--json" && !(flag === "--write" && writing.includes(name)));
if (load === undefined || (own.length > 0 && !withFlags.includes(name))) {
	process.stderr.write(`usage: npm run bench -- ${Object.keys(benchmarks).join("|")} [--json] (${writing.join(", ")}: [--write])\n`);
	process.exitCode = 2;
} else await (await load()).run(flags.includes("--json"), flags.includes("--write"), own);
