"""A convolution and its gradients by plain loops, with the standard library alone: an example of a kernel to be judged.

backproof gate --command "python3 example_conv.py"
"""
from bp1_client import Tensor, serve


def taps(x, w, y, params):
    """Every product of the sum, as flat places in y, x and w; a tap beyond the border of x has none."""
    (batch, channels, *extents), (_, per_group, *taps_of), (_, filters, *places) = x, w, y
    (rows, columns), (kernel_rows, kernel_columns), (y_rows, y_columns) = extents, taps_of, places
    (row_step, column_step), (row_gap, column_gap) = params["stride"], params["dilation"]
    (top, _), (left, _) = params["padding"]
    for n in range(batch):
        for o in range(filters):
            first = o // (filters // params["groups"]) * per_group  # the first input channel of this filter's group
            for p in range(y_rows):
                for q in range(y_columns):
                    at_y = ((n * filters + o) * y_rows + p) * y_columns + q
                    for c in range(per_group):
                        for i in range(kernel_rows):
                            for j in range(kernel_columns):
                                row = row_step * p + row_gap * i - top
                                column = column_step * q + column_gap * j - left
                                if 0 <= row < rows and 0 <= column < columns:
                                    at_x = ((n * channels + first + c) * rows + row) * columns + column
                                    at_w = ((o * per_group + c) * kernel_rows + i) * kernel_columns + j
                                    yield at_y, at_x, at_w


def output_extents(x, w, params):
    extents = zip(x[2:], w[2:], params["stride"], params["dilation"], params["padding"])
    return [(size + sum(pads) - gap * (taps - 1) - 1) // step + 1 for size, taps, step, gap, pads in extents]


def forward(inputs, params):
    x, w, b = inputs["x"], inputs["w"], inputs.get("b")
    shape = [x.shape[0], w.shape[0], *output_extents(x.shape, w.shape, params)]
    plane = shape[2] * shape[3]
    y = [b.data[at // plane % shape[1]] if b else 0.0 for at in range(shape[0] * shape[1] * plane)]
    for at_y, at_x, at_w in taps(x.shape, w.shape, shape, params):
        y[at_y] += w.data[at_w] * x.data[at_x]
    return Tensor(shape, x.dtype, y)


def backward(inputs, upstream, params):
    x, w = inputs["x"], inputs["w"]
    dx, dw, db = [0.0] * len(x.data), [0.0] * len(w.data), [0.0] * w.shape[0]
    for at_y, at_x, at_w in taps(x.shape, w.shape, upstream.shape, params):
        dx[at_x] += w.data[at_w] * upstream.data[at_y]
        dw[at_w] += x.data[at_x] * upstream.data[at_y]
    plane = upstream.shape[2] * upstream.shape[3]
    for at_y, y_bar in enumerate(upstream.data):
        db[at_y // plane % w.shape[0]] += y_bar
    return {"x": Tensor(x.shape, x.dtype, dx), "w": Tensor(w.shape, w.dtype, dw), "b": Tensor(w.shape[:1], w.dtype, db)}


if __name__ == "__main__":
    conv2d = {"forward": forward, "backward": backward, "dtypes": ["f64", "f32"]}
    serve({"conv2d": conv2d}, name="conv2d by plain loops", declares={"accumulate": "float64"}, plain=True)
