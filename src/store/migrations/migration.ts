/** Statements that take a store from one version to the next. */
export type Migration = readonly string[];
