"""S1 for SymPy: d(output)/d(name) for every output and name, chain rule by hand; prints its own times and the texts."""
import json
import sys
import time

from sympy import Add, Symbol, diff

n, k, channels, kernels = map(int, sys.argv[1:])
size = n - k + 1
wall, cpu = time.perf_counter(), time.process_time()

x = [[[Symbol(f"x_{c}_{i}_{j}") for j in range(n)] for i in range(n)] for c in range(channels)]
w = [[[[Symbol(f"w_{o}_{c}_{p}_{q}") for q in range(k)] for p in range(k)] for c in range(channels)] for o in range(kernels)]
sums = {}
for o in range(kernels):
    for i in range(size):
        for j in range(size):
            pairs = [(x[c][i + p][j + q], w[o][c][p][q]) for c in range(channels) for p in range(k) for q in range(k)]
            output = Add(*[a * b for a, b in pairs])
            upstream = Symbol(f"y_{o}_{i}_{j}")
            for name in [name for pair in pairs for name in pair]:
                sums.setdefault(name, []).append(upstream * diff(output, name))
x_bar = [Add(*sums[cell]) for plane in x for row in plane for cell in row]
w_bar = [Add(*sums[cell]) for kernel in w for plane in kernel for row in plane for cell in row]

measured = {
    "wall_ms": (time.perf_counter() - wall) * 1000,
    "cpu_ms": (time.process_time() - cpu) * 1000,
}
json.dump({"measured": measured, "x": [str(e) for e in x_bar], "w": [str(e) for e in w_bar]}, sys.stdout)
