import { defineConfig } from "vitest/config";

import ClosingLine from "./test/closing-line.js";

const all = ["src/**/*.test.ts", "bench/**/*.test.ts", "test/**/*.test.ts"];

/** Tests that start nothing, leave nothing behind in their process, and measure nothing of it. */
const quick = ["src/!(engine)/**/*.test.ts", "bench/**/*.test.ts", "test/{docs,experiments,oracle,trackers}/**/*.test.ts"];

export default defineConfig({
	test: {
		reporters: ["default", new ClosingLine()],
		// Most of the time goes to programs that the tests start and wait for: a second worker keeps two cores busy.
		maxWorkers: 2,
		testTimeout: 180_000,
		hookTimeout: 180_000,
		projects: [
			// Files of one worker share the modules that they load: to load them anew for each file took half of the processor time.
			{ extends: true, test: { name: "quick", include: quick, isolate: false } },
			{ extends: true, test: { name: "whole", include: all, exclude: quick } },
		],
	},
});
