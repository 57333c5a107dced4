import type { OnDevices } from "./findings.js";

/** One batch size that was measured: medians. */
export interface MeasuredSize {
	readonly batchSize: number;
	readonly steps: number;
	readonly secondsPerStep: number;
}

const counts = [2, 4, 8, 16, 32, 64];

/**
 * The fastest batch size on k devices, each with a k-th of every batch: of the sizes whose k-th part was measured too, the one with the
 * least S(B)·t(B/k). Steps are those of the whole batch, the time of one is that of a device's share. A prediction: none of it was run, and
 * exchanging gradients takes time too. Ends with the count at which no size has its part among those measured, or where more devices gain
 * nothing.
 */
export function predictedOnDevices(sizes: readonly MeasuredSize[]): readonly OnDevices[] {
	const timeOf = new Map(sizes.map(({ batchSize, secondsPerStep }) => [batchSize, secondsPerStep]));
	const fastest = (devices: number): Omit<OnDevices, "speedUp"> | null => {
		let best: Omit<OnDevices, "speedUp"> | null = null;
		for (const { batchSize, steps } of sizes) {
			const seconds = steps * (timeOf.get(batchSize / devices) ?? Number.NaN);
			if (seconds > 0 && (best === null || seconds < best.seconds)) best = { devices, batchSize, seconds };
		}
		return best;
	};
	const alone = fastest(1);
	if (alone === null) return [];
	const predicted: OnDevices[] = [];
	let before = alone.seconds;
	for (const devices of counts) {
		const best = fastest(devices);
		if (best === null || best.seconds >= before) break;
		predicted.push({ ...best, speedUp: alone.seconds / best.seconds });
		before = best.seconds;
	}
	return predicted;
}
