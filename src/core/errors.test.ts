import { expect, test } from "vitest";
import { SweetspotError } from "./errors.js";

class Special extends SweetspotError {}

test("an error of another copy of the file is one of ours; one that only has the name isn't", () => {
	const ours = new SweetspotError("data/damaged", "the file", "export it again");
	const copied = Object.assign(new Error("the data cannot be read: the file"), { name: "SweetspotError", code: "data/damaged" });
	expect([ours, copied].map((error) => error instanceof SweetspotError)).toEqual([true, true]);
	const others = [new Error("SweetspotError"), { name: "SweetspotError", code: "data/damaged" }, null, "SweetspotError"];
	expect(others.map((error) => error instanceof SweetspotError)).toEqual([false, false, false, false]);
});

test("a class of errors of ours knows only its own", () => {
	const [ours, special] = [new SweetspotError("data/damaged", "", ""), new Special("data/damaged", "", "")];
	expect([ours instanceof Special, special instanceof Special, special instanceof SweetspotError]).toEqual([false, true, true]);
});
