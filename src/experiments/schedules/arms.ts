import type { NetworkWorkload } from "../../study/study.js";
import type { Calming, Settings, Switching } from "./settings.js";

/** How a run is paced from its start. */
export interface Arm {
	readonly name: string;
	/** Without a schedule of its own. */
	readonly workload: NetworkWorkload;
	/** At the start. */
	readonly batchSize: number;
	readonly learningRate: number;
	readonly schedule: NonNullable<NetworkWorkload["schedule"]>;
	readonly epochs: number;
}

export const calmingNames = ["constant", "rate decays", "batch grows", "half and half"] as const;
export type CalmingName = (typeof calmingNames)[number];

export function calmingArms({ factor, marks, ...calming }: Calming): readonly (Arm & { readonly name: CalmingName })[] {
	const { workload, batchSize, learningRate, epochs } = calming;
	const at = { epochs: marks };
	const half = Math.sqrt(factor);
	const decay = (by: number) => ({ learningRate: { step: { ...at, factor: 1 / by } } });
	const growth = (by: number) => ({ batchSize: { step: { ...at, factor: by } } });
	const schedules: Readonly<Record<CalmingName, Arm["schedule"]>> = {
		constant: {},
		"rate decays": decay(factor),
		"batch grows": growth(factor),
		"half and half": { ...decay(half), ...growth(half) },
	};
	return calmingNames.map((name) => ({ name, workload, batchSize, learningRate, schedule: schedules[name], epochs }));
}

export const raiseName = (raise: number): string => `rate raised ${raise} times`;

/** The small batch throughout; the large one throughout; the large one that changes to the small. */
export const switchingNames = { small: "small batch", large: "large batch", switched: "switched to the small batch" } as const;

export function switchingArms({ workload, small, large, learningRate, at, epochs, raises }: Switching): readonly Arm[] {
	const then = { epochs: [at] };
	const constant = { workload, learningRate, epochs, schedule: {} };
	return [
		{ ...constant, name: switchingNames.small, batchSize: small },
		{ ...constant, name: switchingNames.large, batchSize: large },
		{ ...constant, name: switchingNames.switched, batchSize: large, schedule: { batchSize: { step: { ...then, factor: small / large } } } },
		...raises.map((raise) => ({
			...constant,
			name: raiseName(raise),
			batchSize: large,
			schedule: { learningRate: { step: { ...then, factor: raise } } },
		})),
	];
}

export const armsOf = ({ calming, switching }: Settings): readonly Arm[] => [...calmingArms(calming), ...switchingArms(switching)];
