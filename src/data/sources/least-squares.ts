import { z } from "zod";
import { leastSquares as problem } from "../oracles/least-squares.js";
import type { LinearSource } from "../oracles/linear.js";
import type { OracleSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";
import { linearFacts, linearSettings } from "./linear-settings.js";

type LeastSquaresSource = LinearSource & { readonly name: "least-squares" };

const schema = z.strictObject({ "least-squares": linearSettings(0) });

export const leastSquares = {
	name: "least-squares",
	listed: [{ data: "least-squares", kind: "oracle", what: "linear regression, solved exactly" }],
	schema,
	...bySettings("least-squares", schema),
	isStream: false,
	metrics: ["train.loss", "validation.loss"],
	facts: (source: LeastSquaresSource) => linearFacts(problem(source), 0),
} satisfies OracleSourceKind<LeastSquaresSource>;
