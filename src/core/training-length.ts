/** How long a training is planned to be. */
export type Horizon =
	| { readonly epochs: number }
	| { readonly steps: number }
	| { readonly examples: number }
	/** Of steps, without what looks take. */
	| { readonly seconds: number };
