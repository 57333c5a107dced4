import type { RayOptions } from "../../../study/cluster-schema.js";
import { formatNumber } from "../../../words/numbers.js";

const bytesIn = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 } as const;

/** `8G` in bytes. */
const bytesOf = (memory: string): number => Number(memory.slice(0, -1)) * bytesIn[memory.slice(-1) as keyof typeof bytesIn];

/** What each job asks for, as fields of `POST /api/jobs/`. */
export const askedFields = ({ cpus = 1, gpus, memory, resources }: RayOptions) => ({
	entrypoint_num_cpus: cpus,
	...(gpus !== undefined && { entrypoint_num_gpus: gpus }),
	...(memory !== undefined && { entrypoint_memory: bytesOf(memory) }),
	...(resources && { entrypoint_resources: resources }),
});

/**
 * What no node has of that which a job asks for, in words; null where one has it all. The nodes may change: a cluster that grows by need
 * may have none at first.
 */
export function lackOf(
	{ cpus = 1, gpus, memory, resources }: RayOptions,
	nodes: readonly Readonly<Record<string, number>>[],
): string | null {
	const asked: readonly (readonly [name: string, amount: number, words: string])[] = [
		["CPU", cpus, `${cpus} CPU`],
		...(gpus === undefined ? [] : [["GPU", gpus, `${gpus} GPU`] as const]),
		...(memory === undefined ? [] : [["memory", bytesOf(memory), `${memory} of memory`] as const]),
		...Object.entries(resources ?? {}).map(([name, amount]) => [name, amount, `${amount} ${name}`] as const),
	];
	if (nodes.some((node) => asked.every(([name, amount]) => (node[name] ?? 0) >= amount))) return null;
	const words = asked.map(([, , text]) => text).join(", ");
	if (nodes.length === 0) return `no node is there (a job asks for ${words})`;
	const most = (name: string) => Math.max(...nodes.map((node) => node[name] ?? 0));
	const has = asked.map(([name]) => (name === "memory" ? `${formatNumber(most(name) / bytesIn.G)}G of memory` : `${most(name)} ${name}`));
	return `no node has ${words} (the most that one has: ${has.join(", ")})`;
}
