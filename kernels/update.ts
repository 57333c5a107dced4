import { descendAll } from "./epilogue";

/** One SGD step over a whole gradient block, with the settings given to `setDescent`. */
export function update(gradients: usize, count: i32): void {
	descendAll(gradients, gradients, 1, count);
}
