/**
 * Published figures next to ours, by the experiments of the program: what agrees, what differs, and what these runs cannot tell. What counts
 * as agreement is fixed in bench/published/, before a run. docs/published.md says what came out: `--write` puts the tables there. Some ten
 * minutes of one core.
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

/** Every source, one after the other. */
export async function* exhibits(plan: Plan): AsyncGenerator<Exhibit> {
	const tools: Tools = { read: readBytes };
	yield await keskarHoffer(plan.deep, tools);
	yield await shen(plan.images, tools);
	yield await brownlee(plan, tools);
	yield await mastersLuschi(plan, tools);
	const { losses, accuracy } = await pairsOf(plan.curves, tools);
	yield shallue([...losses, accuracy], plan.curves);
	yield mccandlish([
		{ plan: plan.curves, curves: losses },
		{ plan: plan.fashion, curves: await lossesOf(plan.fashion, tools) },
	]);
}

export function sectionOf({ setting, lines }: Exhibit): string {
	const columns = ["", "published", "ours", "agrees if ours is", ""].map((head) => [head, "left"] as const);
	const rows = lines.map(({ what, published, ours, agreement, standing }) => [what, published, ours, agreement, standing]);
	const many = (standing: string) => lines.filter((line) => line.standing === standing).length;
	const sum = `Of ${lines.length} lines ${many("agrees")} agree, ${many("differs")} differ, and ${many("cannot tell")} these runs cannot tell.`;
	return `Ours: ${setting}.\n\n${table(columns, rows)}\n\n${sum}`;
}

export async function run(json: boolean, write: boolean): Promise<void> {
	const found: Exhibit[] = [];
	for await (const exhibit of exhibits(full)) {
		found.push(exhibit);
		process.stderr.write(`${exhibit.name}\n\n${sectionOf(exhibit)}\n\n`);
	}
	if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
	if (write)
		writeSections(new URL("../docs/published.md", import.meta.url), Object.fromEntries(found.map((one) => [one.name, sectionOf(one)])));
}
