"""LightningCLI with its CSVLogger: `python3 lightning_cli.py fit --config config.yaml --data.batch_size 32 --model.lr 0.05`."""

import lightning as L
import numpy as np
import torch
from lightning.pytorch.cli import LightningCLI
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


class Classifier(L.LightningModule):
    def __init__(self, lr: float = 0.05, hidden: int = 64):
        super().__init__()
        self.save_hyperparameters()
        self.model = nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Linear(hidden, 10))

    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = F.cross_entropy(self.model(x), y)
        self.log("train_loss", loss)
        return loss

    def validation_step(self, batch, batch_idx):
        x, y = batch
        logits = self.model(x)
        self.log("val_loss", F.cross_entropy(logits, y))
        self.log("val_acc", (logits.argmax(1) == y).float().mean())

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.lr, momentum=0.9)


class Digits(L.LightningDataModule):
    def __init__(self, batch_size: int = 64):
        super().__init__()
        self.batch_size = batch_size

    def setup(self, stage=None):
        digits = np.load("digits.npz")
        x_train, x_val = (torch.tensor(digits[name], dtype=torch.float32) for name in ("x_train", "x_val"))
        y_train, y_val = (torch.tensor(digits[name]) for name in ("y_train", "y_val"))
        self.train, self.val = TensorDataset(x_train, y_train), TensorDataset(x_val, y_val)

    def train_dataloader(self):
        return DataLoader(self.train, batch_size=self.batch_size, shuffle=True)

    def val_dataloader(self):
        return DataLoader(self.val, batch_size=360)


if __name__ == "__main__":
    LightningCLI(Classifier, Digits)
