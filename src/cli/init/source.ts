import type { Said } from "../../api/try-command.js";
import { isKnownMetric, metricNamed } from "../../core/metric-names.js";
import type { StudyInput } from "../../study/schema.js";
import type { TrainingEvent } from "../../trainers/command/protocol.js";
import { type Figure, figuresIn } from "./figures.js";
import { eventsBy, type GuessedPatterns, guessPatterns } from "./guess-patterns.js";

export type Metrics = NonNullable<Extract<StudyInput["workload"], { readonly command: unknown }>["metrics"]>;

/** Where a script's figures come from, as a try shows it. */
export interface Source {
	/** "script": the protocol, or files that the study names. */
	readonly kind: "script" | "tracker" | "output";
	readonly events: readonly TrainingEvent[];
	/** What goals can be on; empty where there is none. */
	readonly figures: readonly Figure[];
	/** How its output is read; empty but for "output". */
	readonly patterns: GuessedPatterns;
	/** How the study says it, where a tracker is heard, by the metric that the goal is on; null elsewhere. */
	readonly tracker: ((metric: string) => Metrics) | null;
}

/**
 * What the script reports itself counts first; then what its trackers are given, unless it prints better figures. `wanted`: the goal's
 * metric, where it is named.
 */
export function sourceOf(said: Said, wanted: string | null): Source {
	const isHeard = said.events.length > 0 && said.events.every(({ heard }) => heard !== undefined);
	if (said.events.length > 0 && !isHeard)
		return { kind: "script", events: said.events, figures: figuresIn(said.events), patterns: {}, tracker: null };
	const patterns = guessPatterns(said.printed);
	const printed = eventsBy(patterns, said.printed);
	const output: Source = { kind: "output", events: printed, figures: figuresIn(printed), patterns, tracker: null };
	const heard = heardIn(said);
	return isHeard && worth(heard.figures, wanted) >= worth(output.figures, wanted) ? heard : output;
}

/** Whether the figures have the metric that is wanted, or else one of held-out examples ahead of all. */
function worth(figures: readonly Figure[], wanted: string | null): number {
	const [best] = figures;
	if (best === undefined) return 0;
	if (wanted !== null) return figures.some(({ metric }) => metric === wanted) ? 3 : 1;
	if (best.metric.startsWith("validation.")) return 3;
	return best.direction !== null && !isKnownMetric(best.metric) ? 2 : 1;
}

/** A script that has no validation set is chosen by what it calls its test set. */
function heardIn({ events, names }: Said): Source {
	const hasValidation = [...names.keys()].some((metric) => metric.startsWith("validation."));
	const renamed = (metric: string): string => (hasValidation ? metric : metric.replace(/^test\.(?=loss$|accuracy$)/, "validation."));
	const renamedEvents = events.map((event) => ({
		...event,
		metrics: Object.fromEntries(Object.entries(event.metrics).map(([metric, value]) => [renamed(metric), value])),
	}));
	const titles = new Map([...names].map(([metric, title]) => [renamed(metric), title]));
	return {
		kind: "tracker",
		events: renamedEvents,
		figures: figuresIn(renamedEvents),
		patterns: {},
		tracker: (metric) => {
			const title = titles.get(metric);
			const known = title === undefined ? undefined : metricNamed(title);
			const isPlain = title === undefined || title === metric || (known !== undefined && `${known.set}.${known.kind}` === metric);
			return { tracker: "any", ...(!isPlain && { names: { [metric]: title } }) };
		},
	};
}
