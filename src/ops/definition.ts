/** An operator's definition as a program, and the real numbers that it reads. */
import { type Program, parseProgram } from '../index-sum/index.js';
import type { Operator, Params } from './operator.js';

const programs = new Map<string, Program>();

/** The definition under these parameters, at a number of spatial axes. */
export function definitionOf(operator: Operator, params: Params, rank: number): Program {
  return programOf(operator.definition({ ...operator.params, ...params }, rank), rank);
}

/** A program, read once per text and rank. */
export function programOf(text: string, rank: number): Program {
  const key = `${rank} ${text}`;
  let program = programs.get(key);
  if (!program) {
    program = parseProgram(text, rank);
    programs.set(key, program);
  }
  return program;
}

/** The parameters that are real numbers: the definition reads them as tensors without axes. */
export function realParameters(operator: Operator, params: Params, rank: number): string[] {
  const { inputs } = definitionOf(operator, params, rank);
  return [...inputs.keys()].filter(name => !(name in operator.inputs) && name in operator.params);
}

/** Whether every cell is a sum of products of input cells with integers: no function, maximum or real parameter. */
export function isSumOfProducts(operator: Operator, params: Params, rank: number): boolean {
  const { stages } = definitionOf(operator, params, rank);
  return stages.every(stage => stage.kind === 'sum') && realParameters(operator, params, rank).length === 0;
}
