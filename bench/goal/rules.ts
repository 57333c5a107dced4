import { mean } from "../../src/core/mean.js";

/** What a run's validation and test accuracy were at one look. */
export interface Look {
	readonly step: number;
	readonly validation: number;
	readonly test: number;
}

/** The look at which a rule says that the goal was reached; null where it was not. `looks`: all of a run. */
type Rule = (looks: readonly Look[], goal: number) => Look | null;

const meets =
	(goal: number) =>
	({ validation }: Look): boolean =>
		validation >= goal;
const validationOf = ({ validation }: Look): number => validation;

/** The first of a number of looks in a row that all meet the goal. */
const inARow =
	(count: number): Rule =>
	(looks, goal) =>
		looks.find((_, i) => i + count <= looks.length && looks.slice(i, i + count).every(meets(goal))) ?? null;

/** The looks from s to w·s; null where the run ended before. */
function ahead(looks: readonly Look[], i: number, window: number): readonly Look[] | null {
	const end = looks.findIndex(({ step }) => step > window * looks[i].step);
	return end === -1 ? null : looks.slice(i, end);
}

/** The first look from which on all up to w·s meet the goal. */
const allAhead =
	(window: number): Rule =>
	(looks, goal) =>
		looks.find((_, i) => ahead(looks, i, window)?.every(meets(goal)) ?? false) ?? null;

/** The first look that meets the goal, and the mean of those up to w·s as well. */
const meanAhead =
	(window: number): Rule =>
	(looks, goal) =>
		looks.find((look, i) => {
			const following = ahead(looks, i, window);
			return following !== null && meets(goal)(look) && mean(following.map(validationOf)) >= goal;
		}) ?? null;

/** The first look where the mean of those from s/w on meets the goal: what `goal.window` does. */
const meanBehind =
	(window: number): Rule =>
	(looks, goal) =>
		looks.find(
			({ step }, i) =>
				mean(
					looks
						.slice(0, i + 1)
						.filter((look) => look.step * window > step)
						.map(validationOf),
				) >= goal,
		) ?? null;

/** By name, in the order in which they are shown. */
export const rules: Readonly<Record<string, Rule>> = {
	"first single look": inARow(1),
	"2 looks in a row": inARow(2),
	"3 looks in a row": inARow(3),
	"all from s to 1.1 s": allAhead(1.1),
	"all from s to 1.25 s": allAhead(1.25),
	"mean from s to 1.1 s": meanAhead(1.1),
	"mean from s/1.1 to s": meanBehind(1.1),
	"mean from s/1.25 to s": meanBehind(1.25),
	"mean from s/1.5 to s": meanBehind(1.5),
};

/** Whether no rule has anything left to wait for. */
export const isDecided = (looks: readonly Look[], goal: number): boolean =>
	Object.values(rules).every((rule) => rule(looks, goal) !== null);
