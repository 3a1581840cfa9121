/** The gradient of each tensor of a network as one formula: the claims of the layers that read it. */
import { COTANGENT, claimLatex, claimText } from '../../ops/index.js';
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
    const [text, latex] = [uses.map(one => one.text).join(' + '), uses.map(one => one.latex).join(' + ')];
    const left = derivativeLatex(latexName(network.loss), latexName(name));
    return { of: name, text: `${derivative(network.loss, name)} = ${text}`, latex: `${left} = ${latex}` };
  });
}

function use({ loss }: Network, { name, operator, call, reads }: Layer, slot: string) {
  const claim = operator.claims(call.params, call.rank)[slot]!;
  if (claim.kind === 'hole') {
    return { text: `(no closed form, ${claim.reason})`, latex: '(\\text{no closed form})' };
  }
  const nameOf = (tensor: string) => reads[tensor] ?? (tensor === 'y' ? name : tensor);
  return {
    text: claimText(claim, call, one => (one === COTANGENT ? derivative(loss, name) : nameOf(one))),
    latex: claimLatex(claim, call, one =>
      one === COTANGENT ? derivativeLatex(latexName(loss), latexName(name)) : latexName(nameOf(one)),
    ),
  };
}
