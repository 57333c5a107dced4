import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { digestOf, Workplace } from "../../test/e2e/sweetspot.js";
import type { TestRay } from "../../test/fixtures/cluster/ray.js";
import { manyTrials } from "./many-trials.js";

/** How a study reaches Ray's nodes. */
export const rayModes = ["shared", "upload"] as const;
export type RayMode = (typeof rayModes)[number];

/** What went to Ray's dashboard and came back. */
interface Traffic {
	requests: number;
	sent: number;
	received: number;
}

/** Many trials of a script through Ray, with what they ask of its dashboard. */
export const manyOverRay = (ray: TestRay, mode: RayMode) =>
	counted(ray, async (traffic) => {
		let before = { ...traffic };
		const many = await manyTrials("ray", mode === "upload" ? { ray: { upload: true } } : {}, () => {
			before = { ...traffic };
		});
		const perTrial = (name: keyof Traffic): number => (traffic[name] - before[name]) / many.trials;
		return {
			...many,
			requestsPerMinute: (60 * (traffic.requests - before.requests)) / many.seconds,
			perTrial: { requests: perTrial("requests"), sent: perTrial("sent"), received: perTrial("received") },
		};
	});

/** The embedded study through Ray with nothing shared. */
export const embeddedOverRay = (ray: TestRay) =>
	counted(ray, async (traffic, environment) => {
		const place = new Workplace();
		try {
			const args = ["tune", "--json", "--quiet", "--executor", "ray", "--set", "cluster.ray.upload=true", "--workers", "4"];
			const began = performance.now();
			const digest = digestOf(await place.start(args, undefined, environment));
			return { digest, seconds: (performance.now() - began) / 1000, ...traffic };
		} finally {
			place.remove();
		}
	});

/** Runs `work` with an address at which every request is counted on its way to Ray. */
async function counted<Result>(
	ray: TestRay,
	work: (traffic: Readonly<Traffic>, environment: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
	const traffic: Traffic = { requests: 0, sent: 0, received: 0 };
	const { RAY_ADDRESS: real = "" } = ray.environment;
	const counting = createServer((asked, answer) => {
		traffic.requests++;
		asked.on("data", (part: Buffer) => {
			traffic.sent += part.length;
		});
		const onward = request(`${real}${asked.url}`, { method: asked.method ?? "GET", headers: asked.headers }, (reply) => {
			answer.writeHead(reply.statusCode ?? 502, reply.headers);
			reply.on("data", (part: Buffer) => {
				traffic.received += part.length;
			});
			reply.pipe(answer);
		});
		onward.on("error", () => answer.destroy());
		asked.pipe(onward);
	});
	await new Promise<void>((resolve) => counting.listen(0, "127.0.0.1", resolve));
	const address = `http://127.0.0.1:${(counting.address() as AddressInfo).port}`;
	const environment = { ...ray.environment, RAY_ADDRESS: address };
	Object.assign(process.env, environment);
	try {
		return await work(traffic, environment);
	} finally {
		counting.closeAllConnections();
		counting.close();
	}
}
