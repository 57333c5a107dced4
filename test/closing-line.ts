import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with the one line that says how it went, `N passed, N failed, N skipped`, after all else that is printed. */
export default class ClosingLine implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const counts = { passed: 0, failed: 0, skipped: 0 };
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				const { state } = test.result();
				if (state !== "pending") counts[state]++;
			}
		}
		process.on("exit", () => process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`));
	}
}
