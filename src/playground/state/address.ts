import type { LaneSettings } from "../lane/settings.js";
import { allExamples, checkedState, initialState, type LaneState, type PlayState } from "./state.js";

/** Of a link, in characters. */
const longest = 2000;

const written = ({ batchSize, learningRate, optimizer }: LaneSettings): string =>
	`${batchSize === allExamples ? "all" : batchSize}:${learningRate}:${optimizer}`;

/** A lane as `32:0.1:sgd`, followed by its changes, each as `@300:64:0.1:sgd`. */
const laneText = ({ settings, changes }: LaneState): string =>
	written(settings) + changes.map(({ step, settings: after }) => `@${step}:${written(after)}`).join("");

/** The part of an address after `#`: it stays in the browser. At most 2,000 characters: the limits on lanes and changes see to that. */
export function addressOf({ data, hidden, activation, seed, lanes, axis, metric, by, speed, goal }: PlayState): string {
	return [
		data.name === "csv" ? "data=csv" : `data=${data.name}:${data.examples}:${data.noise}`,
		`net=${[activation, ...hidden].join(":")}`,
		`seed=${seed}`,
		`lanes=${lanes.map(laneText).join(",")}`,
		`show=${axis}:${metric}`,
		`pace=${by}:${speed}`,
		`goal=${goal}`,
	].join("&");
}

/** The state that an address holds: what it leaves out is as on a first visit. Null where any of it is not as it must be. */
export function stateFrom(address: string): PlayState | null {
	if (address.length > longest) return null;
	const parts = new Map<string, string>();
	for (const part of address.split("&").filter((text) => text !== "")) {
		const [key, value, ...rest] = part.split("=");
		if (value === undefined || rest.length > 0 || parts.has(key) || !keys.has(key)) return null;
		parts.set(key, value);
	}
	const fields = (key: string) => parts.get(key)?.split(":");
	const [data, net, show, pace] = [fields("data"), fields("net"), fields("show"), fields("pace")];
	const [seed, lanes, goal] = [parts.get("seed"), parts.get("lanes"), parts.get("goal")];
	return checkedState({
		...initialState,
		...(data && {
			data: parts.get("data") === "csv" ? absentTable : { name: data[0], examples: numberOf(data[1]), noise: numberOf(data[2]) },
		}),
		...(net && { activation: net[0], hidden: net.slice(1).map(numberOf) }),
		...(seed !== undefined && { seed: numberOf(seed) }),
		...(lanes !== undefined && { lanes: lanes.split(",").map(laneFrom) }),
		...(show && { axis: show[0], metric: show[1] }),
		...(pace && { by: pace[0], speed: pace[1] }),
		...(goal !== undefined && { goal: numberOf(goal) }),
	});
}

/** A link holds no data, nor what its owner calls them: a reader of the link needs the file. */
const absentTable = { name: "csv", file: "", label: "", classes: 2 } as const;

const keys: ReadonlySet<string> = new Set(["data", "net", "seed", "lanes", "show", "pace", "goal"]);

const numberOf = (text: string | undefined): number => (text === undefined || text === "" ? Number.NaN : Number(text));

const settingsFrom = ([batchSize, learningRate, optimizer]: readonly string[]) => ({
	batchSize: batchSize === "all" ? allExamples : numberOf(batchSize),
	learningRate: numberOf(learningRate),
	optimizer,
});

function laneFrom(text: string) {
	const [first, ...changes] = text.split("@").map((part) => part.split(":"));
	return {
		settings: settingsFrom(first),
		changes: changes.map(([step, ...rest]) => ({ step: numberOf(step), settings: settingsFrom(rest) })),
	};
}
