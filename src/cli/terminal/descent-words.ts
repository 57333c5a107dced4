import type { AdamSpec, OptimizerSpec } from "../../engine/optimizers/spec.js";
import type { RateSchedule } from "../../engine/schedules/learning-rate.js";
import type { Marks, Span } from "../../engine/schedules/position.js";
import type { Descent } from "../../study/study.js";
import { formatCount } from "../../words/numbers.js";

/** How the weights are updated, as the plan shows it: a name and a value on each line; only what the study has. */
export function descentFacts({ optimizer, gradient, schedule }: Pick<Descent, "optimizer" | "gradient" | "schedule">): [string, string][] {
	const facts: [string, string][] = [["optimizer", optimizerWords(optimizer)]];
	const { clipNorm, noise } = gradient ?? {};
	const shaping = [
		...(clipNorm === undefined ? [] : [`clipped to norm ${clipNorm}`]),
		...(noise ? [`noise of variance ${noise.variance}${noise.decay === 0 ? "" : `/(1 + t)^${noise.decay}`}`] : []),
	];
	if (shaping.length > 0) facts.push(["gradient", shaping.join(", ")]);
	if (schedule) facts.push(["schedule", scheduleWords(schedule)]);
	return facts;
}

function optimizerWords(optimizer: OptimizerSpec): string {
	const words: string[] = [optimizer.name];
	if ("beta1" in optimizer) words.push(`betas ${optimizer.beta1} and ${beta2Words(optimizer.beta2)}`);
	if ("smoothing" in optimizer) words.push(`smoothing ${optimizer.smoothing}`);
	if ("momentum" in optimizer && optimizer.momentum > 0)
		words.push(`${"nesterov" in optimizer ? "Nesterov momentum" : "momentum"} ${optimizer.momentum}`);
	if (optimizer.weightDecay) words.push(`weight decay ${optimizer.weightDecay}`);
	return words.join(", ");
}

const beta2Words = (beta2: AdamSpec["beta2"]): string =>
	typeof beta2 === "number" ? String(beta2) : `a half-life of ${counted(beta2.halfLife, "example")}`;

function scheduleWords({ batchSize, ...rates }: NonNullable<Descent["schedule"]>): string {
	const words = rates.warmUp || rates.learningRate ? [rateWords(rates)] : [];
	if (batchSize && "step" in batchSize) words.push(`batch size times ${batchSize.step.factor} ${marks(batchSize.step)}`);
	else if (batchSize) words.push(`batch size doubled every ${span(batchSize.doubling)}`);
	return words.join("; ");
}

function rateWords({ warmUp, learningRate }: RateSchedule): string {
	const words = warmUp ? [`warm-up over ${span(warmUp)}`] : [];
	if (!learningRate) return words.join(", ");
	if ("step" in learningRate) words.push(`times ${learningRate.step.factor} ${marks(learningRate.step)}`);
	else if ("cosine" in learningRate) words.push(`cosine over ${span(learningRate.cosine)} to ${learningRate.cosine.to} of the rate`);
	else if ("linear" in learningRate) words.push(`linear over ${span(learningRate.linear)} to ${learningRate.linear.to} of the rate`);
	else if ("stable-decay" in learningRate) {
		const { cooldown, to } = learningRate["stable-decay"];
		words.push(`constant, then 1 − √ over the last ${share(cooldown)} of the planned length to ${to} of the rate`);
	} else words.push(`inverse square root after ${span(learningRate["inverse-square-root"])}`);
	return words.join(", then ");
}

function span(length: Span): string {
	if ("horizon" in length) return length.horizon === 1 ? "the planned length" : `${share(length.horizon)} of the planned length`;
	if ("examples" in length) return counted(length.examples, "example");
	return "steps" in length ? counted(length.steps, "step") : counted(length.epochs, "epoch");
}

/** `20 %`. */
const share = (part: number): string => `${Number((100 * part).toPrecision(3))} %`;

function marks(places: Marks): string {
	if ("horizon" in places) {
		const at = places.horizon;
		return typeof at === "number" ? `every ${share(at)} of the planned length` : `at ${at.map(share).join(", ")} of the planned length`;
	}
	const [at, unit] = "steps" in places ? [places.steps, "step"] : [places.epochs, "epoch"];
	return typeof at === "number" ? `every ${counted(at, unit)}` : `at ${unit}s ${at.map(number).join(", ")}`;
}

const counted = (count: number, unit: string): string => `${number(count)} ${unit}${count === 1 ? "" : "s"}`;

const number = (count: number): string => (Number.isInteger(count) ? formatCount(count) : String(count)); // half an epoch is a place too
