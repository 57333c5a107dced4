export {
	geluBackward, geluForward, leakyReluBackward, leakyReluForward, reluBackward, reluForward, sigmoidBackward, sigmoidForward, tanhBackward,
	tanhForward,
} from "./activations";
export { exchange, follow } from "./average";
export { batchNormBackward, batchNormForward } from "./batch-norm";
export { clipNorm } from "./clip";
export { convolutionBackward, convolutionForward } from "./convolution";
export { convolutionScratch } from "./convolution-scratch";
export { denseBackward, denseForward } from "./dense";
export { squaredDistance } from "./distance";
export { dropoutBackward, dropoutForward } from "./dropout";
export { setMask } from "./epilogue";
export { copy, gather, gatherRows } from "./gather";
export { gemm, scratchBytes, setScratch } from "./gemm";
export { add } from "./lanes";
export { layerNormBackward, layerNormForward } from "./layer-norm";
export { binaryCrossEntropy, smoothLabels, squaredError } from "./losses";
export { exp, log } from "./math";
export { setNative } from "./native";
export { addNormals } from "./noise";
export { adam, nesterov, rmsprop } from "./optimizers";
export { averagePoolBackward, averagePoolForward, maxPoolBackward, maxPoolForward } from "./pool";
export { addRowNorms, squaredNorm } from "./reduce";
export { softmaxCrossEntropy } from "./softmax";
export { update } from "./update";
export { requestAt, setDescent, setVector } from "./vector";
