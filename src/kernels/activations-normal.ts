/** The standard normal distribution in float64, for the kernels: written apart from the one that definitions use. */

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969); the arrangement and
// the coefficients are those of his function ANORM: ACM TOMS 19 (1993), algorithm 715. Highest power first; each is
// written as the float64 number that it is.
const CENTRE_ABOVE = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
];
const CENTRE_BELOW = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_ABOVE = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const MIDDLE_BELOW = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const FAR_ABOVE = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5,
];
const FAR_BELOW = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
];

const UNIT_DENSITY = 0.3989422804014327;
const CENTRE = 0.66291;
const MIDDLE = Math.sqrt(32);
/** Farther out both tails are below the smallest float64 number. */
const FARTHEST = 39;

/** The density exp(-x²/2)/sqrt(2 pi), within 4 units of the last place. NaN gives NaN. */
export function normalDensity(x: number): number {
  return Math.abs(x) > FARTHEST ? 0 : UNIT_DENSITY * bell(x);
}

/** The probability of a value below x, within 8 units of the last place in both tails. NaN gives NaN. */
export function normalArea(x: number): number {
  const far = Math.abs(x);
  if (far <= CENTRE) return 0.5 + (x * polynomial(CENTRE_ABOVE, x * x)) / polynomial(CENTRE_BELOW, x * x);
  if (far > FARTHEST) return x > 0 ? 1 : 0;
  const tail = bell(x) * (far <= MIDDLE ? middleRatio(far) : farRatio(far));
  return x > 0 ? 1 - tail : tail;
}

/** exp(-x²/2): the square of `near` has no rounding, which exp would enlarge; the rest of x² is small. */
function bell(x: number): number {
  const near = Math.trunc(x * 16) / 16;
  return Math.exp(-near * near * 0.5) * Math.exp(-(x - near) * (x + near) * 0.5);
}

const middleRatio = (far: number): number => polynomial(MIDDLE_ABOVE, far) / polynomial(MIDDLE_BELOW, far);

function farRatio(far: number): number {
  const square = 1 / (far * far);
  const correction = (square * polynomial(FAR_ABOVE, square)) / polynomial(FAR_BELOW, square);
  return (UNIT_DENSITY - correction) / far;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let k = 0; k < coefficients.length; k++) value = value * x + coefficients[k]!;
  return value;
}
