/** Addresses of what the page loads by itself. */
export interface PageFiles {
	/** Of a lane's worker, and of a race's worker and charts. */
	readonly lane: string;
	readonly race: string;
	readonly charts: string;
}
