import { expect, test } from "vitest";
import { Owners } from "./owners.js";

const closed = () => false;
const open = () => true;

test("a file is that script's which alone ran when it was made", () => {
	const owners = new Owners();
	const [one, other] = [{}, {}];
	owners.runs(one);
	expect(owners.ownership(one, "a", Date.now(), closed)).toBe("own");
	owners.runs(other);
	expect(owners.ownership(other, "a", Date.now(), open)).toBe("another's");
	expect(owners.isOwn(one, "a")).toBe(true);
});

test("where two ran it is that one's which has it open, and otherwise no one's, even when the other is gone", () => {
	const owners = new Owners();
	const [one, other] = [{}, {}];
	owners.runs(one);
	owners.runs(other);
	const made = Date.now();
	expect(owners.ownership(one, "a", made, closed)).toBe("unclear");
	owners.rests(other);
	expect(owners.ownership(one, "a", made, closed)).toBe("unclear");
	expect(owners.ownership(one, "a", made, () => null)).toBe("unclear");
	expect(owners.ownership(one, "b", made, open)).toBe("own");
	expect(owners.ownership(one, "c", made + 10_000, closed)).toBe("own"); // the other stands still by then
});

test("one that had ended before a script began made none of its files, however soon they were there", () => {
	const owners = new Owners();
	const [one, other] = [{}, {}];
	owners.runs(other);
	owners.rests(other);
	const ended = Date.now();
	while (Date.now() === ended);
	owners.runs(one);
	expect(owners.ownership(one, "a", ended - 5, closed)).toBe("own");
});
