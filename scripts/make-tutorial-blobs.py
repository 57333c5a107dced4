"""Makes data/tutorial-blobs.csv: the data set of Brownlee 2019, "How to control the stability of training neural networks with the batch size".

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-learn
    /tmp/venv/bin/python scripts/make-tutorial-blobs.py > data/tutorial-blobs.csv

A row is x, y and the class. Numbers are written with the digits that read back the same bits of a double.
"""

from sklearn.datasets import make_blobs

points, classes = make_blobs(n_samples=1000, centers=3, n_features=2, cluster_std=2, random_state=2)
for (x, y), label in zip(points.tolist(), classes.tolist()):
    print(f"{x!r},{y!r},{label}")
