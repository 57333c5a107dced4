import { z } from "zod";
import { sha256Hex } from "../../core/canonical.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import { quadratic as problem, type QuadraticSource } from "../oracles/quadratic.js";
import type { OracleSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";

const schema = z.strictObject({
	quadratic: z.strictObject({
		dimensions: z.int().min(1).max(256).default(32),
		condition: z.number().min(1).max(1e6).default(100),
		noise: z.number().positive().default(1),
		examples: z.int().min(10).max(65536).default(1024),
	}),
});

export const quadratic = {
	name: "quadratic",
	listed: [{ data: "quadratic", kind: "oracle", what: "the noisy quadratic, solved exactly" }],
	schema,
	...bySettings("quadratic", schema),
	isStream: true,
	metrics: ["train.loss"],
	facts(source: QuadraticSource) {
		const { curvatures, variances } = problem(source);
		return {
			train: source.examples,
			validation: 0,
			test: 0,
			features: source.dimensions,
			classes: 0,
			sha256: sha256Hex(sha256OfNumbers(curvatures) + sha256OfNumbers(variances)),
		};
	},
} satisfies OracleSourceKind<QuadraticSource>;
