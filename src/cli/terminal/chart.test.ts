import { describe, expect, test } from "vitest";
import { missedRow, row, smallFindings } from "../../../test/fixtures/small-findings.js";
import { chartLines } from "./chart.js";
import { colorsOf } from "./terminal.js";
import { widthOf } from "./text.js";

const plain = colorsOf({ color: false });

describe("chartLines", () => {
	test("100 columns", () => {
		expect(chartLines(smallFindings(), 100, plain).join("\n")).toBe(`steps-to-target
      │⠂●
      │ ╵⠑⠤⡀
      │    ⠈⠑⢄⡀
      │       ⠈⠒⢄⡀
1,000 ┤          ⠉⠢⣄ ╷
      │             ⠉●⢄
      │                ⠋⠢⢄⡀
      │                  ⠁⠈⡒⢄⡀
      │                      ⠌⠑⠢⣀╷
      │                        ⠂ ●⠒⠤⣀
      │                          ⠁ ⡀ ⠉⠑◆⠤⣀
      │                              ⠄    ⠉⠑⠒●⠤⣀⣀⡀
  100 ┤                                ⠂         ⠈⠉⠉⠒⠒⠒⠢⠤●
      │                                  ⠁ ⡀
      └─┴────────────┴───────────┴─────┴─────┴───────────┴────────────┴─
        1            4           16    32    64         256        1,078
       batch size
● median   │ 95 % interval   ◆ recommended   ⠒ fit   ⠂⠐ perfect scaling`);
	});

	test("60 columns", () => {
		expect(chartLines(smallFindings(), 60, plain).join("\n")).toBe(`steps-to-target
      │⠄●
      │ ╵⠢⣀
      │    ⠓⢄
      │      ⠑⠤⡀
1,000 ┤        ⠉⠢⣀╷
      │          ⠁●⣄
      │             ⠉⡢⡀
      │               ⠈⡑⢄⡀
      │                  ⠌⠒⢄╷
      │                    ⠄●⠒⠤⡀
      │                      ⠄ ⠈⠑◆⢄⡀
      │                        ⠂   ⠈⠉⠒●⠤⣀⡀
  100 ┤                          ⠂       ⠈⠉⠑⠒⠒⠢⠤●
      │                            ⠁
      └─┴─────────┴─────────┴────┴────┴─────────┴─────────┴─
        1         4         16   32   64       256     1,078
       batch size
● median   │ 95 % interval   ◆ recommended   ⠒ fit
⠂⠐ perfect scaling`);
	});

	test("44 columns, without a fit", () => {
		const findings = smallFindings();
		expect(chartLines({ ...findings, fit: { ...findings.fit, curve: [] } }, 44, plain).join("\n")).toBe(`steps-to-target
      │ ●
      │ ╵
      │
      │
1,000 ┤       ╷
      │       ●
      │
      │
      │              ╷
      │              ●
      │                  ◆
      │                     ●
  100 ┤                            ●
      │
      └─┴─────┴──────┴───┴──┴──────┴──────┴─
        1     4      16  32 64    256  1,078
       batch size
● median   │ 95 % interval   ◆ recommended`);
	});

	test("fits every width, or isn't drawn", () => {
		for (let width = 10; width < 120; width++)
			for (const line of chartLines(smallFindings(), width, plain)) expect(widthOf(line)).toBeLessThanOrEqual(width);
		expect(chartLines(smallFindings(), 39, plain)).toEqual([]);
	});

	test("powers of two where there are fewer than two powers of ten", () => {
		const tradeoff = [row(32, 1, 60, 1e-5), row(64, 1, 35, 1e-5)];
		const labels = chartLines(smallFindings({ tradeoff }), 60, plain).flatMap((line) => line.match(/^ *(\d+) ┤/)?.[1] ?? []);
		expect(labels).toEqual(["64", "32"]);
	});

	test("one size alone makes no curve", () => {
		expect(chartLines(smallFindings({ tradeoff: [row(32, 1, 60, 1e-5), missedRow(64)] }), 60, plain)).toEqual([]);
	});
});
