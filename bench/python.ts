import { pythonEnvironment, pythonWith } from "../test/fixtures/python.js";

/** Variables with which `python3` has PyTorch and NumPy; null, said with what to install, where there is none. */
export function torchEnvironment(): NodeJS.ProcessEnv | null {
	const python = pythonWith("torch", "numpy");
	if (python !== null) return pythonEnvironment(python);
	process.stderr.write(
		"No Python with PyTorch and NumPy here: name one with SWEETSPOT_PYTHON, or sudo apt-get install python3-torch python3-numpy\n",
	);
	process.exitCode = 2;
	return null;
}
