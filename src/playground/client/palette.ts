/** Colours as canvases need them: resolved, for the page's present theme. */
export interface Palette {
	readonly ink: string;
	readonly muted: string;
	readonly grid: string;
	readonly paper: string;
	readonly accent: string;
	/** Of the lanes, in their order. */
	readonly lanes: readonly string[];
	/** Of the classes, as red, green and blue. */
	readonly classes: readonly (readonly [number, number, number])[];
}

const classColors = { light: ["#d97706", "#2563eb", "#0f9d75"], dark: ["#f59e0b", "#6ba8ff", "#34d399"] } as const;

const channels = (color: string): readonly [number, number, number] => [
	Number.parseInt(color.slice(1, 3), 16),
	Number.parseInt(color.slice(3, 5), 16),
	Number.parseInt(color.slice(5, 7), 16),
];

export function palette(): Palette {
	const style = getComputedStyle(document.documentElement);
	const named = (name: string) => style.getPropertyValue(`--${name}`).trim();
	const dark = matchMedia("(prefers-color-scheme: dark)").matches;
	return {
		...{ ink: named("ink"), muted: named("muted"), grid: named("grid"), paper: named("paper"), accent: named("accent") },
		lanes: [0, 1, 2, 3].map((i) => named(`lane-${i}`)),
		classes: classColors[dark ? "dark" : "light"].map(channels),
	};
}

/** A canvas as large as it is shown, in the screen's own pixels, cleared; drawn in CSS pixels. Null where it isn't shown. */
export function cleared(
	canvas: HTMLCanvasElement,
): { readonly on: CanvasRenderingContext2D; readonly width: number; readonly height: number } | null {
	const { clientWidth: width, clientHeight: height } = canvas;
	const on = canvas.getContext("2d");
	if (!on || width === 0 || height === 0) return null;
	const ratio = Math.min(2, devicePixelRatio);
	const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
	if (canvas.width !== w || canvas.height !== h) {
		canvas.width = w;
		canvas.height = h;
	}
	on.setTransform(ratio, 0, 0, ratio, 0, 0);
	on.clearRect(0, 0, width, height);
	return { on, width, height };
}
