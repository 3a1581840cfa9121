// Writes ONNX models: the few protocol buffer messages of onnx.proto that one chain of nodes needs.

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

const integer = (field, value) => Buffer.from([...varint(field * 8), ...varint(value)]);
function bytes(field, content) {
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}
const text = (field, value) => bytes(field, Buffer.from(value));
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

const INT = 2;
const INTS = 7;
const FLOAT = 1;

const attribute = ([name, value]) =>
  Array.isArray(value)
    ? message(5, text(1, name), ...value.map(entry => integer(8, entry)), integer(20, INTS))
    : message(5, text(1, name), integer(3, value), integer(20, INT));

/** NodeProto; attributes are integers that are not negative, or lists of them. */
const node = ({ op, inputs, output, attributes = {} }) =>
  message(
    1,
    ...inputs.map(name => text(1, name)),
    text(2, output),
    text(4, op),
    ...Object.entries(attributes).map(attribute),
  );

/** ValueInfoProto of a float tensor. */
function value(field, name, shape) {
  const dimensions = shape.map(extent => message(1, integer(1, extent)));
  const tensor = message(1, integer(1, FLOAT), message(2, ...dimensions));
  return message(field, text(1, name), message(2, tensor));
}

/** TensorProto of float32 data. */
const initializer = ([name, { shape, data }]) =>
  message(
    5,
    ...shape.map(extent => integer(1, extent)),
    integer(2, FLOAT),
    text(8, name),
    bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  );

/**
 * The bytes of a model of float32 nodes {op, inputs, output, attributes}. `inputs` {name: shape} are fed in a run,
 * `constants` {name: {shape, data}} are part of it, `output` is {name, shape}.
 */
export function onnxModel({ nodes, inputs, constants = {}, output }) {
  const graph = message(
    7,
    ...nodes.map(node),
    text(2, 'graph'),
    ...Object.entries(constants).map(initializer),
    ...Object.entries(inputs).map(([name, shape]) => value(11, name, shape)),
    value(12, output.name, output.shape),
  );
  return Buffer.concat([integer(1, 8), graph, message(8, text(1, ''), integer(2, 17))]);
}
