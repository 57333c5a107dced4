import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { hasRay, rayFolder, rayPackage } from "../test/fixtures/cluster/ray-place.js";
import { pythonWith } from "../test/fixtures/python.js";

/**
 * The test command's first step: what the tests need from the system. Missing Debian packages are installed where that is possible without
 * asking (root on Debian, no one at the terminal, or SWEETSPOT_PROVISION=1); else the command that would is printed, and the suites that
 * need them report themselves as skipped.
 */
const needs = [
	{
		what: "Chromium",
		isThere: () => spawnSync("sh", ["-c", "command -v chromium"]).status === 0,
		packages: ["chromium", "fonts-dejavu-core"],
		why: "web pages and reports are tested in a real browser",
	},
	{
		what: "Fashion-MNIST",
		isThere: () => existsSync("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"),
		packages: ["dataset-fashion-mnist"],
		why: "a data set that doesn't ship with the package is read and trained on",
	},
	{
		what: "BLAS",
		isThere: () => /libopenblas\.so\.0/.test(spawnSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" }).stdout ?? ""),
		packages: ["libopenblas0-pthread"],
		why: "--backend blas computes with it",
	},
	{
		what: "a C compiler and objdump",
		isThere: () => ["cc", "objdump"].every((program) => !spawnSync(program, ["--version"], { stdio: "ignore" }).error),
		packages: ["gcc", "libc6-dev", "binutils"],
		why: "the engine's wider vectors are compiled and disassembled",
	},
	{
		what: "PyTorch",
		isThere: () => pythonWith("torch", "numpy") !== null,
		packages: ["python3-torch", "python3-numpy"],
		why: "Python training scripts are run",
	},
	{
		what: "Slurm",
		isThere: () => existsSync("/usr/sbin/slurmctld") && existsSync("/usr/sbin/slurmd") && existsSync("/usr/bin/sbatch"),
		packages: ["slurmctld", "slurmd", "slurm-client"],
		why: "studies run on a real cluster of two nodes, on this machine",
	},
	{
		what: "Python's venv",
		isThere: () => spawnSync("python3", ["-c", "import ensurepip, venv"], { stdio: "ignore" }).status === 0,
		packages: ["python3-venv"],
		why: "Ray is installed into a folder of the project's own",
	},
	{
		what: "mypy",
		isThere: () => pythonWith("mypy") !== null,
		packages: ["mypy"],
		why: "the Python client's types are checked",
	},
];
const missing = needs.filter(({ isThere }) => !isThere());

const isDebian = (): boolean => {
	try {
		return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
	} catch {
		return false;
	}
};

/** No one is at the terminal who could be asked, or installing is asked for. */
const mayInstall = (): boolean => process.env.SWEETSPOT_PROVISION === "1" || !process.stdin.isTTY;

if (missing.length > 0) {
	const packages = missing.flatMap((need) => need.packages);
	if (process.getuid?.() === 0 && isDebian() && mayInstall()) {
		console.error(`Installing ${packages.join(", ")}: ${missing.map(({ why }) => why).join("; ")}.`);
		const apt = (...args: string[]) =>
			execFileSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
		apt("update", "-qq");
		apt("install", "-y", "-qq", "--no-install-recommends", ...packages);
	} else {
		for (const { what, why } of missing) console.error(`No ${what} here: ${why}. Those suites will be skipped.`);
		console.error(`To run them: sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`);
	}
}

// Ray is no Debian package: it comes from PyPI, into a folder that git ignores. Its suite takes two minutes, so it is only
// installed when that is asked for, as CI does.
if (!hasRay()) {
	const steps = [
		["python3", "-m", "venv", rayFolder],
		[`${rayFolder}/bin/python`, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", rayPackage],
	] as const;
	if (process.env.SWEETSPOT_TEST_RAY === "1" || process.env.SWEETSPOT_PROVISION === "1") {
		console.error("Installing Ray into .tools/ray (384 MB): studies run on a real cluster of it, on this machine.");
		try {
			for (const [program, ...args] of steps) execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
		} catch (error) {
			rmSync(rayFolder, { recursive: true, force: true });
			console.error(`Ray could not be installed (${error instanceof Error ? error.message : error}). Its suites will be skipped.`);
		}
	} else {
		console.error("No Ray here: studies run on a real cluster of it. That suite will be skipped.");
		console.error("To install it into .tools/ray (384 MB) and run it: SWEETSPOT_TEST_RAY=1 npm test");
	}
}
