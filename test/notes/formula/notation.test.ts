/** What people write, LaTeX: each notation to its tree. */

import { expect, test } from 'vitest';
import { displayed, lineOf } from './read.js';

const cases: readonly (readonly [string, string])[] = [
  // derivatives, one atom in every form
  ['\\frac{\\partial L}{\\partial F_{11}} = 1', 'partial<L/F_11> = 1'],
  ['\\frac{dL}{dX} = \\frac{\\mathrm{d}J}{\\mathrm{d}p_{11}}', 'd<L/X> = d<J/p_11>'],
  ['\\dfrac{d L}{d X} = \\tfrac{\\text{d}L}{\\text{d}\\theta}', 'd<L/X> = d<L/theta>'],
  ['\\partial L/\\partial O \\cdot y = dL/dX', '(partial<L/O> cdot y) = d<L/X>'],
  [
    '\\frac{\\partial}{\\partial y_1}\\left( y_1^2 + y_2 \\right) = 2 y_1',
    'partial<(y_1^2 +y_2)/y_1> = (2 y_1)',
  ],
  ['\\frac{\\partial}{\\partial x} f(x) = \\frac{d}{dx}(a)', 'partial<(f bracket x)/x> = d<a/x>'],
  [
    '\\frac{\\partial^2 L}{\\partial x^2} = \\frac{\\partial^2 L}{\\partial x \\partial y}',
    'partial2<L/x,x> = partial2<L/x,y>',
  ],
  ['\\frac{d^2 y}{d x^2} = \\frac{\\partial XF}{\\partial F}', 'd2<y/x,x> = partial<(X F)/F>'],
  ['\\nabla_W L = \\nabla_{W^{[l]}} J(W)', 'nabla<L/W> = nabla<(J bracket W)/W^[l]>'],
  [
    '\\frac{\\partial L}{\\partial x}^T = \\frac{\\partial L}{\\partial F}_{11}',
    'T(partial<L/x>) = entry(partial<L/F>)_11',
  ],
  ['\\frac{\\partial L}{2} = \\frac{d-1}{d}', 'partial<L> over 2 = (d -1) over d'],
  // short-hands
  ['dZ = db', 'd<Z> = d<b>'],
  ['dA^{[l-1]} = d\\hat{y} \\, dout', 'd<A^[(l -1)]> = (d<hat:y> d<out>)'],
  ['D = d(k - 1) + 1', 'D = ((d bracket (k -1)) +1)'],
  ['\\delta^{(l)} = \\delta_{i,j}', 'delta^(l) = delta_list:i,j'],
  ['LO_k = \\partial L O_1', '(L O_k) = (partial<L> O_1)'],
  // losses and words
  ['\\mathcal{L} = \\text{Loss}', 'mathcal:L = text:Loss'],
  ['Loss = loss', 'Loss = loss'],
  // products, the sign kept
  ['a = b c \\cdot d * e \\times f', 'a = (b c cdot d ast e times f)'],
  ['a = 3 x 4 + 2 x 1', 'a = ((3 letter-x 4) +(2 letter-x 1))'],
  ['a = 1.1 + 2.6', 'a = (1.1 +2.6)'],
  [
    'A = B \\odot C \\otimes D \\circledast E \\star F \\ast G @ H',
    'A = (B odot C otimes D circledast E star F ast G at H)',
  ],
  ['A = B *_{full} C \\star_{\\text{full}} D *_{stride2} E', 'A = (B ast:full C star:full D ast:stride2 E)'],
  ['A = B \\overset{full}{*} C', 'A = (B ast:full C)'],
  ['a = X_{11} . F_{11} + X_{12}.F_{12}.', 'a = ((X_11 dot F_11) +(X_12 dot F_12))'],
  // sliding products and rotations in words
  [
    'A = \\text{Full Convolution} \\left( F, \\text{ Loss gradient } O \\right)',
    'A = text:Full Convolution(F, "Loss gradient" O)',
  ],
  ["A = conv2(a, rot180(k), 'full')", 'A = conv2(a, rot180(k), "full")'],
  ['K = \\text{rot180}(K) + \\text{rot}_{180^\\circ}\\{w\\}', 'K = (text:rot180(K) +text:rot180(w))'],
  ['K = 180^\\circ \\text{ rotated Filter } F', 'K = rot180(F)'],
  ["K = W^{Flip} + K'", "K = (W^Flip +K')"],
  // indices
  ['F_{11} = O_{i,j} + K_{ij} + a_{13}', 'F_11 = (O_list:i,j +K_glued:i.j +a_13)'],
  ['I[i,j] = W[1,1,:,:] + Y(i,j,k)', 'I@list:i,j = (W@list:1,1,:,: +Y(i, j, k))'],
  ['X11 = x_1', 'X~11 = x_1'],
  ['w_2 \\frac{\\partial L}{\\partial z} = y', '(w_2 partial<L/z>) = y'],
  ['x_{s p + d q - a} = x_{2i+1} + x_{2i}', 'x_((s p) +(d q) -a) = (x_((2 i) +1) +x_glued:2.i)'],
  [
    'a_{prev} = n_{in} + x_{\\text{out}} + K_{ijkl}',
    'a_word:prev = (n_word:in +x_word:out +K_glued:i.j.k.l)',
  ],
  ['{X}_{12} = {w_1}^*', 'X_12 = w*_1'],
  ['(X * F)_{11} = W_1[i,j]', 'entry((X ast F))_11 = entry(W_1)@list:i,j'],
  // layers, powers, transposes, stars, primes
  ['x^l = w^{l+1} a^{(l)} A^{[l-1]T} x^2', 'x^l = (w^(l +1) a^(l) T(A^[(l -1)]) x^2)'],
  ['(a + b)^2 = 2^n e^{-x}', 'pow((a +b), 2) = (pow(2, n) pow(e, -x))'],
  ['y_i^* = W^\\top x^{\\mathsf T}', 'y*_i = (T(W) T(x))'],
  ["\\sigma'(z) = \\sigma(z)(1 - \\sigma(z))", "sigma'(z) = (sigma(z) (1 -sigma(z)))"],
  // words as names
  ['zero\\_pad(x) = conv\\_out + Dim(W)', 'zero_pad(x) = (conv_out +Dim(W))'],
  ['\\mathrm{out}_{ij} = \\operatorname{softmax}(z)', 'out_glued:i.j = softmax(z)'],
  // matrices
  [
    '\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix} = \\begin{pmatrix} 1 \\\\ 2 \\\\ \\end{pmatrix}',
    'square{a b; c d} = round{1; 2}',
  ],
  [
    'X = \\left[\\begin{array}{cc|c} a & b & 1 \\\\ \\hline c & d & 2 \\end{array}\\right]',
    'X = square{a b 1; c d 2}',
  ],
  ['X = \\begin{vmatrix} 1 & 2 \\end{vmatrix} + [a \\quad b]', 'X = (bar{1 2} +square{a b})'],
  [
    'X = \\begin{bmatrix} a & \\cdots \\\\ \\vdots & \\ddots \\end{bmatrix}',
    'X = square{a dots; vdots ddots}',
  ],
  // sums, maxima, cases, functions
  [
    'y = \\sum_{m=0}^{k-1} \\sum_{n=0}^{k-1} x_{i+m,j+n} w_{m,n}',
    'y = sum{m=0..(k -1)}sum{n=0..(k -1)}(x_list:(i +m),(j +n) w_list:m,n)',
  ],
  ['E = \\frac12 \\sum_i (t_i - y_i)^2', 'E = (1 over 2 sum{i}pow((t_i -y_i), 2))'],
  ['y = \\max(0, x) + \\max_{0 \\le m < 2} X_m', 'y = (max(0, x) +max{m=0..(2 -1)}X_m)'],
  ['y = \\sum_{i \\in S} a + \\sum_{i \\ne j} b', 'y = (sum{i in S}a +sum{ if i != j}b)'],
  ['y = \\underset{i}{\\max} x_i', 'y = max{i}x_i'],
  [
    'f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
    '(f bracket x) = cases{1|if|x > 0; 0|otherwise|}',
  ],
  [
    'f = \\left\\{ \\begin{array}{ll} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{array} \\right.',
    'f = cases{1||x > 0; 0||x <= 0}',
  ],
  ['O = \\left\\lfloor \\frac{W - K + 2P}{S} \\right\\rfloor + 1', 'O = (floor((W -K +(2 P)) over S) +1)'],
  ['y = \\log x + \\log_2(1 - p)', 'y = (log(x) +log_2((1 -p)))'],
  ['y = \\sqrt{x} + |a - b|', 'y = (sqrt(x) +abs((a -b)))'],
  // ellipsis
  [
    'z = w_1 \\times a_1 + w_4 \\times a_6 \\dots w_9 \\times a_{13}',
    'z = ((w_1 times a_1) +(w_4 times a_6) dots (w_9 times a_13))',
  ],
  ['z = a_1 + \\dots + a_n', 'z = (a_1 +dots +a_n)'],
  // decoration
  ['\\mathbf{y} = \\boldsymbol{\\theta}_1 + \\hat{y} + \\vec x', 'mathbf:y = (mathbf:theta_1 +hat:y +vec:x)'],
  [
    'a = \\boxed{b} + \\color{red}{c} + \\textcolor{blue}{d_1} + \\underbrace{e}_{\\text{sum}}',
    'a = (b +c +d_1 +e)',
  ],
  ['\\Rightarrow\\; a \\displaystyle = \\Bigl( b + c \\Bigr)', 'a = (b +c)'],
  ['\\bullet\\ a = -b + c \\cdot (-d)', 'a = (-b +(c cdot -d))'],
  // numbers
  ['1{,}820 = 1,820 + a', '1{,}820 = (1,820 +a)'],
  ['a = 35 K', 'a = (35 K)'],
  // from lecture notes
  ['{X}_{11,} = F_\\text{new}', 'X_11 = F_word:new'],
  [
    '\\mathbf{\\frac{\\partial L}{\\partial F}} = \\mathbf{\\text{conv}(X, O)}',
    'partial<mathbf:L/mathbf:F> = text:conv(mathbf:X, mathbf:O)',
  ],
  ['\\frac{d}{dx} \\, \\text{ReLU}(x) = 1', 'd<text:ReLU(x)/x> = 1'],
  [
    'y = \\frac{1}{2}x(1-\\tanh^2(\\sqrt{2/\\pi}x))',
    'y = (1 over 2 x bracket (1 -tanh^2((sqrt(2 / pi) x))))',
  ],
  [
    '\\text{Softmax}(x_i)=\\frac{e^{x_i}}{\\sum e^{x_t}}',
    'text:Softmax(x_i) = pow(e, x_i) over sum{}pow(e, x_t)',
  ],
  [
    'x^l_{i,j} = \\text{rot}_{180^\\circ} \\left\\{ w_{m,n}^{l+1} \\right\\} * \\delta^{l+1}',
    'x_list:i,j^l = (text:rot180(w_list:m,n^(l +1)) ast delta^(l +1))',
  ],
  [
    'H = 2 \\times \\text{padding}[0] - \\text{kernel\\_size}[0]',
    'H = ((2 times text:padding@0) -text:kernel_size@0)',
  ],
  ['y = \\sum_{(i,j)\\;\\text{s.t.}\\; X \\in S} a', 'y = sum{i, j if "s.t." X in S}a'],
  ['\\hat{I}_{is + \\hat{i}, c} = y_{\\text{pred},i}', 'hat:I_list:((i s) +hat:i),c = y_list:pred,i'],
  [
    "\\frac{\\partial E}{\\partial w_{m',n'}^l} = o_{i+m'}^{l-1}",
    "partial<E/w_list:m',n'^l> = o_(i +m')^(l -1)",
  ],
];

test.each(cases)('%s', (latex, expected) => {
  expect(displayed(latex).map(lineOf)).toEqual([expected]);
});
