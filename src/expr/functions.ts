/** The named functions: everything this room knows about each of them. Derivatives live in autodiff/rules.ts. */
import type { Arithmetic } from './arithmetic.js';

interface NamedFunction {
  readonly arity: number;
  /** Its value, in any arithmetic. */
  readonly rule: <T>(m: Arithmetic<T>, args: readonly T[]) => T;
  readonly latex: (args: readonly string[]) => string;
  /** What mathjs can read; without it, mathjs knows the function by our name. */
  readonly mathjs?: (args: readonly string[]) => string;
}

export const functions = {
  exp: { arity: 1, rule: (m, [x]) => m.exp(x!), latex: ([x]) => `\\exp\\left(${x}\\right)` },
  log: { arity: 1, rule: (m, [x]) => m.log(x!), latex: ([x]) => `\\log\\left(${x}\\right)` },
  sigmoid: {
    arity: 1,
    rule: (m, [x]) => {
      const [one, minusOne] = [m.power(x!, 0), m.constant({ numerator: -1, denominator: 1 })];
      return m.divide(one, m.add(one, m.exp(m.multiply(minusOne, x!))));
    },
    latex: ([x]) => `\\sigma\\left(${x}\\right)`,
    mathjs: ([x]) => `(1 / (1 + exp(-(${x}))))`,
  },
  tanh: { arity: 1, rule: (m, [x]) => m.tanh(x!), latex: ([x]) => `\\tanh\\left(${x}\\right)` },
  sqrt: { arity: 1, rule: (m, [x]) => m.sqrt(x!), latex: ([x]) => `\\sqrt{${x}}` },
  normcdf: {
    arity: 1,
    rule: (m, [x]) => m.normcdf(x!),
    latex: ([x]) => `\\Phi\\left(${x}\\right)`,
    mathjs: ([x]) => `((1 + erf((${x}) / sqrt(2))) / 2)`,
  },
  normpdf: {
    arity: 1,
    rule: (m, [x]) => m.normpdf(x!),
    latex: ([x]) => `\\varphi\\left(${x}\\right)`,
    mathjs: ([x]) => `(0.3989422804014327 * exp(-(${x})^2 / 2))`,
  },
  max: { arity: 2, rule: (m, [a, b]) => m.max(a!, b!), latex: ([a, b]) => `\\max\\left(${a}, ${b}\\right)` },
  select: {
    arity: 3,
    rule: (m, [c, a, b]) => (m.isNonNegative(c!) ? a! : b!),
    latex: ([c, a, b]) =>
      `\\left(\\begin{cases} ${a} & ${c} \\ge 0 \\\\ ${b} & \\text{otherwise} \\end{cases}\\right)`,
    mathjs: ([c, a, b]) => `(${c} >= 0 ? ${a} : ${b})`,
  },
} as const satisfies Record<string, NamedFunction>;

export type FunctionName = keyof typeof functions;

export function functionNamed(name: FunctionName): NamedFunction {
  return functions[name];
}

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}
