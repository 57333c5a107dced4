/** Bits of a braille pattern (U+2800 and on), by row and column of its 4×2 dots. */
const dotBits = [
	[0x01, 0x08],
	[0x02, 0x10],
	[0x04, 0x20],
	[0x40, 0x80],
] as const;

/** Characters on which dots are drawn, 2 across and 4 down in each; row 0 is at the top. */
export class DotCanvas {
	readonly #dots: Uint8Array;
	readonly #glyphs = new Map<number, string>();
	constructor(
		readonly columns: number,
		readonly rows: number,
	) {
		this.#dots = new Uint8Array(columns * rows);
	}

	/** Sets the dot at (x, y), x from the left in 0 … 2·columns − 1, y from the top in 0 … 4·rows − 1; others are ignored. */
	dot(x: number, y: number): void {
		const [column, row] = [Math.floor(x / 2), Math.floor(y / 4)];
		if (column < 0 || column >= this.columns || row < 0 || row >= this.rows) return;
		this.#dots[row * this.columns + column] |= dotBits[y % 4][x % 2];
	}

	/** Puts a character (colours and all) in place of a cell's dots. */
	put(column: number, row: number, glyph: string): void {
		if (column >= 0 && column < this.columns && row >= 0 && row < this.rows) this.#glyphs.set(row * this.columns + column, glyph);
	}

	/** One text a row, `paint` applied to runs of dots. */
	lines(paint: (dots: string) => string): string[] {
		return Array.from({ length: this.rows }, (_, row) => {
			let line = "";
			let run = "";
			for (let column = 0; column < this.columns; column++) {
				const cell = row * this.columns + column;
				const glyph = this.#glyphs.get(cell);
				if (glyph === undefined) run += this.#dots[cell] === 0 ? " " : String.fromCodePoint(0x2800 + this.#dots[cell]);
				else {
					line += (run === "" ? "" : paint(run)) + glyph;
					run = "";
				}
			}
			return line + (run.trim() === "" ? "" : paint(run.trimEnd()));
		});
	}
}
