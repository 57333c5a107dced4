"""Logs a loss of 1/n twice a second to one tracker, and notes when: `delays.py TRACKER FOLDER NOTES`."""

import csv
import sys
import time

tracker, folder, notes = sys.argv[1:]


def writer():
    if tracker == "pytorch":
        from torch.utils.tensorboard import SummaryWriter

        summary = SummaryWriter(folder)
        return lambda step, loss: summary.add_scalar("val/loss", loss, step)
    if tracker == "tensorboardX":
        from tensorboardX import SummaryWriter

        summary = SummaryWriter(folder)
        return lambda step, loss: summary.add_scalar("val/loss", loss, step)
    if tracker == "tensorflow":
        import tensorflow as tf

        summary = tf.summary.create_file_writer(folder)

        def scalar(step, loss):
            with summary.as_default():
                tf.summary.scalar("val/loss", loss, step=step)

        return scalar
    if tracker == "trackio":
        import trackio

        trackio.init(project="delays", embed=False)
        return lambda step, loss: trackio.log({"val/loss": loss}, step=step)
    if tracker == "wandb":
        import wandb

        run = wandb.init(project="delays", dir=folder)
        return lambda step, loss: run.log({"val/loss": loss}, step=step)
    if tracker == "mlflow":
        import mlflow

        mlflow.start_run()
        return lambda step, loss: mlflow.log_metric("val/loss", loss, step=step)
    if tracker == "lightning":
        from lightning.pytorch.loggers import CSVLogger

        logger = CSVLogger(folder, version=0)

        def log(step, loss):
            logger.log_metrics({"val_loss": loss}, step - 1)
            logger.save()

        return log
    file = open(f"{folder}/log.csv", "w")
    rows = csv.writer(file)
    rows.writerow(["step", "val_loss"])

    def row(step, loss):
        rows.writerow([step, loss])
        file.flush()

    return row


log = writer()
with open(notes, "w") as said:
    for step in range(1, 400):
        print(step, time.time(), file=said, flush=True)
        log(step, 1 / step)
        time.sleep(0.5)
