import type { Design } from "../contracts.js";
import { withinBudget } from "./budget.js";
import { openAnswer } from "./column-replay.js";
import { columns } from "./columns.js";

/**
 * The tradeoff study: at every batch size the tuned learning rate, and steps-to-target with it on fresh seeds.
 *
 * A batch size is a column, and columns run side by side. A column's search starts from the trend of the rates that won at smaller
 * sizes, so it waits for the next smaller size's tuning (not for its selecting and reporting): a search with a good start costs a fraction of one without. Small sizes come first since they need the fewest examples.
 */
export const tradeoffDesign: Design = {
	next(study, finished) {
		const open = withinBudget(columns(study, finished), study.budget.trials);
		return open.flatMap((column) => column.open?.missing ?? []);
	},
	answers(study, finished) {
		const begun = columns(study, finished);
		return study.batchSizes.map((batchSize, i) => begun[i]?.answer ?? openAnswer(batchSize, null));
	},
};
