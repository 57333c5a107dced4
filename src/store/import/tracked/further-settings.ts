import { plainName } from "../../../core/metric-names.js";
import { flagTitled, type Setting } from "../../../core/setting.js";
import type { TrackedRun } from "../../../trackers/run.js";
import { settingIn, settingNamed } from "./settings.js";

/**
 * What runs differ in beyond batch size, rate and seed: momentum and weight decay where all runs have one and they differ, and further
 * settings that the user names, or that a study of ours searched. Throws `import/unusable` where a run lacks one of those.
 */
export function settingsIn(runs: readonly TrackedRun[], named: readonly string[] = []): (run: TrackedRun) => Setting {
	const differs = (name: "momentum" | "weightDecay") => {
		const values = runs.map((run) => settingIn(run, name)?.value);
		return values.every((value) => value !== undefined) && new Set(values).size > 1;
	};
	const isNamed = (...names: readonly string[]) => named.some((key) => names.includes(plainName(key)));
	const momentum = isNamed("momentum") || differs("momentum");
	const weightDecay = isNamed("weightdecay", "wd") || differs("weightDecay");
	const searched = runs.flatMap(({ config }) => [...config.keys()].filter((key) => flagTitled(key) !== null));
	const keys = [...new Set([...searched, ...named])].filter((key) => !["momentum", "weightdecay", "wd"].includes(plainName(key)));
	return (run) => ({
		...(momentum && { momentum: settingIn(run, "momentum")?.value ?? 0 }),
		...(weightDecay && { weightDecay: settingIn(run, "weightDecay")?.value ?? 0 }),
		...(keys.length > 0 && {
			flags: Object.fromEntries(keys.map((key) => [flagTitled(key) ?? key, settingNamed(run, key, "--setting-keys").value])),
		}),
	});
}
