/**
 * Trials after which a small budget usually has one batch size tuned and reported, and after which it has compared three: on the embedded
 * digits 10 to 11 and 23 to 25, over three seeds (docs/budget.md).
 */
export const leastTrials = { one: 11, compared: 25 } as const;
