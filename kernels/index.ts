export { denseBackward, denseForward } from "./dense";
export { setDescent } from "./epilogue";
export { gather } from "./gather";
export { gemm, scratchBytes, setScratch } from "./gemm";
export { exp, log } from "./math";
export { addRowNorms, squaredNorm } from "./reduce";
export { reluBackward, reluForward } from "./relu";
export { softmaxCrossEntropy } from "./softmax";
export { update } from "./update";
