import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import { ratiosAt } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** What a ratio says, at its interval. */
const said = ({ low, high }: Estimate): "sharper" | "flatter" | "even" =>
	low !== null && low > 1 ? "sharper" : high !== null && high < 1 ? "flatter" : "even";

const inWords = { sharper: "sharper than", flatter: "flatter than", even: "not to be told from" } as const;

export function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	const { sizes, trainLoss, sameRate, epochs } = settings;
	const [small, tenth] = sizes.map(({ batchSize }) => formatCount(batchSize));
	const at = {
		tuned: ratiosAt(figures, settings),
		sameRate: ratiosAt(figures, settings, "same rate"),
		epochs: ratiosAt(figures, settings, "equal epochs"),
	};
	const { sharpness, eigenvalue, accuracy } = at.tuned;
	const [byBox, byBend] = [said(sharpness), said(eigenvalue)];
	const undertrained = at.epochs.trainLoss.low !== null && at.epochs.trainLoss.low > 1;
	const loss = formatNumber(trainLoss);
	const than = `solutions of batches of ${tenth}`;
	const both =
		byBox === byBend
			? byBox === "even"
				? `neither measure tells ${than} from those of ${small}`
				: `${than} are ${byBox} than those of ${small} by both measures`
			: `${than} are ${inWords[byBend]} those of ${small} by the largest Hessian eigenvalue, and ${inWords[byBox]} them by Keskar's sharpness`;
	const better = accuracy.low !== null && accuracy.low > 0 ? "higher" : accuracy.high !== null && accuracy.high < 0 ? "lower" : "even";
	const ends = figures.ends["tuned rates"];
	const [slopeSmall, slopeTenth] = ends.map(({ slopeShare }) => slopeShare);
	const mostly = [slopeSmall, slopeTenth].every(({ estimate }) => (estimate ?? 0) > 0.5);
	const steeper = (slopeSmall.estimate ?? 0) > (slopeTenth.estimate ?? 0) ? small : tenth;
	const line = figures.lines.find(({ until, batchSize }) => until === "loss" && batchSize === sizes[1].batchSize);
	const hill =
		line?.hill.low !== null && (line?.hill.low ?? 0) > 0 ? "a hill lies between the two" : "no hill can be made out between the two";
	const edges = figures.atEdge.map((size) => formatCount(size));
	return [
		`At the same training loss of ${loss}, each at its own best rate, ${both}: the eigenvalue is ${formatEstimate(eigenvalue)} times theirs, the sharpness ${formatEstimate(sharpness)} times.${edges.length > 0 ? ` The best rate of ${edges.join(", ")} lies at the edge of those tried.` : ""}`,
		`At one rate of ${formatRate(sameRate)} and the same training loss the ratios are ${formatEstimate(at.sameRate.eigenvalue)} and ${formatEstimate(at.sameRate.sharpness)}. After the same ${epochs} epochs at that rate they are ${formatEstimate(at.epochs.eigenvalue)} and ${formatEstimate(at.epochs.sharpness)}; ${undertrained ? "but" : "and"} then the larger batch's training loss is ${formatEstimate(at.epochs.trainLoss)} times the small one's${undertrained ? ": that compares training stopped early with training gone on" : ""}.`,
		`Of Keskar's sharpness the slope of the loss alone accounts for ${formatPercent(slopeSmall)} with batches of ${small} and ${formatPercent(slopeTenth)} with ${tenth}: within so small a box the measure sees ${mostly ? "mostly" : "in part"} how far from flat ground a run stopped, ${steeper === small ? "and noise stops small batches farther from it" : "and the larger batch stopped farther from it"}.`,
		`The larger batch's held-out accuracy, at the same training loss and tuned rates, less the small one's is ${formatPercent(accuracy)}: ${better === "even" ? "no difference is seen, whatever the sharpness" : `it is ${better}, where its eigenvalue is ${byBend === "even" ? "not to be told apart" : byBend === "sharper" ? "larger" : "smaller"}`}.`,
		line
			? `Along the line from the one solution to the other, ${hill}; the training loss bends by ${formatEstimate(line.bend.small)} at the small batch's end and by ${formatEstimate(line.bend.large)} at the other's, in the same direction.`
			: "",
	].filter((sentence) => sentence !== "");
}
