import { batchColorVariables } from "./batch-colors.js";

const colors = {
	light: { ink: "#1b1d22", muted: "#5b616e", faint: "#8d93a1", grid: "#e4e6eb", paper: "#ffffff", accent: "#c2410c" },
	dark: { ink: "#eceef2", muted: "#a9b0bd", faint: "#7c8494", grid: "#2c3038", paper: "#14161a", accent: "#fb923c" },
} as const;

/** A colour of the theme as CSS: the page's variable, or the light theme's value where an image stands alone. */
const variable = (name: keyof typeof colors.light): string => `var(--${name}, ${colors.light[name]})`;

/** Colours that charts and pages share. The accent is kept for the answer. */
export const theme = {
	ink: variable("ink"),
	muted: variable("muted"),
	faint: variable("faint"),
	grid: variable("grid"),
	paper: variable("paper"),
	accent: variable("accent"),
} as const;

/** Declarations of every CSS variable that charts use, for one of the two themes. */
export const themeVariables = (name: "light" | "dark"): string =>
	`${Object.entries(colors[name])
		.map(([key, color]) => `--${key}:${color};`)
		.join("")}${batchColorVariables(name)}`;

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
