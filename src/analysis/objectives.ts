/** What a study may look for, in the order in which they are documented. */
export const objectiveNames = ["fastest", "cheapest", "balanced"] as const;
export type Objective = (typeof objectiveNames)[number];

/** The default objective. */
export const usualObjective: Objective = "balanced";

/** A rule for which batch size is best. */
interface ObjectiveRule {
	/** What the best size does, in words. */
	readonly meaning: string;
	/** Whether it takes seconds to find it. */
	readonly needsSeconds: boolean;
	/** What it minimizes, from seconds and examples to the goal. */
	readonly score: (seconds: number, examples: number) => number;
	/** Its natural logarithm, from those of seconds and examples: a design may only use exact operations, such as sums. */
	readonly logScore: (logSeconds: number, logExamples: number) => number;
}

export const objectives: Readonly<Record<Objective, ObjectiveRule>> = {
	fastest: {
		meaning: "takes the least time",
		needsSeconds: true,
		score: (seconds) => seconds,
		logScore: (logSeconds) => logSeconds,
	},
	cheapest: {
		meaning: "uses the fewest examples",
		needsSeconds: false,
		score: (_, examples) => examples,
		logScore: (_, logExamples) => logExamples,
	},
	balanced: {
		meaning: "has the least geometric mean √(time × examples)",
		needsSeconds: true,
		score: (seconds, examples) => Math.sqrt(seconds * examples),
		logScore: (logSeconds, logExamples) => (logSeconds + logExamples) / 2,
	},
};

/** A value for each of them. */
export const byObjective = <T>(of: (objective: Objective) => T): Readonly<Record<Objective, T>> => ({
	fastest: of("fastest"),
	cheapest: of("cheapest"),
	balanced: of("balanced"),
});
