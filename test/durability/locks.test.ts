import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const dir = mkdtempSync(join(tmpdir(), "sweetspot-locks-"));
afterAll(() => rmSync(dir, { recursive: true }));
const hasCompiler = spawnSync("cc", ["--version"]).status === 0;

/** A library that answers every request for a lock in this way, as some network file systems do. */
function answering(name: string, answer: string): string {
	const source = join(dir, `${name}.c`);
	writeFileSync(
		source,
		`#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int answer(int fd, int cmd, void *arg, const char *name) {
	if (cmd == F_SETLK || cmd == F_SETLKW || cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW) { ${answer} }
	return ((int (*)(int, int, ...))dlsym(RTLD_NEXT, name))(fd, cmd, arg);
}
int fcntl(int fd, int cmd, ...) { va_list all; va_start(all, cmd); void *arg = va_arg(all, void *); va_end(all); return answer(fd, cmd, arg, "fcntl"); }
int fcntl64(int fd, int cmd, ...) { va_list all; va_start(all, cmd); void *arg = va_arg(all, void *); va_end(all); return answer(fd, cmd, arg, "fcntl64"); }
`,
	);
	const library = join(dir, `${name}.so`);
	execFileSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
	return library;
}

const open = new URL("../../dist/store/open.js", import.meta.url).href;
const run = (library: string, code: string) =>
	String(
		spawnSync(process.execPath, ["--input-type=module", "-e", `import { openStore } from ${JSON.stringify(open)};\n${code}`], {
			env: { ...process.env, LD_PRELOAD: library },
		}).stdout,
	);

describe.skipIf(process.platform !== "linux" || !hasCompiler)("on a file system (needs a C compiler)", () => {
	test("whose locks never lock, the writer before is refused at its next write, and never writes among another's", () => {
		const store = join(dir, "never");
		const said = run(
			answering("never", "return 0;"),
			`import { spawnSync } from "node:child_process";
const first = openStore(${JSON.stringify(store)}, { mode: "write" });
const run = first.experiments.create({ experiment: "one", settings: {}, hash: "a", version: "1" });
const other = \`const second = (await import(${JSON.stringify(open)})).openStore(${JSON.stringify(store)}, { mode: "write" });
second.experiments.create({ experiment: "two", settings: {}, hash: "b", version: "1" }); second.close();\`;
spawnSync(process.execPath, ["--input-type=module", "-e", other], { stdio: "inherit" });
try { first.experiments.keep(run.key, 0, 1, 0); console.log("written"); } catch (error) { console.log(error.code, error.fix); }`,
		);
		expect(said).toMatch(/^store\/unlocked end one of the two, and keep the store where locks hold/);
	});

	test("that has no locks to give (ENOLCK), the error says so, and not that another process holds them", () => {
		const said = run(
			answering("none", "errno = ENOLCK; return -1;"),
			`try { openStore(${JSON.stringify(join(dir, "none"))}, { mode: "write" }); console.log("open"); } catch (error) { console.log(error.code, error.message); }`,
		);
		expect(said).toMatch(/^store\/unlocked .*no file in it can be locked/);
	});
});
