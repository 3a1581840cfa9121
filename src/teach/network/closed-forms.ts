/** The gradient of each tensor of a network as one formula: the claims of the layers that read it. */
import { COTANGENT, claimLatex, claimText, OUTPUT } from '../../ops/index.js';
import { derivative, derivativeLatex, latexName } from '../names.js';
import { backwards } from './cells.js';
import type { Layer, Network } from './network.js';
import type { NetworkClosedForm } from './network-table.js';

/** Last layer first; a tensor that several layers read has the sum of their claims. */
export function networkClosedForms(network: Network): NetworkClosedForm[] {
  return backwards(network).map(name => {
    const uses = network.layers.flatMap(layer =>
      Object.entries(layer.reads).flatMap(([slot, tensor]) =>
        tensor === name ? [use(network, layer, slot)] : [],
      ),
    );
    const text = joined(uses.map(one => one.text));
    const latex = joined(uses.map(one => one.latex));
    const left = derivativeLatex(latexName(network.loss), latexName(name));
    return { of: name, text: `${derivative(network.loss, name)} = ${text}`, latex: `${left} = ${latex}` };
  });
}

/** A sum of several; one that explains its letters stays in brackets. */
const joined = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0]! : parts.map(part => (/where/.test(part) ? `(${part})` : part)).join(' + ');

interface Written {
  readonly text: string;
  readonly latex: string;
}

function use({ loss }: Network, { name, operator, call, reads }: Layer, slot: string): Written {
  const claim = operator.claims(call.params, call.rank)[slot]!;
  if (claim.kind === 'hole') {
    return { text: `(no closed form, ${claim.reason})`, latex: '(\\text{no closed form})' };
  }
  const nameOf = (tensor: string) => reads[tensor] ?? (tensor === OUTPUT ? name : tensor);
  const isLoss = name === loss;
  const upstream = isLoss ? ONE : derivative(loss, name);
  const upstreamLatex = isLoss ? ONE : derivativeLatex(latexName(loss), latexName(name));
  const text = claimText(claim, call, one => (one === COTANGENT ? upstream : nameOf(one)));
  const latex = claimLatex(claim, call, one => (one === COTANGENT ? upstreamLatex : latexName(nameOf(one))));
  return { text: withoutOne(text, '\\*'), latex: withoutOne(latex, ' (?:\\\\, )?') };
}

/** Stands for dL/dL. */
const ONE = '\u0001';

/** dL/dL is 1, which nobody writes as a factor. */
function withoutOne(text: string, times: string): string {
  const one = `${ONE}(?:\\[\\])?`;
  return text
    .replace(new RegExp(`${one}${times}|${times}${one}`, 'g'), '')
    .replaceAll(new RegExp(one, 'g'), '1');
}
