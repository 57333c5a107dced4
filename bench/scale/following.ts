import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/study/contracts.js";

/** What a call costs: milliseconds of the processor's time, the mean of many. */
export interface FollowingCost {
	readonly call: string;
	readonly milliseconds: number;
}

/** Trials that are new at once, in the last of the calls. */
const fresh = 10;

function timed(call: string, work: () => unknown, repeats = 500): FollowingCost {
	work(); // prepares its statements
	const { user, system } = process.cpuUsage();
	for (let i = 0; i < repeats; i++) work();
	const passed = process.cpuUsage();
	return { call, milliseconds: (passed.user - user + passed.system - system) / 1000 / repeats };
}

/**
 * What following the study with this id costs a reader of the store at `dir`, while a writer has it open. Adds a few trials to the study.
 */
export function followingCosts(dir: string, id: string): readonly FollowingCost[] {
	const writer = openStore(dir, { mode: "write" });
	const reader = openStore(dir, { mode: "read" });
	if (reader === null) throw new Error("no store");
	const costs = [
		timed("changeToken()", () => reader.changeToken()),
		timed("changeToken(id)", () => reader.changeToken(id)),
		timed("find(id)", () => reader.find(id)),
		timed("list()", () => reader.list()),
	];
	const { cursor } = reader.trialsAfter(id, null);
	costs.push(timed("trialsAfter(id, cursor), nothing new", () => reader.trialsAfter(id, cursor)));
	appendMore(writer, id);
	costs.push(timed(`trialsAfter(id, cursor), ${fresh} new`, () => reader.trialsAfter(id, cursor)));
	costs.push(timed("trials(id)", () => reader.trials(id), 10));
	reader.close();
	writer.close();
	return costs;
}

/** Appends copies of the first trials, with seeds that no other has. */
function appendMore(writer: Store, id: string): void {
	for (const { spec, result } of writer.trials(id).slice(0, fresh)) {
		writer.append(id, { spec: { ...spec, seedIndex: spec.seedIndex + 1_000_000 }, result });
	}
}
