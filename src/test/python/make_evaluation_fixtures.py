"""Writes src/test/resources/evaluation/figures.npz: rows of features and the figures of NumPy and SciPy for them.

Usage: python make_evaluation_fixtures.py [FILE]

Needs numpy and scipy (made with 1.17.1). Float64 throughout, from the formulas of the papers, each written the plain way:
the Fréchet distance by scipy.linalg.sqrtm, the kernel distance and the neighbours by whole matrices.
"""

import pathlib
import sys

import numpy as np
import scipy.linalg
import scipy.spatial.distance
import scipy.stats

FILE = pathlib.Path(__file__).resolve().parents[1] / "resources" / "evaluation" / "figures.npz"


def frechet(x, y):
    root = scipy.linalg.sqrtm(np.cov(x.T) @ np.cov(y.T)).real
    apart = x.mean(0) - y.mean(0)
    return apart @ apart + np.trace(np.cov(x.T) + np.cov(y.T) - 2 * root)


def kernel(x, y):
    def k(a, b):
        return (a @ b.T / a.shape[1] + 1) ** 3

    m, n = len(x), len(y)
    xx, yy = k(x, x), k(y, y)
    within_x = (xx.sum() - np.trace(xx)) / (m * (m - 1))
    within_y = (yy.sum() - np.trace(yy)) / (n * (n - 1))
    return within_x + within_y - 2 * k(x, y).mean()


def share(manifold, rows):
    """The fraction of rows within the balls up to each third nearest neighbor (Kynkäänniemi et al., 2019)."""
    own = scipy.spatial.distance.cdist(manifold, manifold)
    radii = np.sort(own, axis=1)[:, 3]
    return (scipy.spatial.distance.cdist(rows, manifold) <= radii).any(axis=1).mean()


def main(file):
    random = np.random.default_rng(7)
    mix = random.normal(size=(6, 6))
    x = (random.normal(size=(240, 6)) @ mix).astype(np.float32)
    y = (random.normal(size=(200, 6)) @ (mix + 0.3 * random.normal(size=(6, 6))) + 0.4).astype(np.float32)
    logits = random.normal(size=(240, 10)) * 3
    p = (np.exp(logits) / np.exp(logits).sum(1, keepdims=True)).astype(np.float32)
    x64, y64, p64 = x.astype(np.float64), y.astype(np.float64), p.astype(np.float64)
    shares = np.bincount(p64.argmax(1), minlength=10) / len(p64)
    figures = {
        "frechet": frechet(x64, y64),
        "kernel": kernel(x64, y64),
        "precision": share(y64, x64),
        "recall": share(x64, y64),
        "score": np.exp(scipy.stats.entropy(p64.T, p64.mean(0)[:, None]).mean()),
        "confident": (p64.max(1) >= 0.9).mean(),
        "entropy": scipy.stats.entropy(shares, base=2),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {name: np.array(value, np.float64) for name, value in figures.items()}
    np.savez(file, x=x, y=y, p=p, **values)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
