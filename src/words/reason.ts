import type { Asked, HorizonReason, LadderReason, RateReason } from "../study/reason.js";
import { formatCount, formatRate } from "./numbers.js";

/** Why a trial runs, as a sentence to show next to its batch size and learning rate: `Tuning: above the best rate so far.` */
export function reasonSentence({ spec, reason }: Asked): string {
	const run = `run ${formatCount(spec.seedIndex + 1)}`;
	switch (reason.kind) {
		case "tuning":
			return `Tuning: ${rateWords[reason.rate]}.`;
		case "selecting":
			return `Selecting: ${rateWords[reason.rate]}.`;
		case "reporting":
			return `Reporting: ${run} of the selected rate, on a seed that chose nothing.`;
		case "replacement":
			return `Reporting: the runs at rate ${formatRate(reason.of)} mostly missed the goal or took much longer than in tuning; this rate takes its place.`;
		case "doubt":
			return `Reporting: ${run}, since the recommendation depends on this batch size.`;
		case "granted":
			return `Reporting: ${run}, one of those granted to decide the study.`;
		case "ladder":
			return ladderWords[reason.why];
		case "horizon":
			return horizonWords[reason.why];
		case "baseline":
			return `Your own setting: ${run}, to be compared with what is recommended.`;
		case "comparison":
			return `Equal ${reason.comparison}: ${reason.rate === "reported" ? `${run} of the best rate, on a seed that chose nothing` : rateWords[reason.rate]}.`;
	}
}

const horizonWords: Readonly<Record<HorizonReason, string>> = {
	opening: "Short training: one of a few rates spread over the range.",
	"next to best": "Training: next to the best rate of its batch size at this length.",
	"other size": "Short training: another batch size, at the rate expected to be best.",
	longer: "Longer training, being among those that may be best.",
	fresh: "Training of the whole length, on a seed that chose nothing.",
};

const ladderWords: Readonly<Record<LadderReason, string>> = {
	opening: "Ladder: one of a few rates spread over the range, for a few steps.",
	"next rung": "Ladder: up to the next rung, being among those that may win.",
	"next to leader": "Ladder: next to the leader, as far as that has come.",
	"lower rate": "Ladder: a lower rate, since the leader no longer gets on.",
	"less noise": "Ladder: a lower rate, since the leader no longer gets on.",
	end: "Ladder: the leader, to the goal.",
	"further seed": "Ladder: another seed of a setting that may be the best.",
	rival: "Ladder: close to the leader, for as long as that took.",
};

const rateWords: Readonly<Record<RateReason, string>> = {
	start: "the best rate is expected here",
	"other setting": "another setting, at the rate where it may beat the best one",
	"lower start": "a lower rate, since the one expected to be best failed",
	spread: "one of a few rates spread over the range",
	climb: "next to the rate that came closest to the goal",
	"neighbour above": "above the best rate so far",
	"neighbour below": "below the best rate so far",
	"further seeds": "further seeds of a rate whose first was promising",
	tuned: "the tuned rate, on fresh seeds",
	"next to tuned": "next to the tuned rate, on fresh seeds",
	fallback: "a lower rate, since the tuned one failed on fresh seeds",
};
