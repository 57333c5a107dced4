import "@tensorflow/tfjs-backend-cpu";
import { oneHot, train as optimizers, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";

/** Three blobs in the plane. What is loaded here is loaded once in each thread, not for each trial. */
const blobs = makeBlobs(400, generator(1));
const training = { points: blobs.points.slice(0, 300), labels: blobs.labels.slice(0, 300) };
const held = { points: tensor2d(blobs.points.slice(300)), labels: oneHot(tensor1d(blobs.labels.slice(300), "int32"), 3) };

/** @type {import("sweetspot").TrainFunction} */
export async function train({ batchSize, learningRate, seed, isDue, report }) {
	const model = sequential({
		layers: [
			layers.dense({ inputShape: [2], units: 16, activation: "relu", kernelInitializer: initializers.heNormal({ seed }) }),
			layers.dense({ units: 3, activation: "softmax", kernelInitializer: initializers.glorotNormal({ seed: seed + 1 }) }),
		],
	});
	model.compile({ optimizer: optimizers.sgd(learningRate), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
	const random = generator(seed);
	let order = [];
	for (let step = 1; ; step++) {
		if (order.length < batchSize) order = shuffled(300, random);
		const batch = order.splice(0, batchSize);
		const points = tensor2d(batch.map((i) => training.points[i]));
		const labels = oneHot(
			tensor1d(
				batch.map((i) => training.labels[i]),
				"int32",
			),
			3,
		);
		await model.trainOnBatch(points, labels);
		points.dispose();
		labels.dispose();
		if (!isDue(step)) continue;
		const [loss, accuracy] = model.evaluate(held.points, held.labels).map((scalar) => scalar.dataSync()[0]);
		if (report({ step, metrics: { "validation.loss": loss, "validation.accuracy": accuracy } })) return model.dispose();
	}
}

/** Every draw comes from the trial's seed, so that trials can be repeated and compared in pairs. */
function generator(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x9e3779b9) >>> 0;
		let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
	};
}

function shuffled(count, random) {
	const order = Array.from({ length: count }, (_, i) => i);
	for (let i = count - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[order[i], order[j]] = [order[j], order[i]];
	}
	return order;
}

function makeBlobs(count, random) {
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const centres = [
		[0, 2],
		[-2, -1],
		[2, -1],
	];
	const labels = Array.from({ length: count }, (_, i) => i % 3);
	return { labels, points: labels.map((label) => centres[label].map((x) => x + normal())) };
}
