import { digestOf, Workplace } from "../../test/e2e/sweetspot.js";
import { TestRay } from "../../test/fixtures/cluster/ray.js";
import { faultsTable, type Measured } from "./measured.js";
import { embeddedOverRay, manyOverRay } from "./over-ray.js";
import { rayFaults } from "./ray-faults.js";

/** A Ray of a head that runs no jobs and a node of four slots. */
export async function raySections(report: (found: unknown) => void): Promise<Measured> {
	const ray = new TestRay();
	try {
		await ray.start();
		const shared = await manyOverRay(ray, "shared");
		report({ shared });
		const upload = await manyOverRay(ray, "upload");
		report({ upload });
		const came = await rayFaults(ray, report);
		const workers = await digestHere();
		const embedded = await embeddedOverRay(ray);
		report({ workers, embedded });
		return {
			measured: { workers, embedded, faults: came, shared, upload },
			sections: {
				"ray-digests": digestWords(workers, embedded),
				"ray-faults": faultsTable(came),
				"ray-cost": costWords(shared, upload),
			},
			isSound: workers === embedded.digest && came.every(({ same, left }) => same && left === 0),
		};
	} finally {
		await ray.stop();
	}
}

async function digestHere(): Promise<string> {
	const place = new Workplace();
	try {
		return digestOf(await place.start(["tune", "--json", "--quiet"]));
	} finally {
		place.remove();
	}
}

const digestWords = (workers: string, { digest, seconds, requests, ...bytes }: Awaited<ReturnType<typeof embeddedOverRay>>): string =>
	`The embedded study's digest begins with \`${workers.slice(0, 16)}\` in worker threads and \`${digest.slice(0, 16)}\` through Ray with nothing shared, which took ${seconds.toFixed(0)} s and ${requests} requests, ${size(bytes.sent)} sent and ${size(bytes.received)} received.`;

type Cost = Awaited<ReturnType<typeof manyOverRay>>;

const size = (bytes: number): string =>
	bytes < 1000 ? `${bytes.toFixed(0)} bytes` : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(0)} MB`;

function costWords(shared: Cost, upload: Cost): string {
	const one = (where: string, { seconds, scriptSeconds, overheadSeconds, requestsPerMinute, perTrial }: Cost) =>
		`${where}: ${seconds.toFixed(0)} s in all, the script ${scriptSeconds.toFixed(2)} s, ${overheadSeconds.toFixed(2)} s of a slot's time per trial in addition to it. The dashboard got ${requestsPerMinute.toFixed(0)} requests a minute, ${perTrial.requests.toFixed(2)} per trial, with ${size(perTrial.sent)} per trial sent and ${size(perTrial.received)} received.`;
	return [
		`${shared.trials} trials of a script that sleeps for 0.5 s, on ${shared.slots} slots:`,
		`- ${one("with a shared folder", shared)}\n- ${one("with nothing shared", upload)}`,
	].join("\n\n");
}
