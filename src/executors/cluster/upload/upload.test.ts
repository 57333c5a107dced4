import { execFileSync } from "node:child_process";
import { readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../../../../test/fixtures/folder-with.js";
import { folderFiles } from "./folder-files.js";
import { scriptFiles } from "./script-files.js";
import { zipped } from "./zip.js";

const namesIn = (folder: string, apart: string | null = null): readonly string[] => folderFiles(folder, apart).map(({ name }) => name);
const commandIn = (directory: string, ...rest: readonly string[]) => ({ command: ["python3", ...rest], directory, grace: 1 });

test("of a folder, what git ignores stays here, as git itself says", () => {
	const folder = folderWith({
		".gitignore": "*.log\n!kept.log\nbuild/\n/only-here\n# a comment\ndata/*\n!data/small.csv\n",
		"sub/.gitignore": "!again.log\nown\n",
		...{ "a.log": "", "kept.log": "", "build/x": "", "only-here": "", "sub/only-here": "", "data/big.csv": "", "data/small.csv": "" },
		...{ "sub/again.log": "", "sub/b.log": "", "sub/own": "", own: "", "sub/deep/own": "", "sub/build/kept.log": "", "é ü.txt": "" },
	});
	execFileSync("git", ["init", "--quiet", folder]);
	const git = execFileSync("git", ["-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
		cwd: folder,
		encoding: "utf8",
	});
	const names = git.split("\0").filter((name) => name !== "");
	expect(namesIn(folder)).toEqual([...names].sort());
	expect(names).toContain("sub/again.log");
	// A folder below the root of a repository.
	expect(namesIn(join(folder, "sub"))).toEqual([".gitignore", "again.log", "only-here"]);
});

test("secrets, histories, virtual environments, links and the store stay here, listed by git or not", () => {
	const folder = folderWith({
		"train.py": "",
		...{
			".env": "",
			".env.local": "",
			id_rsa: "",
			"a/server.KEY": "",
			"a/b/cert.pem": "",
			".netrc": "",
			auth_token: "",
			".aws/credentials": "",
		},
		...{
			".git/HEAD": "",
			".sweetspot/store.db": "",
			"venv/pyvenv.cfg": "",
			"venv/bin/python": "",
			"__pycache__/x.pyc": "",
			"results/store.db": "",
		},
		"a/keyboard.py": "",
		"environment.yaml": "",
	});
	symlinkSync("/etc", join(folder, "etc"));
	symlinkSync(join(folder, "train.py"), join(folder, "other.py"));
	execFileSync("mkfifo", [join(folder, "pipe")]);
	expect(namesIn(folder, join(folder, "results"))).toEqual(["a/keyboard.py", "environment.yaml", "train.py"]);
});

test("too much is refused by the name of the largest file, before anything is read", () => {
	const folder = folderWith({ "train.py": "", "model.bin": "" });
	truncateSync(join(folder, "model.bin"), 200 * 2 ** 20);
	expect(() => folderFiles(folder)).toThrow(/more to upload than 100 MiB or 5000 files; the largest seen is model\.bin/);
});

test("a script's command may name what is uploaded, and nothing else of this machine", () => {
	const folder = folderWith({ "site/train.py": "", "site/.gitignore": "secret.txt\n", "site/secret.txt": "", "outside.txt": "" });
	const site = join(folder, "site");
	expect(scriptFiles(commandIn(site, "train.py", "--out={trialFolder}", "--data=/data/that/nodes/have"), null)).toHaveLength(2);
	for (const [argument, words] of [
		["../outside.txt", /is not in the folder that is uploaded/],
		[`--data=${join(folder, "outside.txt")}`, /is not in the folder that is uploaded/],
		[join(site, "train.py"), /a path of this machine/],
		["--text=secret.txt", /isn't uploaded: \.gitignore/],
	] as const)
		expect(() => scriptFiles(commandIn(site, "train.py", argument), null)).toThrow(words);
});

test("the archive is what others take for a zip file, and is the same each time", () => {
	const entries = [
		{ name: "a/é.txt", bytes: Buffer.from("hello ".repeat(1000)), isExecutable: false },
		{ name: "run.sh", bytes: Buffer.from("#!/bin/sh\n"), isExecutable: true },
		{ name: "empty", bytes: Buffer.alloc(0), isExecutable: false },
	];
	const folder = folderWith({});
	writeFileSync(join(folder, "x.zip"), zipped(entries));
	expect(zipped(entries).equals(zipped(entries))).toBe(true);
	const script = `import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    z.extractall(sys.argv[2])
    for i in z.infolist(): os.chmod(os.path.join(sys.argv[2], i.filename), i.external_attr >> 16)`;
	execFileSync("python3", ["-c", script, join(folder, "x.zip"), folder]);
	for (const { name, bytes, isExecutable } of entries) {
		expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
		expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe(isExecutable ? "700" : "600");
	}
});
