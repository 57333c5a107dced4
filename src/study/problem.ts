/** One thing that is wrong with a study, and where. */
export interface Problem {
	/** `workload.model[2].dense` */
	readonly path: string;
	/** What was found and what was expected. */
	readonly message: string;
}
