import type { Findings } from "../analysis/findings.js";
import { overheadOf, overheadShare } from "../analysis/overhead.js";
import { isVague } from "../analysis/vague.js";
import { formatCount, formatInterval, formatNumber, plain } from "./numbers.js";

/** A deviance that the curve alone would exceed less often than this is lack of fit. */
const significant = 0.05;

/** How far the sizes lie from the curve, where that is more than chance, with a space before it; else empty. */
function lackOfFitSentence({ lackOfFit: { probability, sd } }: Findings["fit"]): string {
	if (probability === null || probability >= significant || sd === null) return "";
	const rounded = probability < 0.001 ? "below 0.001" : `of ${formatNumber(probability)}`;
	return ` The sizes lie off the curve by about ${formatNumber(100 * sd)} % more than the scatter of their runs explains (lack of fit, probability ${rounded}).`;
}

/** The critical batch size by its other definition, with a space before it; empty where nothing is known of it. */
function overheadSentence(findings: Findings): string {
	const overhead = overheadOf(findings);
	if (overhead === null || overhead.batchSize.estimate === null || isVague(findings.fit.criticalBatchSize)) return "";
	const { reference, batchSize } = overhead;
	const more = `${formatNumber(100 * overheadShare)} %`;
	return (
		" This B_crit is where a run takes twice the least steps and twice the least examples (McCandlish et al. 2018). Zhang et al. 2024 define it as the " +
		`batch size that needs ${more} more examples than a reference: with batch size ${formatCount(reference)} as the reference that is ` +
		`${formatInterval(batchSize)} (${overheadShare} B_crit + ${1 + overheadShare} · ${formatCount(reference)}).`
	);
}

/** The figure of the fit that other figures rest on, with its verdict in words; null without a fit. */
export function fitSentence(findings: Findings): string | null {
	const { fit } = findings;
	if (fit.verdict === "too few sizes") return null;
	const lackOfFit = lackOfFitSentence(fit);
	const shape = {
		hyperbola: lackOfFit === "" ? "the runs are consistent with the hyperbola" : "no other exponent is shown to fit better",
		"not a hyperbola": "the runs do not follow the hyperbola",
		"no bend in the range tried": "the sizes tried show no bend",
	}[fit.verdict];
	return (
		`Fitted to the single runs: S(B) = S_min (1 + B_crit/B) with S_min = ${formatInterval(fit.minSteps)} steps, ` +
		`B_crit = ${formatInterval(fit.criticalBatchSize)} examples, and so E_min = S_min · B_crit = ${formatInterval(fit.minExamples)} examples; ` +
		`if the exponent of B_crit/B is fitted too, it is ${formatInterval(fit.exponent, plain)} (the hyperbola has 1): ${shape}.${lackOfFit}${overheadSentence(findings)}`
	);
}
