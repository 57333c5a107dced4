import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, geometricMeanInterval, meanInterval, paired, shares } from "../../analysis/means.js";
import { bestRate } from "../lab/best-rate.js";
import { estimateOf } from "../lab/estimates.js";
import { armsOf, type CalmingName, raiseName, switchingNames } from "./arms.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

/** Where the reporting runs of one arm end. All null where one diverged. */
export interface ArmFigure {
	readonly name: string;
	readonly diverged: number;
	readonly updates: number;
	readonly trainLoss: Estimate;
	readonly validationLoss: Estimate;
	readonly accuracy: Estimate;
}

/** One arm held against another at the end, seed by seed. */
export interface Difference {
	readonly name: string;
	/** The other's over this one's. */
	readonly validationLoss: Estimate;
	/** Less the other's. */
	readonly accuracy: Estimate;
}

export interface Figures {
	readonly arms: readonly ArmFigure[];
	/** Against the decaying rate. */
	readonly calmed: Readonly<Record<Exclude<CalmingName, "rate decays">, Difference>>;
	/** Against the small batch from the start. */
	readonly switched: { readonly wentOn: Difference; readonly small: Difference; readonly raised: Difference };
	/** What the rate was multiplied by, chosen on the tuning seeds; whether it is the first or last of those tried. */
	readonly raise: { readonly factor: number; readonly atEdge: boolean };
	/** The reporting runs, by arm: for charts. */
	readonly runs: ReadonlyMap<string, readonly Result[]>;
}

/** Intervals of the same family: constant and growing against decaying; going on, switching and raising against the small batch. */
export const family = 5;

type End = "trainLoss" | "validationLoss" | "validationAccuracy";

const last = (column: readonly number[]): number => column[column.length - 1] ?? Number.NaN;
const endOf = (runs: readonly Result[], what: End): readonly number[] => runs.map((run) => (run.diverged ? Number.NaN : last(run[what])));

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const { seeds, switching } = settings;
	const of = (name: string) => results.filter(({ arm }) => arm === name);
	const runs = new Map(armsOf(settings).map(({ name }) => [name, of(name).slice(seeds.tuning)] as const));
	const against = (name: string, other: string): Difference => {
		const ends = (what: End) => [endOf(runs.get(name) ?? [], what), endOf(runs.get(other) ?? [], what)] as const;
		const [losses, itsLosses] = ends("validationLoss");
		const ratios = losses.map((loss, seed) => loss / (itsLosses[seed] ?? Number.NaN));
		return {
			name,
			validationLoss: geometricMeanInterval(ratios, family),
			accuracy: meanInterval(paired(...ends("validationAccuracy")), family),
		};
	};
	const { raises } = switching;
	const tuning = (raise: number) => endOf(of(raiseName(raise)).slice(0, seeds.tuning), "validationLoss");
	const losses = raises.map((raise) => geometricMeanInterval(tuning(raise)).estimate);
	const place = bestRate(raises, losses)?.place ?? 0;
	return {
		arms: [...runs].map(([name, own]) => ({
			name,
			diverged: own.filter(({ diverged }) => diverged).length,
			updates: last(own.find(({ diverged }) => !diverged)?.updates ?? []),
			trainLoss: geometricMeanInterval(endOf(own, "trainLoss")),
			validationLoss: geometricMeanInterval(endOf(own, "validationLoss")),
			accuracy: boundedMean(endOf(own, "validationAccuracy"), shares),
		})),
		calmed: {
			constant: against("constant", "rate decays"),
			"batch grows": against("batch grows", "rate decays"),
			"half and half": against("half and half", "rate decays"),
		},
		switched: {
			wentOn: against(switchingNames.large, switchingNames.small),
			small: against(switchingNames.switched, switchingNames.small),
			raised: against(raiseName(raises[place]), switchingNames.small),
		},
		raise: { factor: raises[place], atEdge: place === 0 || place === raises.length - 1 },
		runs,
	};
}

export type Column = "trainLoss" | "validationAccuracy";

/** Mean over the runs, epoch by epoch; geometric for losses. Ends with the shortest. */
export function meanCurve(runs: readonly Result[], column: Column): readonly (readonly [epoch: number, value: number])[] {
	const epochs = Math.min(...runs.map((run) => run[column].length));
	if (!Number.isFinite(epochs)) return [];
	const interval = column === "trainLoss" ? geometricMeanInterval : meanInterval;
	return Array.from({ length: epochs }, (_, epoch) => [epoch, estimateOf(interval(runs.map((run) => run[column][epoch])))]);
}
