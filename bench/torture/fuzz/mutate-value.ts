import type { Rng } from "../../../src/core/rng.js";
import { oddNumber, oddText, oddValue, oneOf } from "./odd.js";

type Node = Record<string, unknown> | unknown[];
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** Every list and mapping in a value, and every key there. */
function placesIn(value: unknown): { readonly node: Node; readonly key: string }[] {
	if (!isNode(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) => [{ node: value, key }, ...placesIn(inner)]);
}

function put(node: Node, key: string, value: unknown): void {
	if (Array.isArray(node)) node[Number(key)] = value;
	// Not by assignment: a key may be `__proto__`.
	else Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
}

const read = (node: Node, key: string): unknown => (Array.isArray(node) ? node[Number(key)] : node[key]);

function remove(node: Node, key: string): void {
	if (Array.isArray(node)) node.splice(Number(key), 1);
	else delete node[key];
}

/** Changes made to data as a person or another program may make them. */
const changes: readonly ((rng: Rng, node: Node, key: string) => void)[] = [
	(rng, node, key) => put(node, key, oddValue(rng)),
	(rng, node, key) => put(node, key, typeof read(node, key) === "number" ? oddNumber(rng) : oddText(rng)),
	(rng, node, key) =>
		put(node, key, typeof read(node, key) === "number" ? Number(read(node, key)) * oneOf(rng, [-1, 10, 0.1, 1e6]) : oddNumber(rng)),
	(_, node, key) => remove(node, key),
	(rng, node) => put(node, Array.isArray(node) ? String(node.length) : oddText(rng), oddValue(rng)),
	(_, node, key) => put(node, key, [read(node, key)]),
	(_, node, key) => put(node, key, { [key]: read(node, key) }),
	(_, node, key) => put(node, key, JSON.stringify(read(node, key))),
	(rng, node, key) => {
		const value = read(node, key);
		remove(node, key);
		put(node, Array.isArray(node) ? "0" : oddText(rng), value);
	},
	(rng, node, key) => {
		const other = oneOf(rng, placesIn(node));
		if (other) put(node, key, structuredClone(read(other.node, other.key)));
	},
];

/** A copy of a value with one to four such changes. */
export function mutatedValue(rng: Rng, value: unknown): unknown {
	const copy: unknown = structuredClone(value);
	for (let left = rng.below(2) === 0 ? 1 : 1 + rng.below(4); left > 0; left--) {
		const places = placesIn(copy);
		if (places.length === 0) break;
		const { node, key } = oneOf(rng, places);
		oneOf(rng, changes)(rng, node, key);
	}
	return copy;
}
