import { expect, test } from "vitest";
import { smallStudy, storedStudy } from "../../../test/fixtures/small-findings.js";
import { renderStudies } from "./studies-table.js";

const studies = [
	storedStudy,
	{
		...storedStudy,
		id: "shuzi-7",
		study: { ...smallStudy, name: "数字\trecognition, with a long name" },
		state: "interrupted" as const,
		trials: 3100,
		seconds: 4000,
	},
];
const at = (width: number) => renderStudies({ width, color: false }, studies);

test("100 columns", () => {
	expect(at(100)).toBe(`id        name                                state        trials       time  created (UTC)
digits-1  digits                              complete        310       12 s  2026-11-22 19:12
shuzi-7   数字 recognition, with a long name  interrupted   3,100  1 h 7 min  2026-11-22 19:12
`);
});

test("60 columns", () => {
	expect(at(60)).toBe(`id        name                  state        trials
digits-1  digits                complete        310
shuzi-7   数字 recognition, w…  interrupted   3,100
`);
});

test("50 columns", () => {
	expect(at(50)).toBe(`id        state        trials
digits-1  complete        310
shuzi-7   interrupted   3,100
`);
});
