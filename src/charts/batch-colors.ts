/**
 * The one colour scale of batch sizes: sequential, small light to large dark, from green through blue to indigo. Lightness falls evenly, so
 * that it reads in grey and with any colour vision; its ends keep a contrast of 2.2:1 on white and, in the dark variant, 3:1 on near-black.
 */
const stops = {
	light: ["#52b788", "#2fa4a0", "#2b86b5", "#3563ad", "#37408f", "#241f5c"],
	dark: ["#d3f7df", "#9fe3cf", "#74c8d8", "#6ba8e6", "#7388e0", "#7a6ad0"],
} as const;

/** Places on the scale that have a name; between neighbours the eye sees no difference. */
const places = 24;

const channel = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);

/** The colour at a place from 0 (smallest) to 1 (largest), linear between stops. */
function colorAt(place: number, theme: keyof typeof stops): string {
	const colors = stops[theme];
	const left = Math.min(colors.length - 2, Math.floor(place * (colors.length - 1)));
	const share = place * (colors.length - 1) - left;
	const mixed = [1, 3, 5].map((at) => Math.round(channel(colors[left], at) * (1 - share) + channel(colors[left + 1], at) * share));
	return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Declarations of the scale's CSS variables, `--batch-0` … `--batch-24`, for one theme. */
export const batchColorVariables = (theme: "light" | "dark"): string =>
	Array.from({ length: places + 1 }, (_, i) => `--batch-${i}:${colorAt(i / places, theme)};`).join("");

/**
 * From a batch size to its colour as CSS: a variable that follows the page's theme, with the light theme's colour where the page declares
 * none. `batchSizes`: all sizes of the study; the scale is logarithmic from the least to the greatest.
 */
export function batchColors(batchSizes: readonly number[]): (batchSize: number) => string {
	const low = Math.log2(Math.min(...batchSizes));
	const span = Math.log2(Math.max(...batchSizes)) - low;
	return (batchSize) => {
		const place = span > 0 ? Math.round((places * (Math.log2(batchSize) - low)) / span) : places / 2;
		return `var(--batch-${place}, ${colorAt(place / places, "light")})`;
	};
}
