import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import { isAbove, isBelow } from "../lab/estimates.js";
import { saying, when } from "../lab/say.js";
import { ratiosAt } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** What a ratio says, by its interval. */
const compared = (ratio: Estimate): "sharper" | "flatter" | "even" =>
	isAbove(ratio, 1) ? "sharper" : isBelow(ratio, 1) ? "flatter" : "even";

const inWords = { sharper: "sharper than", flatter: "flatter than", even: "indistinguishable from" } as const;

export function words(figures: Figures, settings: Settings): readonly string[] {
	const { sizes, sameRate, epochs } = settings;
	const tuned = ratiosAt(figures, settings);
	const atRate = ratiosAt(figures, settings, "same rate");
	const atEpochs = ratiosAt(figures, settings, "equal epochs");
	const undertrained = isAbove(atEpochs.trainLoss, 1);
	const edges = figures.atEdge.map((size) => formatCount(size));
	return saying(
		`At the same training loss of ${formatNumber(settings.trainLoss)}, each at its own best rate, ${bothMeasures(figures, settings)}: the eigenvalue is ${formatEstimate(tuned.eigenvalue)} times theirs, the sharpness ${formatEstimate(tuned.sharpness)} times.${when(edges.length > 0, ` The best rate of ${edges.join(", ")} lies at the edge of those tried.`)}`,
		`At one rate of ${formatRate(sameRate)} and the same training loss the ratios are ${formatEstimate(atRate.eigenvalue)} and ${formatEstimate(atRate.sharpness)}. After the same ${epochs} epochs at that rate they are ${formatEstimate(atEpochs.eigenvalue)} and ${formatEstimate(atEpochs.sharpness)}; ${undertrained ? "but" : "and"} then the larger batch's training loss is ${formatEstimate(atEpochs.trainLoss)} times the small one's${when(undertrained, ": that compares training stopped early with training that went on")}.`,
		slopeWords(figures, settings),
		accuracyWords(tuned.accuracy, compared(tuned.eigenvalue)),
		lineWords(figures, sizes[1].batchSize),
	);
}

function bothMeasures(figures: Figures, settings: Settings): string {
	const [small, tenth] = settings.sizes.map(({ batchSize }) => formatCount(batchSize));
	const { sharpness, eigenvalue } = ratiosAt(figures, settings);
	const [byBox, byBend] = [compared(sharpness), compared(eigenvalue)];
	const those = `solutions of batches of ${tenth}`;
	if (byBox !== byBend)
		return `${those} are ${inWords[byBend]} those of ${small} by the largest Hessian eigenvalue, and ${inWords[byBox]} them by Keskar's sharpness`;
	return byBox === "even"
		? `neither measure distinguishes ${those} from those of ${small}`
		: `${those} are ${byBox} than those of ${small} by both measures`;
}

function slopeWords({ ends }: Figures, { sizes }: Settings): string {
	const [small, tenth] = sizes.map(({ batchSize }) => formatCount(batchSize));
	const [slopeSmall, slopeTenth] = ends["tuned rates"].map(({ slopeShare }) => slopeShare);
	const mostly = [slopeSmall, slopeTenth].every(({ estimate }) => (estimate ?? 0) > 0.5);
	const smallIsSteeper = (slopeSmall.estimate ?? 0) > (slopeTenth.estimate ?? 0);
	return `Of Keskar's sharpness the slope of the loss alone accounts for ${formatPercent(slopeSmall)} with batches of ${small} and ${formatPercent(slopeTenth)} with ${tenth}: within so small a box the measure sees ${mostly ? "mostly" : "in part"} how far from flat ground a run stopped, ${smallIsSteeper ? "and noise stops small batches farther from it" : "and the larger batch stopped farther from it"}.`;
}

function accuracyWords(accuracy: Estimate, bend: ReturnType<typeof compared>): string {
	const better = isAbove(accuracy, 0) ? "higher" : isBelow(accuracy, 0) ? "lower" : "even";
	const eigenvalue = { even: "no different", sharper: "larger", flatter: "smaller" }[bend];
	return `The larger batch's held-out accuracy, at the same training loss and tuned rates, less the small one's is ${formatPercent(accuracy)}: ${better === "even" ? "no difference is seen, even where its solutions are sharper" : `it is ${better}, where its eigenvalue is ${eigenvalue}`}.`;
}

function lineWords({ lines }: Figures, tenth: number): string {
	const line = lines.find(({ until, batchSize }) => until === "loss" && batchSize === tenth);
	if (!line) return "";
	const hill = isAbove(line.hill, 0) ? "a hill lies between the two" : "no hill can be made out between the two";
	return `Along the line from the one solution to the other, ${hill}; the training loss bends by ${formatEstimate(line.bend.small)} at the small batch's end and by ${formatEstimate(line.bend.large)} at the other's, in the same direction.`;
}
