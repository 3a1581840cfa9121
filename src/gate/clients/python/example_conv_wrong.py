"""example_conv.py with one fault, to be found: the gradients take the padding after each axis for the one before it.

No symmetric padding shows it.
"""
from bp1_client import serve
from example_conv import backward, forward


def wrong_backward(inputs, upstream, params):
    exchanged = [[after, before] for before, after in params["padding"]]
    return backward(inputs, upstream, {**params, "padding": exchanged})


if __name__ == "__main__":
    conv2d = {"forward": forward, "backward": wrong_backward, "dtypes": ["f64", "f32"]}
    serve({"conv2d": conv2d}, name="conv2d with a fault", declares={"accumulate": "float64"}, plain=True)
