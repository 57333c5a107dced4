import { expect, test } from "vitest";
import { argumentsInSource } from "./source-arguments.js";

const seen = (source: string) => {
	const { batchSize, learningRate, epochs, accumulation } = argumentsInSource(source);
	return [batchSize, learningRate, epochs, accumulation].map((argument) => argument && [argument.written, argument.value]);
};

test("argparse's", () => {
	expect(
		seen(`
parser.add_argument('--batch-size', type=int, default=64, metavar='N',
                    help='input batch size for training (default: 64)')
parser.add_argument('--test-batch-size', type=int, default=1000, metavar='N')
# parser.add_argument('--lr', default=99)
parser.add_argument(
    '-l', '--lr', type=float, default=1e-3, help="rate, (0.1) say")
parser.add_argument('--epochs', type=int, required=True)
parser.add_argument('--accum-iter', default=4, type=int)
`),
	).toEqual([
		["--batch-size", 64],
		["--lr", 0.001],
		["--epochs", null],
		["--accum-iter", 4],
	]);
});

test("a batch of episodes", () => {
	expect(seen(`parser.add_argument("--episodes-per-batch", dest="batch", type=int, default=16)`)[0]).toEqual(["--episodes-per-batch", 16]);
});

test("click's, and absl's", () => {
	expect(seen(`@click.option("--batch-size", "-b", default=128)\n@click.option("--lr", type=float, default=.5)`).slice(0, 2)).toEqual([
		["--batch-size", 128],
		["--lr", 0.5],
	]);
	expect(seen(`flags.DEFINE_integer("batch_size", 32, "h")\nflags.DEFINE_float('learning_rate', 6e-4, 'h')`).slice(0, 2)).toEqual([
		["--batch_size=".slice(0, -1), 32],
		["--learning_rate", 0.0006],
	]);
});

test("nanoGPT's variables, which its configurator overwrites by --name=value", () => {
	expect(
		seen(`
gradient_accumulation_steps = 5 * 8 # used to simulate larger batch sizes
batch_size = 12 # if gradient_accumulation_steps > 1, this is the micro-batch size
learning_rate = 6e-4 # max learning rate
exec(open('configurator.py').read()) # overrides from command line or config file
`),
	).toEqual([["--batch_size=", 12], ["--learning_rate=", 0.0006], null, ["--gradient_accumulation_steps=", 40]]);
});

test("key=value, where the script splits its arguments at =", () => {
	const script = (splits: string) => `config = {"batch_size": 32, "lr": 0.1}\nfor word in sys.argv[1:]:\n    ${splits}\n`;
	expect(seen(script(`key, value = word.split("=")`)).slice(0, 2)).toEqual([
		["batch_size=", 32],
		["lr=", 0.1],
	]);
	expect(seen(script(`key, value = word.lstrip("-").split("=", 1)`)).slice(0, 2)).toEqual([
		["--batch_size=", 32],
		["--lr=", 0.1],
	]);
	expect(seen(script("pass"))).toEqual([null, null, null, null]);
});
