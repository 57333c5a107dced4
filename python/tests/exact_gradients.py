"""Least squares, whose per-example gradients are known in closed form: of ½(w·x − y)² it is (w·x − y)·x."""

from __future__ import annotations

from typing import List, Sequence

Vector = List[float]

FEATURES: List[Vector] = [[1.0, 0.5], [-0.5, 2.0], [0.25, -1.0], [1.5, 1.0], [-1.0, -0.75], [0.5, 0.125]]
TARGETS: Vector = [0.5, -1.0, 2.0, 0.25, 1.0, -0.5]
WEIGHTS: Vector = [0.75, -0.25]


def gradients() -> List[Vector]:
    residuals = [sum(w * x for w, x in zip(WEIGHTS, row)) - y for row, y in zip(FEATURES, TARGETS)]
    return [[residual * x for x in row] for residual, row in zip(residuals, FEATURES)]


def mean(vectors: Sequence[Vector]) -> Vector:
    return [sum(column) / len(vectors) for column in zip(*vectors)]


def squared_norm(vector: Vector) -> float:
    return sum(x * x for x in vector)


def signal() -> float:
    """|G|²"""
    return squared_norm(mean(gradients()))


def variance() -> float:
    """tr(Σ), divisor N − 1"""
    every = gradients()
    centre = mean(every)
    return sum(squared_norm([a - b for a, b in zip(one, centre)]) for one in every) / (len(every) - 1)
