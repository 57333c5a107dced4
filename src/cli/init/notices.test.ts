import { expect, test } from "vitest";
import { scheduleIn } from "./notices.js";

test.each([
	["scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)", "CosineAnnealingLR"],
	["lr = base * 0.5 * (1 + math.cos(math.pi * step / total))", "a cosine, written by hand"],
	["coeff = 0.5 * (1.0 + np.cos(np.pi * ratio))", "a cosine, written by hand"],
	["lr = args.lr * (1 - step / total)", "a rate that falls by steps taken over all steps"],
	["rate = config['lr'] * (1.0 - epoch / epochs)", "a rate that falls by steps taken over all steps"],
	["    for group in groups: group['lr'] *= 0.5", "a rate that is multiplied as it trains"],
	["lr /= 10", "a rate that is multiplied as it trains"],
	["lr = learning_rate * gamma ** epoch", "a rate that falls by a power"],
	["lr = lr0_lr / (1 + decay * epoch)", "a rate that falls as 1/t"],
])("%s: a schedule", (code, name) => {
	expect(scheduleIn(`import math\n${code}\n`)).toBe(name);
});

test.each([
	"weights -= lr * (1 - momentum) * gradient",
	"lr *= batch_size / 256",
	"args.lr *= hvd.size()",
	"hour = np.cos(2 * np.pi * hour / 24)",
	"step = lr * gradient / (np.sqrt(second) + eps)",
	"lr * math.sqrt(1 - b2 ** t) / (1 - b1 ** t)",
	"# lr = base * 0.5 * (1 + math.cos(x))",
])("%s: none", (code) => {
	expect(scheduleIn(code)).toBeNull();
});
