"""A training loop of TensorFlow's own, with a writer each for training and validation."""

import argparse
import datetime
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    images, labels = load_digits(return_X_y=True)
    x_train, x_val, y_train, y_val = train_test_split(images / 16, labels, test_size=0.2, random_state=0)

    tf.random.set_seed(args.seed)
    data = tf.data.Dataset.from_tensor_slices((x_train.astype("float32"), y_train))
    data = data.shuffle(len(x_train), seed=args.seed).batch(args.batch_size, drop_remainder=True)
    weights = tf.Variable(tf.zeros((64, 10)))

    @tf.function
    def update(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, x @ weights))
        weights.assign_sub(args.lr * tape.gradient(loss, weights))
        return loss

    folder = "logs/" + datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    train_writer = tf.summary.create_file_writer(folder + "/train")
    validation_writer = tf.summary.create_file_writer(folder + "/validation")
    updates = 0
    for epoch in range(args.epochs):
        for x, y in data:
            loss = update(x, y)
            updates += 1
        with train_writer.as_default():
            tf.summary.scalar("loss", loss, step=updates)
        with validation_writer.as_default():
            right = tf.argmax(x_val.astype("float32") @ weights, axis=1) == y_val
            tf.summary.scalar("accuracy", tf.reduce_mean(tf.cast(right, tf.float32)), step=updates)


if __name__ == "__main__":
    main()
