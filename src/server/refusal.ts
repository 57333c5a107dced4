/** The statuses of errors. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 411 | 413 | 414 | 415 | 500 | 503;

/** Why a request is refused, as a status and a sentence. */
export interface Refusal {
	readonly status: ErrorStatus;
	readonly message: string;
	readonly fix: string;
}
