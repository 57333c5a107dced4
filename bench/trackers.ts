/**
 * What trackers keep, at sizes and with libraries that the tests can't have: 10,000 damaged files, a store of 10 million rows, the real
 * libraries, and how late their looks are. One part
 * is chosen by its flag: `npm run bench -- trackers --large`.
 */
const parts = {
	"--damaged": () => import("./trackers/damaged-files.js"),
	"--large": () => import("./trackers/large.js"),
	"--libraries": () => import("./trackers/libraries.js"),
	"--delays": () => import("./trackers/delays.js"),
} as const;

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const unknown = flags.find((flag) => !(flag in parts));
	if (unknown !== undefined) {
		process.stderr.write(`error: unknown flag ${unknown}\nfix: use ${Object.keys(parts).join(", ")}, or none for all\n`);
		process.exitCode = 2;
		return;
	}
	for (const [flag, load] of Object.entries(parts)) if (flags.length === 0 || flags.includes(flag)) await (await load()).run(json, write);
}
