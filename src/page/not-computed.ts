/** What stands in the place of an answer that is not known yet. `isWaiting`: for steps to be timed, since nothing may be computed then. */
export const notComputed = (isWaiting: boolean): string =>
	isWaiting ? "computed when the steps of a study have been timed" : "being computed";
