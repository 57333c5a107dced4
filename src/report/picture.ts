import { themeVariables } from "../charts/theme.js";

/** A chart as a picture of its own, which follows the reader's light or dark theme; the paper is drawn as well. */
export const themed = (svg: string): string =>
	svg.replace(
		/(<svg[^>]*>)/,
		`$1<style>svg{${themeVariables("light")}background:var(--paper)}@media (prefers-color-scheme:dark){svg{${themeVariables("dark")}}}</style>`,
	);
