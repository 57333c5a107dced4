/** Wakes the code that waits for it. */
export class Bell {
	#rung = false;
	#wake: (() => void) | null = null;

	ring(): void {
		this.#rung = true;
		this.#wake?.();
	}

	/** Resolves when it rings, or if it has rung since the last call, or after this many milliseconds; null: no time limit. */
	async wait(milliseconds: number | null): Promise<void> {
		if (!this.#rung)
			await new Promise<void>((resolve) => {
				const timer = milliseconds === null ? null : setTimeout(resolve, milliseconds);
				this.#wake = () => {
					if (timer !== null) clearTimeout(timer);
					resolve();
				};
			});
		this.#rung = false;
		this.#wake = null;
	}
}
