"""Hugging Face's trainer, and nothing but it: a small BERT, made here, on texts that are made here."""

import random
from dataclasses import dataclass, field

import torch
from transformers import BertConfig, BertForSequenceClassification, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class DataArguments:
    train_examples: int = field(default=1600)
    eval_examples: int = field(default=400)


def texts(count, rng):
    """Which of two tokens is there more often."""
    examples = []
    for _ in range(count):
        tokens = [rng.randrange(2, 12) for _ in range(15)]
        few = [rng.choice([0, 1]) for _ in range(15)]
        examples.append((tokens + few, int(sum(few) * 2 > len(few))))
    return [{"input_ids": torch.tensor(ids), "labels": label} for ids, label in examples]


def compute_metrics(prediction):
    return {"accuracy": float((prediction.predictions.argmax(-1) == prediction.label_ids).mean())}


def main():
    data_args, training_args = HfArgumentParser((DataArguments, TrainingArguments)).parse_args_into_dataclasses()
    torch.manual_seed(training_args.seed)
    config = BertConfig(
        vocab_size=12, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64, max_position_embeddings=32, num_labels=2
    )
    rng = random.Random(0)
    trainer = Trainer(
        model=BertForSequenceClassification(config),
        args=training_args,
        train_dataset=texts(data_args.train_examples, rng),
        eval_dataset=texts(data_args.eval_examples, rng),
        compute_metrics=compute_metrics,
    )
    trainer.train()


if __name__ == "__main__":
    main()
