/** What OpenBLAS and BLIS are called on each platform, in the order in which they are tried. */
const names: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
	linux: ["libopenblas.so.0", "libopenblas.so", "libblis.so.4", "libblis.so"],
	darwin: [
		...["/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib", "libopenblas.dylib"],
		...["/opt/homebrew/opt/blis/lib/libblis.dylib", "/usr/local/opt/blis/lib/libblis.dylib", "libblis.dylib"],
	],
	win32: ["libopenblas.dll", "openblas.dll", "libblis.dll"],
};

/** Where a BLAS is looked for: what SWEETSPOT_BLAS names and nothing else, or the platform's usual names. */
export const libraryNames = (environment: NodeJS.ProcessEnv): readonly string[] =>
	environment.SWEETSPOT_BLAS ? [environment.SWEETSPOT_BLAS] : (names[process.platform] ?? names.linux ?? []);

/** The command that installs one. */
export const installCommand =
	process.platform === "darwin"
		? "brew install openblas"
		: process.platform === "win32"
			? "download OpenBLAS from github.com/OpenMathLib/OpenBLAS/releases"
			: "sudo apt-get install -y libopenblas0-pthread (or libblis4-pthread)";
