import type { ErrorCode } from "../../core/errors.js";
import type { Study } from "../../study/study.js";

/** What the bench's thread is started with. */
export interface BenchSetup {
	readonly study: Study;
}

/** Time this batch size. */
export interface ToBench {
	readonly batchSize: number;
}

export type FromBench =
	| { readonly kind: "ready" }
	| { readonly kind: "unusable"; readonly code: ErrorCode; readonly detail: string; readonly fix: string }
	| { readonly kind: "timed"; readonly seconds: number | null };
