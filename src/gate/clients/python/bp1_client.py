"""bp1: import this first, then serve({"conv2d": {"forward": f, "backward": g, "dtypes": ["f64"]}}, name="mine").
f(inputs, params) gives y; g(inputs, upstream, params) gives {"x": ..., "w": ..., "b": ...} or some of these; what they
do not support raises NotImplementedError. Tensors: arrays of numpy (bf16: bits) or, with plain=True, of flat lists."""
import collections, importlib.util, json, os, struct, sys, traceback
WIRE = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1); sys.stdout = sys.stderr  # from here on all that prints, in C too, prints to stderr
Tensor = collections.namedtuple("Tensor", "shape dtype data")
CODES = {"f64": "<d", "f32": "<f", "f16": "<e", "bf16": "<H", "i32": "<i", "u8": "<B", "bool": "<?"}
def load(one, data, numpy):
    if numpy: return numpy.frombuffer(data, CODES[one["dtype"]]).reshape(one["shape"]).copy()
    return Tensor(one["shape"], one["dtype"], [cell for cell, in struct.iter_unpack(CODES[one["dtype"]], data)])
def dump(name, one):
    dtype = one.dtype if isinstance(one, Tensor) else next(key for key in CODES if CODES[key][1] == one.dtype.char)
    data = struct.pack(f"<{len(one.data)}{CODES[dtype][1]}", *one.data) if isinstance(one, Tensor) else one.tobytes()
    return {"name": name, "dtype": dtype, "shape": one.shape, "nbytes": len(data)}, data
def answer(kernels, ready, ask, rest, numpy):
    if ask["t"] == "hello" and ask["bp"] == 1: return "ready", ready, b""
    if ask["t"] == "hello": return "err", {"code": "version", "want": [1]}, b""
    kernel, tensors = kernels.get(ask.get("op"), {}).get(ask.get("pass")), {}
    if not kernel: raise NotImplementedError("there is no such kernel here")
    for one in ask["in"]: tensors[one["name"]], rest = load(one, rest[:one["nbytes"]], numpy), rest[one["nbytes"]:]
    if ask["pass"] == "forward": results = {"y": kernel(tensors, ask["params"])}
    else: results = {"d" + key: one for key, one in kernel(tensors, tensors.pop("upstream"), ask["params"]).items()}
    out = [dump(one["name"], results[one["name"]]) for one in ask["want"] if results.get(one["name"]) is not None]
    return "ok", {"out": [entry for entry, _ in out]}, b"".join(data for _, data in out)
def serve(kernels, name="kernels", version="", declares=None, plain=False):
    numpy = importlib.import_module("numpy") if importlib.util.find_spec("numpy") and not plain else None
    ops = [{"op": op, "dtypes": kernel.get("dtypes", ["f64"])} for op, kernel in kernels.items()]
    ready = {"bp": 1, "name": name, "version": version, "lang": "python", "declares": declares or {}, "ops": ops}
    for line in sys.stdin.buffer:
        try: ask = json.loads(line)
        except ValueError: ask = {"t": "?", "id": 0, "pay": 0}
        payload = sys.stdin.buffer.read(ask["pay"])
        if ask["t"] == "bye": return
        try: t, body, data = answer(kernels, ready, ask, payload, numpy)
        except NotImplementedError as no: t, body, data = "err", {"code": "unsupported", "msg": str(no)[:999]}, b""
        except Exception: t, body, data = "err", {"code": "runtime", "msg": traceback.format_exc()[-2000:]}, b""
        head = json.dumps({"t": t, "id": ask["id"], "pay": len(data), **body}, separators=(",", ":"))
        WIRE.write(head.encode() + b"\n" + data)
        WIRE.flush()
