"""S2 for torch: gradcheck of conv2d in float64, which is its forward passes, its backward passes and the comparison."""
from math import prod

import torch
from torch_serve import serve

LIMIT_GIB = 4


def make(task):
    layer, fast = task["layer"], task["fast"]
    shapes = layer["shapes"]
    jacobians = 2 * (prod(shapes["x"]) + prod(shapes["w"])) * prod(shapes["y"]) * 8 / 2**30
    if not fast and jacobians > LIMIT_GIB:
        return f"its Jacobians take {jacobians:.0f} GiB"
    torch.manual_seed(1)
    x, w = (torch.randn(shapes[name], dtype=torch.float64, requires_grad=True) for name in "xw")

    def conv(x, w):
        return torch.conv2d(x, w, None, layer["stride"], layer["pad"], layer["dilation"])

    return lambda: torch.autograd.gradcheck(conv, (x, w), fast_mode=fast), lambda passed: passed


serve(make)
