"""Serves one torch function: how long it takes, in wall and CPU milliseconds, or what it returns."""
import json
import sys
import time

import torch

torch.set_num_threads(1)


def serve(make):
    """`make(task)` gives (run, read): what is timed, and its result as JSON; or a reason to skip, as text."""
    made = make(json.loads(sys.stdin.readline()))
    if isinstance(made, str):
        print(json.dumps({"skip": made}), flush=True)
        return
    run, read = made
    print(json.dumps({}), flush=True)
    for line in sys.stdin:
        repetitions = json.loads(line)["repetitions"]
        if repetitions == 0:
            print(json.dumps(read(run())), flush=True)
            continue
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(repetitions):
            run()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        each = 1000 / repetitions
        print(json.dumps({"wall_ms": wall * each, "cpu_ms": cpu * each}), flush=True)
