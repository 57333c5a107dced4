"""Writes digits.npz, scikit-learn's digits in two parts, for the scripts that train on them."""

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

images, labels = load_digits(return_X_y=True)
x_train, x_val, y_train, y_val = train_test_split(images / 16, labels, test_size=0.2, random_state=0)
np.savez("digits.npz", x_train=x_train.astype(np.float32), x_val=x_val.astype(np.float32), y_train=y_train, y_val=y_val)
