import { defineConfig } from "vitest/config";

import ClosingLine from "./test/closing-line.js";

export default defineConfig({
	test: {
		reporters: ["default", new ClosingLine()],
		include: ["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"],
		// Most of the time goes to programs that the tests start and wait for: a second worker keeps two cores busy.
		maxWorkers: 2,
		testTimeout: 180_000,
		hookTimeout: 180_000,
	},
});
