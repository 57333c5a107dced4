/** Wakes the code that waits. All rings since the last wait count as one. */
export class Bell {
	#rung = false;
	#wake: () => void = () => {};

	readonly ring = (): void => {
		this.#rung = true;
		this.#wake();
	};

	/** Resolves when it rings, at once where it has rung since this last resolved. */
	async wait(): Promise<void> {
		if (!this.#rung)
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		this.#rung = false;
	}
}
