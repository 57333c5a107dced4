/**
 * Published figures next to ours, by the experiments of the program: what agrees, what differs, and what these runs cannot tell. What
 * counts as agreement is fixed in bench/published/, before a run. docs/published.md says what came out: `--write` puts every table there as
 * soon as it is known. `--only NAME` runs one source. An hour of one core, half of it for McCandlish et al.
 */
import type { Tools } from "../src/experiments/experiment.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { table, writeSections } from "./markdown.js";
import { brownlee } from "./published/brownlee.js";
import { lossesOf, pairsOf } from "./published/curves.js";
import type { Exhibit } from "./published/exhibit.js";
import { keskarHoffer } from "./published/keskar-hoffer.js";
import { mastersLuschi } from "./published/masters-luschi.js";
import { mccandlish } from "./published/mccandlish.js";
import { full, type Plan } from "./published/plan.js";
import { shallue } from "./published/shallue.js";
import { shen } from "./published/shen.js";

/** Every source, by the name of its section. */
const sources: { readonly [name in Exhibit["name"]]: (plan: Plan, tools: Tools) => Promise<Exhibit> } = {
	"keskar-hoffer": (plan, tools) => keskarHoffer(plan.deep, tools),
	shen: (plan, tools) => shen(plan.images, tools),
	brownlee,
	"masters-luschi": mastersLuschi,
	shallue: async (plan, tools) => {
		const { losses, accuracy } = await pairsOf(plan.curves, tools);
		return shallue([...losses, accuracy], plan.curves);
	},
	mccandlish: async (plan, tools) =>
		mccandlish([
			{ plan: plan.curves, curves: await lossesOf(plan.curves, tools) },
			{ plan: plan.fashion, curves: await lossesOf(plan.fashion, tools) },
		]),
};

/** The sources, one after the other; or the one that is named. */
export async function* exhibits(plan: Plan, only?: string): AsyncGenerator<Exhibit> {
	const tools: Tools = { read: readBytes };
	for (const [name, exhibit] of Object.entries(sources)) if (only === undefined || name === only) yield await exhibit(plan, tools);
}

export function sectionOf({ setting, lines }: Exhibit): string {
	const columns = ["", "published", "ours", "agrees if ours is", ""].map((head) => [head, "left"] as const);
	const rows = lines.map(({ what, published, ours, agreement, standing }) => [what, published, ours, agreement, standing]);
	const many = (standing: string) => lines.filter((line) => line.standing === standing).length;
	const sum = `Of ${lines.length} lines ${many("agrees")} agree, ${many("differs")} differ, and ${many("cannot tell")} these runs cannot tell.`;
	return `Ours: ${setting}.\n\n${table(columns, rows)}\n\n${sum}`;
}

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const only = flags[0] === "--only" ? flags[1] : undefined;
	if (flags.length > 0 && (only === undefined || !Object.hasOwn(sources, only))) {
		process.stderr.write(`published takes --only ${Object.keys(sources).join("|")}, and nothing else\n`);
		process.exitCode = 2;
		return;
	}
	const found: Exhibit[] = [];
	for await (const exhibit of exhibits(full, only)) {
		found.push(exhibit);
		process.stderr.write(`${exhibit.name}\n\n${sectionOf(exhibit)}\n\n`);
		if (write) writeSections(new URL("../docs/published.md", import.meta.url), { [exhibit.name]: sectionOf(exhibit) });
	}
	if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
}
