/** The playground's page. What it shows is a function of the address after `#` and of what the lanes report. */
import { stateFrom } from "../state/address.js";
import { initialState } from "../state/state.js";
import { App } from "./app.js";
import type { PageFiles } from "./page-files.js";
import { Tour } from "./tour.js";

const root = document.getElementById("playground");
const { lane, race, charts } = root?.dataset ?? {};
if (root && lane && race && charts) begin(root, { lane, race, charts });

function begin(root: HTMLElement, files: PageFiles): void {
	const linked = () => stateFrom(location.hash.slice(1));
	const unreadable = "This link can’t be read, so the page starts as on a first visit. Ask for the link again, or go on from here.";
	const tour = new Tour((): App => app);
	root.replaceChildren(tour.root);
	const first = linked();
	const app: App = new App(root, files, first ?? initialState, () => tour.look());
	if (!first) app.own.refuse(unreadable);
	addEventListener("hashchange", () => {
		const state = linked();
		app.own.refuse(state ? "" : unreadable);
		app.load(state ?? initialState);
	});
	addEventListener("keydown", (event) => {
		if (event.code !== "Space" || (event.target instanceof HTMLElement && event.target.closest("button,select,input,a,summary"))) return;
		event.preventDefault();
		app.play(!app.isPlaying);
	});
	// Whoever asked for less motion presses play.
	if (!matchMedia("(prefers-reduced-motion: reduce)").matches) app.play(true);
}
