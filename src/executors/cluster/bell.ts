/** Wakes whoever waits for it. */
export class Bell {
	#rung = false;
	#wake: (() => void) | null = null;

	ring(): void {
		this.#rung = true;
		this.#wake?.();
	}

	/** Resolves when it rings, or has since the last call, or after so many milliseconds; null: only then. */
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
