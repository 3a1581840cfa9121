"""Reads golden vectors of backproof (JSON Lines, one case a line) with the standard library alone.

python3 read_vectors.py FILE    checks every line and prints the number of cases and their shapes.

A tensor is {"shape": [...], "dtype": "float64", "data": [...]}, flat in C order. A number is a JSON number, one of
the texts "NaN", "Infinity", "-Infinity", "-0", or an exact fraction "p/q".
"""
import json
import sys
from fractions import Fraction

KEYS = {"formatVersion", "id", "op", "params", "inputs", "upstream", "outputs", "grads", "exact", "flags", "comment", "source"}
SPECIAL = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf"), "-0": -0.0}
DTYPES = {"float64", "float32", "float16", "bfloat16", "int32", "uint8", "bool"}


def number(value):
    """A cell as int, float or Fraction."""
    if isinstance(value, str):
        if value in SPECIAL:
            return SPECIAL[value]
        top, slash, bottom = value.partition("/")
        if slash and top.removeprefix("-").isdecimal() and bottom.isdecimal():
            return Fraction(int(top), int(bottom))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is not a number")


def tensor(record, name):
    """Shape and numbers, as many as the shape has cells."""
    if not isinstance(record, dict) or set(record) != {"shape", "dtype", "data"}:
        raise ValueError(f"{name} is not a tensor of shape, dtype and data")
    if record["dtype"] not in DTYPES:
        raise ValueError(f"{name} has the unknown dtype {record['dtype']!r}")
    cells = 1
    for extent in record["shape"]:
        if type(extent) is not int or extent < 0:
            raise ValueError(f"{name} has the extent {extent!r}")
        cells *= extent
    if len(record["data"]) != cells:
        raise ValueError(f"{name} has {len(record['data'])} numbers for {cells} cells")
    return {"shape": tuple(record["shape"]), "dtype": record["dtype"], "data": [number(one) for one in record["data"]]}


def unique(pairs):
    """A JSON object whose keys all differ."""
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("an object has a key twice")
    return record


def refused(text):
    raise ValueError(f"{text} has to be a text")


def case(line):
    """One line as a dict; its tensors hold numbers."""
    record = json.loads(line, object_pairs_hook=unique, parse_constant=refused)
    if not isinstance(record, dict):
        raise ValueError("the line is not an object")
    if not KEYS <= set(record) <= KEYS | {"tolerance"}:
        raise ValueError(f"keys missing or unknown: {sorted(set(record) - {'tolerance'} ^ KEYS)}")
    if record["formatVersion"] != 1:
        raise ValueError("this reader reads format version 1")
    for part in ("inputs", "outputs", "grads"):
        record[part] = {name: tensor(one, f"{part}.{name}") for name, one in record[part].items()}
    if record["upstream"] is not None:
        record["upstream"] = tensor(record["upstream"], "upstream")
    return record


def read_vectors(path):
    """All cases of a file; ValueError names the line that cannot be read."""
    cases = []
    with open(path, encoding="utf-8") as lines:
        for at, line in enumerate(lines, 1):
            try:
                cases.append(case(line))
            except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
                raise ValueError(f"{path}, line {at}: {error}") from error
    return cases


def main(path):
    cases = read_vectors(path)
    for one in cases:
        shapes = {**one["inputs"], **one["outputs"]}
        print(one["id"], *(f"{name}{list(shape['shape'])}".replace(" ", "") for name, shape in shapes.items()))
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 read_vectors.py FILE")
    try:
        main(sys.argv[1])
    except (OSError, ValueError) as fault:
        sys.exit(str(fault))
