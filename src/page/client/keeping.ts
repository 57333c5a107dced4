/** Changes the content of a place but keeps the reader's state there: the scroll positions of tables, and the focus. */
export function keeping(place: HTMLElement, change: () => void): void {
	const scrolled = [...place.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
	const focused = [...place.querySelectorAll(focusable)].indexOf(document.activeElement ?? document.body);
	const { scrollX, scrollY } = window;
	change();
	for (const [i, one] of [...place.querySelectorAll(".scroll")].entries()) one.scrollLeft = scrolled[i] ?? 0;
	const next = focused < 0 ? undefined : [...place.querySelectorAll<HTMLElement>(focusable)][focused];
	next?.focus({ preventScroll: true });
	if (next) window.scrollTo(scrollX, scrollY);
}

const focusable = "a, button, input, select, [tabindex]";
