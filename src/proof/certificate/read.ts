/** Reading certificates: what is not exactly of the format is rejected before anything is proved from it. */
import { type Integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Proof } from '../trusted/check.js';
import type { Statement } from '../trusted/statement.js';
import { fault, illFormed } from './fault.js';
import { unfoldItem, unfoldList } from './fold.js';
import { fieldsOf, listOf, readJson, strictFields, stringOf, stringsOf } from './json.js';
import { type Facts, readSteps } from './read-step.js';
import {
  matched,
  NAME,
  readAtom,
  readDefinition,
  readInteger,
  readPolynomial,
  readRanges,
  readSum,
} from './read-term.js';
import { FORMAT, factNames, statementHash } from './write.js';

export interface Certificate {
  /** The theorem's name. */
  readonly id: string;
  readonly statement: Statement;
  readonly proof: Proof;
}

/** Characters and steps of one certificate, and parts of its statement. */
const [LONGEST, STEPS, PARTS] = [2 ** 18, 2000, 200];

/**
 * Reads a certificate, or a JSON array of them, without checking the proofs.
 * @throws BackproofError `certificate-unreadable`, `certificate-version`, `certificate-ill-formed`,
 * `certificate-hash`, `certificate-too-large`.
 */
export const readCertificates = (text: string): Certificate[] => certificateObjects(text).map(readObject);

/** The JSON objects of a file, none of them looked into. */
export function certificateObjects(text: string): readonly unknown[] {
  const value = readJson(text);
  if (!Array.isArray(value)) return [value];
  return value.length > 0 ? value : illFormed('the list is empty', 'at least one certificate', '[]');
}

export function readObject(value: unknown): Certificate {
  const { format } = fieldsOf(value, 'the certificate');
  if (format !== FORMAT)
    fault('certificate-version', 'the format is another', FORMAT, JSON.stringify(format));
  const keys = ['format', 'statement', 'statementSha256', 'steps', 'witness', 'producer'];
  const fields = strictFields(value, 'the certificate', keys);
  const length = JSON.stringify(value).length;
  if (length > LONGEST)
    fault('certificate-too-large', 'a certificate is too long', `${LONGEST} characters`, length);
  stringOf(fields.producer, 'producer');
  const statement = fieldsOf(fields.statement, 'statement');
  const hash = statementHash(statement);
  if (fields.statementSha256 !== hash)
    fault('certificate-hash', 'the statement is not the one of the hash', hash, fields.statementSha256);
  const axes = readAxes(statement.axes);
  const read = readStatement(statement, axes);
  const facts = factNames(stringsOf(statement.assume, 'assume'), axes);
  const byName = new Map([...facts].map(([fact, name]) => [name, readPolynomial(fact)]));
  const { factors, left, right } = readSides(fields.steps, axes, byName);
  const witness = readWitness(fields.witness, axes);
  const stranger = [...witness.keys()].find(name => !read.parameters.includes(name));
  if (stranger !== undefined) illFormed('the witness gives what is no parameter', 'parameters', stranger);
  const id = stringOf(statement.theorem, 'theorem');
  return { id, statement: read, proof: { factors, left, right, witness } };
}

function readAxes(text: unknown): number {
  if (text === undefined) return 0;
  return Number(matched(stringOf(text, 'axes'), /^([2-9])$/, 'a number of axes from 2 to 9')[0]);
}

function readStatement(value: unknown, axes: number): Statement {
  const keys = ['theorem', 'parameters', 'assume', 'tensors', 'definitions', 'free', 'left', 'right'];
  const fields = strictFields(value, 'statement', keys, ['axes', 'by', 'units']);
  const text = (key: string) => stringOf(fields[key], key);
  const texts = (key: string) => stringsOf(fields[key], key).flatMap(one => unfoldItem(one, axes));
  const { names, bounds } = readParameters(stringsOf(fields.parameters, 'parameters'), axes);
  const statement = {
    parameters: names,
    assume: [...bounds, ...texts('assume').map(readAssumption)],
    tensors: readTensors(fields.tensors),
    units: readUnits(fields.units),
    definitions: stringsOf(fields.definitions, 'definitions').map(one => readDefinition(one, axes)),
    free: readRanges(text('free'), axes),
    left: readSum(text('left'), axes),
    by: fields.by === undefined ? null : readAtom(text('by'), axes),
    right: readSum(text('right'), axes),
  };
  const counts = [statement.assume.length, statement.definitions.length, statement.units.size];
  if (counts.some(count => count > PARTS))
    fault('certificate-too-large', 'the statement has too many parts', `${PARTS} of a kind`, 'more');
  return statement;
}

const ONE_NAME = new RegExp(`^(${NAME})$`);

function readParameters(texts: readonly string[], axes: number) {
  const names: string[] = [];
  const bounds: Polynomial[] = [];
  for (const text of texts) {
    const [list, bound] = matched(text, /^([^<>=]+)(?:>=(.+))?$/, 'parameters such as "N,C>=0"');
    const own = unfoldList(list!, axes).map(one => matched(one, ONE_NAME, 'a name')[0]!);
    names.push(...own);
    if (names.length > PARTS)
      fault('certificate-too-large', 'there are too many parameters', `${PARTS} of them`, 'more');
    if (!bound) continue;
    const least = polynomial.constant(readInteger(bound));
    bounds.push(...own.map(name => polynomial.subtract(polynomial.variable(name), least)));
  }
  return { names, bounds };
}

const readAssumption = (text: string): Polynomial =>
  readPolynomial(matched(text, /^([^<>=]+)>=0$/, 'an assumption such as "L-K>=0"')[0]!);

function readTensors(value: unknown): Map<string, number> {
  const ranks = Object.entries(fieldsOf(value, 'tensors')).map(([name, rank]): [string, number] => {
    matched(name, ONE_NAME, 'a name');
    return [name, Number(matched(stringOf(rank, name), /^(\d{1,2})$/, 'a number of axes')[0])];
  });
  return new Map(ranks);
}

function readUnits(value: unknown): Map<string, Polynomial> {
  const fields = value === undefined ? {} : fieldsOf(value, 'units');
  return new Map(
    Object.entries(fields).map(([name, text]) => {
      matched(name, ONE_NAME, 'a name');
      return [name, readPolynomial(stringOf(text, name))];
    }),
  );
}

function readSides(value: unknown, axes: number, facts: Facts) {
  const fields = strictFields(value, 'steps', ['left', 'right'], ['factors']);
  const side = (key: string) =>
    listOf(fields[key], key).map(list => readSteps(stringsOf(list, `the steps of a term`), axes, facts));
  const sides = { left: side('left'), right: side('right') };
  const count = [...sides.left, ...sides.right].reduce((sum, list) => sum + 1 + list.length, 0);
  if (count > STEPS) fault('certificate-too-large', 'it has too many steps', `${STEPS} steps`, count);
  const factors = stringsOf(fields.factors ?? [], 'factors').map(readInteger);
  if (factors.length > PARTS)
    fault('certificate-too-large', 'it has too many factors', `${PARTS} factors`, factors.length);
  return { ...sides, factors };
}

function readWitness(all: unknown, axes: number): Map<string, Integer> {
  const witness = new Map<string, Integer>();
  for (const [key, value] of Object.entries(fieldsOf(all, 'witness'))) {
    const names = unfoldItem(key, axes);
    const given = stringOf(value, key).split(',');
    const values = given.length === 1 ? names.map(() => given[0]!) : given;
    if (values.length !== names.length)
      illFormed('a witness has another number of values', `${names.length} values of ${key}`, value);
    for (const [k, name] of names.entries()) {
      if (witness.has(name)) illFormed('a witness gives a parameter twice', 'each parameter once', name);
      witness.set(name, readInteger(values[k]!));
    }
  }
  return witness;
}
