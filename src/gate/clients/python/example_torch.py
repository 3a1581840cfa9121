"""The convolutions of torch, with gradients by its autograd: an example of a library to be judged.

backproof gate --command "python3 example_torch.py"
"""
import bp1_client  # before torch: whatever torch prints then goes to stderr
import torch

CONVS = {f"conv{rank}d": getattr(torch.nn.functional, f"conv{rank}d") for rank in (1, 2, 3)}


def apply(conv, x, w, b, params):
    # torch lists the pads of the last axis first.
    pads = [pad for before_after in reversed(params["padding"]) for pad in before_after]
    padded = torch.nn.functional.pad(x, pads)
    return conv(padded, w, b, stride=params["stride"], dilation=params["dilation"], groups=params["groups"])


def kernel(conv):
    def forward(inputs, params):
        x, w, b = (torch.from_numpy(inputs[name]) if name in inputs else None for name in "xwb")
        return apply(conv, x, w, b, params).numpy()

    def backward(inputs, upstream, params):
        tensors = {name: torch.from_numpy(one).requires_grad_() for name, one in inputs.items()}
        y = apply(conv, tensors["x"], tensors["w"], tensors.get("b"), params)
        gradients = torch.autograd.grad(y, list(tensors.values()), torch.from_numpy(upstream))
        return {name: gradient.numpy() for name, gradient in zip(tensors, gradients)}

    return {"forward": forward, "backward": backward, "dtypes": ["f64", "f32"]}


if __name__ == "__main__":
    # In float32 it may choose Winograd, or another order of the sum.
    kernels = {op: kernel(conv) for op, conv in CONVS.items()}
    bp1_client.serve(kernels, name="torch", version=torch.__version__, declares={"arithmetic": "inexact"})
