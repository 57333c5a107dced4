import { defineConfig } from "vitest/config";

import ClosingLine from "./test/closing-line.js";

export default defineConfig({
	test: {
		reporters: ["default", new ClosingLine()],
		include: ["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"],
		testTimeout: 180_000,
		hookTimeout: 180_000,
	},
});
