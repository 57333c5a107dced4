import { loadDataset } from "../../src/data/load.js";
import { isOracle, readSource } from "../../src/data/sources/table.js";
import type { Look } from "../../src/playground/lane/look.js";
import { LaneTraining } from "../../src/playground/lane/training.js";
import { stateFrom } from "../../src/playground/state/address.js";
import { writtenData } from "../../src/playground/state/study-file.js";
import type { Stop } from "../../src/playground/tour/stop.js";
import { readBytes } from "../../src/trainers/read-bytes.js";

/** The lanes of a stop of the tour, trained in Node: their looks. */
export async function stopInNode({ scene, steps }: Stop): Promise<readonly (readonly Look[])[]> {
	const state = stateFrom(scene);
	const source = state && readSource(writtenData(state.data), (path) => path);
	if (!state || !source || isOracle(source)) throw new Error("a scene that can't be read");
	const data = await loadDataset(source, readBytes);
	const targets = steps(data.train.count);
	return state.lanes.map(({ settings, changes }, i) => {
		const lane = new LaneTraining({ ...state, data: null }, data, settings, changes);
		const looks = [lane.look(0)];
		while (lane.step < targets[i]) if (lane.advance() || lane.step === targets[i]) looks.push(lane.look(0));
		return looks;
	});
}
