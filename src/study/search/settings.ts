import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { Flags, Setting } from "../../core/setting.js";
import type { Study } from "../study.js";
import type { Leader } from "./trend.js";

/** Every combination of the values searched, the last key's values changing first; one empty setting if nothing is searched. */
export function settingsOf({ tune }: Pick<Study, "tune">): readonly Setting[] {
	const momenta: readonly Setting[] = tune.momentum?.map((momentum) => ({ momentum })) ?? [{}];
	const decays: readonly Setting[] = tune.weightDecay?.map((weightDecay) => ({ weightDecay })) ?? [{}];
	const ofOptimizer = momenta.flatMap((momentum) => decays.map((decay) => ({ ...momentum, ...decay })));
	const names = Object.keys(tune.flags ?? {}).sort();
	const flags = names.reduce<readonly Flags[]>(
		(before, name) => before.flatMap((some) => (tune.flags?.[name] ?? []).map((value) => ({ ...some, [name]: value }))),
		[{}],
	);
	return names.length === 0 ? ofOptimizer : ofOptimizer.flatMap((setting) => flags.map((values) => ({ ...setting, flags: values })));
}

/** Whether momentum sums gradients; Adam's is a mean, which doesn't change the length of a step. */
export const addsUp = ({ workload }: Study): boolean => !("optimizer" in workload && "beta1" in workload.optimizer);

/** Whether the optimizer divides the gradient by its own size, as RMSProp and Adam do; a script's isn't known. */
export const dividesGradient = ({ workload }: Study): boolean => "optimizer" in workload && "epsilon" in workload.optimizer;

/** The rate at which another setting takes the same step as the best one. */
export const sameStepAt = (study: Study, best: Leader, setting: Setting): HalfOctave =>
	best.rate + (addsUp(study) ? sameStep(best.setting, setting) : 0);

/** Half octaves from a rate at one setting to the rate at another with the same η/(1 − μ); a weight decay changes nothing. */
const sameStep = (from: Setting, to: Setting): HalfOctave =>
	Math.round(2 * Math.LOG2E * (log(1 - (to.momentum ?? 0)) - log(1 - (from.momentum ?? 0))));
