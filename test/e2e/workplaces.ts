import { afterAll } from "vitest";
import { Workplace } from "./sweetspot.js";

/** Makes places for the tests of a file, each with these files in it. All of them are gone when the tests are over. */
export function workplaces(files: Readonly<Record<string, string>> = {}): () => Workplace {
	const made: Workplace[] = [];
	afterAll(() => {
		for (const place of made) place.remove();
	});
	return () => {
		const place = new Workplace();
		for (const [name, text] of Object.entries(files)) place.write(name, text);
		made.push(place);
		return place;
	};
}
