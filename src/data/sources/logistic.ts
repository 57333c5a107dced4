import { z } from "zod";
import type { LinearSource } from "../oracles/linear.js";
import { logistic as problem } from "../oracles/logistic.js";
import type { OracleSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";
import { linearFacts, linearSettings } from "./linear-settings.js";

type LogisticSource = LinearSource & { readonly name: "logistic" };

const schema = z.strictObject({ logistic: linearSettings(0.01) });

export const logistic = {
	name: "logistic",
	listed: [{ data: "logistic", kind: "oracle", what: "logistic regression, solved exactly" }],
	schema,
	...bySettings("logistic", schema),
	isStream: false,
	metrics: ["train.loss", "train.accuracy", "train.error", "validation.loss", "validation.accuracy", "validation.error"],
	facts: (source: LogisticSource) => linearFacts(problem(source), 2),
} satisfies OracleSourceKind<LogisticSource>;
