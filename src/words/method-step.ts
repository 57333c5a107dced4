/** One step of the method, in plain words. */
export interface MethodStep {
	readonly title: string;
	readonly text: string;
}
