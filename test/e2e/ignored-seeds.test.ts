import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

/** A script without any randomness: at batch size B and rate r its loss after s steps is 1/(1 + s·r·√B/10). */
const script = `
import sys, time
batch, rate, step = int(sys.argv[1]), float(sys.argv[2]), 0
while True:
    step += 1
    loss = 1 / (1 + step * rate * batch**0.5 / 10) if rate < 2 else 9.0
    print(f"step {step} loss {loss:.6f}", flush=True)
    time.sleep(0.0002)
`;
const study = `
version: 1
name: fixed
workload:
  command: [python3, -S, fixed.py, "{batchSize}", "{learningRate}"]
  examples: 640
  metrics: { step: "step ([0-9]+)", validation.loss: "loss ([0-9.]+)" }
goal: { metric: validation.loss, atMost: 0.1 }
batchSizes: [4, 16, 64]
tune: { learningRate: { from: 0.1, to: 10 } }
limits: { steps: 400 }
`;
const place = workplaces({ "fixed.py": script, "study.yaml": study });

interface Document {
	readonly study: { readonly id: string };
	readonly digest: string;
	readonly cost: { readonly trials: number };
	readonly tradeoff: readonly {
		readonly outcome: string;
		readonly equalSeeds?: true;
		readonly reportingRuns: number;
		readonly steps: { readonly median: number; readonly low: number | null };
	}[];
	readonly recommendation: { readonly verdict: string; readonly batchSize: number | null };
}

test.each([
	["whole", [], 3, 45, "Batch sizes 4, 16 and 64: one run and no interval, since all seeds give equal results"],
	["small-budget", ["--budget", "40"], 1, 60, ": one run and no interval, since all seeds give equal results"],
])(
	"a script that ignores its seed has one run a size and no interval in a %s study, and the answer says so",
	async (_, more, sizes, most, said) => {
		const { start } = bound(place());
		const ended = await start(["tune", "study.yaml", "--json", "--workers", "2", ...more]);
		const answer = JSON.parse(ended.stdout) as Document;
		expect(ended.code).toBe(3);
		const reached = answer.tradeoff.filter(({ outcome }) => outcome === "reached");
		expect(reached.length).toBe(sizes);
		for (const { equalSeeds, reportingRuns, steps } of reached) expect([equalSeeds, reportingRuns, steps.low]).toEqual([true, 1, null]);
		expect(answer.recommendation.verdict).toBe("undecided");
		expect(answer.recommendation.batchSize).not.toBeNull();
		expect(answer.cost.trials).toBeLessThan(most);
		expect(ended.stderr).toContain("! Runs of different seeds give equal results");

		const shown = (await start(["show", answer.study.id])).stdout.replace(/\s+/g, " ");
		expect(shown).toContain(said);
		if (more.length === 0) {
			expect(shown).toContain("→ Give the script its trial's seed");
			const again = JSON.parse((await start(["tune", "--continue", answer.study.id, "--json"])).stdout) as Document;
			expect(again.cost.trials).toBe(answer.cost.trials);
		}
		if (more.length > 0) return; // a ladder of scripts goes by their clock
		const other = await bound(place()).start(["tune", "study.yaml", "--json", "--workers", "1", ...more]);
		expect((JSON.parse(other.stdout) as Document).digest).toBe(answer.digest);
	},
);

const bound = (of: ReturnType<typeof place>) => ({ start: (args: readonly string[]) => of.start(args) });
