import { formatNumber, formatRate } from "../words/numbers.js";
import type { Trouble } from "./lane/protocol.js";
import { laneLetter } from "./state/study-file.js";

/**
 * Why a lane's loss ran away, with its cause as far as it can be known: gradient descent on a quadratic with curvature λ is stable up to
 * the rate 2/λ, with momentum μ up to 2(1 + μ)/λ (Cohen et al. 2021, section 2). For Adam, whose steps have their own scale, there is no
 * such bound in the curvature alone.
 */
export function troubleInWords(lane: number, { kind, step, settings, sharpness }: Trouble): string {
	const { learningRate, optimizer, batchSize } = settings;
	const what =
		kind === "diverged"
			? `Lane ${laneLetter(lane)} diverged: its loss stopped being a number at step ${step}.`
			: `Lane ${laneLetter(lane)} got worse than it was before training: its loss had tripled by step ${step}.`;
	const rate = formatRate(learningRate);
	if (optimizer === "adam")
		return `${what} Adam moves each weight by about the learning rate, ${rate}, at every step: that is too far here. Lower the rate.`;
	const bound = sharpness === null || sharpness <= 0 ? null : ((optimizer === "momentum" ? 1.9 : 1) * 2) / sharpness;
	if (bound === null) return `${what} Every update overshoots at the learning rate ${rate}. Lower it.`;
	const limit = `the curvature there allowed ${formatNumber(bound)}`;
	return learningRate > bound
		? `${what} The learning rate ${rate} is too large: ${limit}, and beyond that each step overshoots by more than the last. Lower the rate.`
		: `${what} The learning rate ${rate} suits the average gradient (${limit}), but batches of ${batchSize} are noisy, and single gradients are much larger than their mean. Lower the rate, or raise the batch size.`;
}
