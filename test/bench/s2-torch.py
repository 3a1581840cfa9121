"""S2 for torch: gradcheck of conv2d in float64, and how often it goes forward and back."""
from math import prod

import torch
from torch.nn.grad import conv2d_input, conv2d_weight
from torch_serve import serve

LIMIT_GIB = 4


def make(task):
    layer, fast = task["layer"], task["mode"] == "fast"
    shapes = layer["shapes"]
    jacobians = 2 * (prod(shapes["x"]) + prod(shapes["w"])) * prod(shapes["y"]) * 8 / 2**30
    if not fast and jacobians > LIMIT_GIB:
        return f"its Jacobians take {jacobians:.0f} GiB"
    torch.manual_seed(1)
    x, w = (torch.randn(shapes[name], dtype=torch.float64, requires_grad=True) for name in "xw")
    geometry = layer["stride"], layer["pad"], layer["dilation"]

    def check(conv):
        return torch.autograd.gradcheck(conv, (x, w), fast_mode=fast)

    def count(passed):
        calls = {"forward": 0, "backward": 0}

        class Counted(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x, w):
                calls["forward"] += 1
                ctx.save_for_backward(x, w)
                return torch.conv2d(x, w, None, *geometry)

            @staticmethod
            def backward(ctx, upstream):
                calls["backward"] += 1
                x, w = ctx.saved_tensors
                return (
                    conv2d_input(x.shape, w, upstream, *geometry),
                    conv2d_weight(x, w.shape, upstream, *geometry),
                )

        return {"passes": passed and check(Counted.apply), "calls": calls}

    return lambda: check(lambda x, w: torch.conv2d(x, w, None, *geometry)), count


serve(make)
