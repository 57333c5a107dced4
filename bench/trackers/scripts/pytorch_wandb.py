"""PyTorch with Weights & Biases, as its quickstart has it: one log an epoch, and nothing printed."""

import argparse

import torch
import wandb
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    images, labels = load_digits(return_X_y=True)
    split = train_test_split(images / 16, labels, test_size=0.2, random_state=0)
    x_train, x_val, y_train, y_val = (torch.tensor(part, dtype=torch.float32 if part.ndim == 2 else torch.long) for part in split)

    torch.manual_seed(args.seed)
    wandb.init(project="digits", config=vars(args))
    loader = DataLoader(TensorDataset(x_train, y_train), batch_size=args.batch_size, shuffle=True)
    model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=0.9)

    for epoch in range(args.epochs):
        model.train()
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            logits = model(x_val)
        wandb.log(
            {
                "epoch": epoch,
                "train/loss": loss.item(),
                "val/loss": loss_fn(logits, y_val).item(),
                "val/acc": (logits.argmax(1) == y_val).float().mean().item(),
            }
        )
    wandb.finish()


if __name__ == "__main__":
    main()
