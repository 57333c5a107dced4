import { type Estimate, type Median, noEstimate } from "./findings.js";

/**
 * 1/(1 + B/B_crit), the worth of one example at batch size B compared with a very small batch: E_min/E(B) on the hyperbola. In (0, 1]. It
 * rises with B_crit, so the interval is that of B_crit carried over; a B_crit without upper bound gives 1 at the upper end, one without a
 * lower bound an open lower end. Source: McCandlish et al. 2018, equation 2.11 solved for E_min/E; Qiao et al. 2021 (Pollux), equation 7,
 * with the noise scale in place of B_crit.
 */
export function efficiencyOf(batchSize: number, critical: Estimate): Estimate {
	if (critical.low === null && critical.high === null) return noEstimate;
	const share = (size: number | null): number | null => (size === null ? null : 1 / (1 + batchSize / size));
	return { estimate: share(critical.estimate), low: share(critical.low), high: critical.high === null ? 1 : share(critical.high) };
}

/**
 * Goodput in useful examples per second: throughput B/t(B) times efficiency. The two errors are independent, one from the clock, the other
 * from the curve, so their distances on the log scale add as squares, each side on its own.
 */
export function goodputOf(batchSize: number, secondsPerStep: Median, efficiency: Estimate): Estimate {
	const throughput = (seconds: number | null): number | null => (seconds === null ? null : batchSize / seconds);
	const rate = throughput(secondsPerStep.median);
	if (rate === null || efficiency.estimate === null) return noEstimate;
	const estimate = rate * efficiency.estimate;
	const side = (ofRate: number | null, ofEfficiency: number | null, direction: 1 | -1): number | null => {
		if (ofRate === null || ofEfficiency === null) return null;
		const away = Math.hypot(Math.log(ofRate / rate), Math.log(ofEfficiency / (efficiency.estimate ?? 1)));
		return estimate * Math.exp(direction * away);
	};
	return {
		estimate,
		low: side(throughput(secondsPerStep.high), efficiency.low, -1),
		high: side(throughput(secondsPerStep.low), efficiency.high, 1),
	};
}
