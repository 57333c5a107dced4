/** Which way a metric is better; null where its name doesn't show it. */
export type Direction = "higher" | "lower" | null;

const lower = [
	...["loss", "perplexity", "ppl", "error", "err", "wer", "cer", "ter", "rmse", "mse", "mae", "mape", "rmsle", "nll", "nlpd", "bpc", "bpb"],
	...["fid", "regret", "cost", "kl", "eer", "brier"],
];
const higher = [
	...["acc", "accuracy", "f1", "fscore", "auc", "auroc", "auprc", "roc", "bleu", "rouge", "rougel", "chrf", "meteor", "r2", "map", "ap"],
	...["miou", "iou", "dice", "precision", "recall", "ndcg", "mrr", "mcc", "kappa", "psnr", "ssim", "reward", "return", "score", "elbo"],
	...["top1", "top5", "pearson", "spearman", "correlation"],
];

/** Names of metrics that can be known in what a script prints for people: those above, but for words that stand for much else. */
const vague: ReadonlySet<string> = new Set(["loss", "acc", "accuracy", "cost", "ap", "kl", "roc", "map", "err", "ter", "correlation"]);
export const ownMetricWords: readonly string[] = [...lower, ...higher].filter((word) => !vague.has(word));

/** By the last word of a name that is known: `eval/f1` and `f1_macro` are better higher, `error_rate` and `val.perplexity` lower. */
export function directionOf(metric: string): Direction {
	const words = metric.toLowerCase().split(/[^a-z0-9]+/);
	const known = words.findLast((word) => lower.includes(word) || higher.includes(word));
	return known === undefined ? null : lower.includes(known) ? "lower" : "higher";
}

/** Either is had at the price of the other: where a script reports what weighs them, such as F1, that is what is meant. */
export const isOneSided = (metric: string): boolean => /(?:^|[^a-z0-9])(?:precision|recall)(?:$|[^a-z0-9])/i.test(metric);
