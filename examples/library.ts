import { SweetspotError, tune } from "sweetspot";
import study from "./study.js";

// Follows a study from code: its events as they come, the best answer so far on Ctrl-C, the report as a file.
const controller = new AbortController();
process.once("SIGINT", () => controller.abort());

try {
	const run = tune(study, { store: null, workers: 2, signal: controller.signal });
	for await (const event of run) {
		if (event.kind === "opened") console.log(`study ${event.study.id}`);
		if (event.kind !== "finished" || event.trial.spec.phase !== "reporting") continue;
		const { spec, result } = event.trial;
		console.log(
			`batch size ${spec.batchSize}, learning rate ${spec.learningRate.toPrecision(2)}: ${result.outcome} at step ${result.steps}`,
		);
	}
	const answer = await run.answer;
	const { verdict, batchSize, learningRate } = answer.findings.recommendation;
	console.log(`${answer.end}: ${verdict}, batch size ${batchSize} with learning rate ${learningRate?.toPrecision(2)}`);
	answer.writeReport("blobs.html");
} catch (error) {
	if (!(error instanceof SweetspotError)) throw error;
	console.error(`${error.code}: ${error.message}\n${error.fix}`);
}
