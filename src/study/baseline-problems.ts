import { membersOf } from "../core/members.js";
import type { Problem } from "./problem.js";
import type { Study } from "./study.js";

/** Problems with the user's own setting in the study. */
export function baselineProblems({ baseline, tune, data }: Pick<Study, "baseline" | "tune" | "data">): readonly Problem[] {
	if (!baseline) return [];
	const missing = (["momentum", "weightDecay"] as const)
		.filter((name) => tune[name] && membersOf(baseline)[name] === undefined)
		.map((name) => ({ path: `baseline.${name}`, message: `missing: \`tune.${name}\` searches it, so your own setting has one` }));
	const idle = (["momentum", "weightDecay"] as const)
		.filter((name) => !tune[name] && membersOf(baseline)[name] !== undefined)
		.map((name) => ({ path: `baseline.${name}`, message: `the study doesn't search it (\`tune.${name}\`): omit it` }));
	const [searched, own] = [Object.keys(tune.flags ?? {}), Object.keys(baseline.flags ?? {})];
	const flags = [
		...searched
			.filter((name) => !own.includes(name))
			.map((name) => ({ name, message: `missing: \`tune.flags.${name}\` searches it, so your own setting has one` })),
		...own
			.filter((name) => !searched.includes(name))
			.map((name) => ({ name, message: `the study doesn't search it (\`tune.flags.${name}\`): omit it` })),
	].map(({ name, message }) => ({ path: `baseline.flags.${name}`, message }));
	const tooLarge =
		data.train > 0 && baseline.batchSize > data.train
			? [{ path: "baseline.batchSize", message: `${baseline.batchSize} is more than the training set's ${data.train} examples` }]
			: [];
	return [...missing, ...idle, ...flags, ...tooLarge];
}
