/** Right equations, each with mistakes planted in it, over other shapes and in other notations than the documents. */
import type { Slip } from '../../../src/notes/index.js';

export interface Planted {
  readonly name: string;
  /** The directive's body. */
  readonly setup: string;
  readonly right: string;
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly wrong: string;
  readonly slip: Slip | null;
  /** Where the mistake leaves more than one correction, the one that is expected; else `right`. */
  readonly expected?: string;
}

const plain = 'conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1';
const strided = 'conv2d input=a[5,5] kernel=w[3,3] output=z loss=E stride=2 index=running';
const padded = 'conv2d input=I[3,3] kernel=K[3,3] output=Y loss=C padding=1';
const dilated = 'conv2d input=X[4,5] kernel=W[2,2] output=H loss=J dilation=2 upstream=delta';
const line = 'conv1d input=x[5] kernel=k[3] output=y loss=L upstream=dy index=running';
const flipped = 'conv2d input=X[3,3] kernel=F[2,2] output=O loss=L convention=convolution';
const biased = 'conv2d input=X[3,4] kernel=F[2,2] bias=b output=Z loss=L';
const zeroBased = 'conv2d input=x[3,3] kernel=w[2,2] output=y loss=L index=pair0';
const channels = 'conv2d input=X[2,2,3] kernel=F[1,2,2,2] output=O[1,1,2] loss=L';

export const planted: readonly Planted[] = [
  {
    name: 'a forward cell, glued indices, juxtaposed',
    setup: plain,
    right: 'O_{12} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21} + X_{23} F_{22}',
    mistakes: [
      { wrong: 'O_{12} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21} + X_{32} F_{22}', slip: 'index' },
      { wrong: 'O_{12} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21}', slip: 'missing-term' },
      { wrong: 'O_{12} = X_{12} F_{11} - X_{13} F_{12} + X_{22} F_{21} + X_{23} F_{22}', slip: 'sign' },
      {
        wrong: 'O_{12} = X_{12} F_{11} + 2 X_{13} F_{12} + X_{22} F_{21} + X_{23} F_{22}',
        slip: 'coefficient',
      },
      {
        wrong: 'O_{12} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21} + X_{23} F_{22} + X_{33} F_{22}',
        slip: 'extra-term',
      },
      {
        wrong: 'O_{21} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21} + X_{23} F_{22}',
        slip: 'left-side',
      },
      { wrong: 'O_{12} = X_{12} F_{11} + X_{13} F_{12} + X_{22} F_{21} + X_{24} F_{22}', slip: 'index' },
      { wrong: 'O_{12} = X_{12} F_{11} + X_{13} F_{21} + X_{22} F_{12} + X_{23} F_{22}', slip: 'index' },
      { wrong: 'O_{12} = X_{21} F_{11} + X_{31} F_{12} + X_{22} F_{21} + X_{32} F_{22}', slip: 'transposed' },
      {
        wrong: 'O_{12} = X_{12} F_{22} + X_{13} F_{21} + X_{22} F_{12} + X_{23} F_{11}',
        slip: 'unrotated-kernel',
      },
    ],
  },
  {
    name: 'a gradient with d, comma indices and the upstream last',
    setup: plain,
    right:
      '\\frac{dL}{dF_{2,1}} = X_{2,1} \\frac{dL}{dO_{1,1}} + X_{2,2} \\frac{dL}{dO_{1,2}} + X_{3,1} \\frac{dL}{dO_{2,1}} + X_{3,2} \\frac{dL}{dO_{2,2}}',
    mistakes: [
      {
        wrong:
          '\\frac{dL}{dF_{2,1}} = X_{2,1} \\frac{dL}{dO_{1,1}} + X_{2,2} \\frac{dL}{dO_{1,2}} + X_{3,1} \\frac{dL}{dO_{2,2}} + X_{3,2} \\frac{dL}{dO_{2,1}}',
        slip: 'index',
      },
      {
        wrong:
          '\\frac{dL}{dF_{2,1}} = X_{2,1} \\frac{dL}{dO_{1,1}} + F_{2,2} \\frac{dL}{dO_{1,2}} + X_{3,1} \\frac{dL}{dO_{2,1}} + X_{3,2} \\frac{dL}{dO_{2,2}}',
        slip: 'swapped-names',
      },
      {
        wrong:
          '\\frac{dL}{dF_{2,1}} = X_{2,1} \\frac{dL}{dO_{1,1}} + X_{2,2} \\frac{dL}{dO_{1,2}} + X_{3,2} \\frac{dL}{dO_{2,2}}',
        slip: 'missing-term',
      },
      {
        wrong:
          '\\frac{dL}{dF_{1,2}} = X_{2,1} \\frac{dL}{dO_{1,1}} + X_{2,2} \\frac{dL}{dO_{1,2}} + X_{3,1} \\frac{dL}{dO_{2,1}} + X_{3,2} \\frac{dL}{dO_{2,2}}',
        slip: 'left-side',
      },
    ],
  },
  {
    name: 'the chain rule at stride 2, slashes and dots',
    setup: strided,
    right:
      '\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial z_1} \\cdot \\frac{\\partial z_1}{\\partial w_5} + \\frac{\\partial E}{\\partial z_2} \\cdot \\frac{\\partial z_2}{\\partial w_5} + \\frac{\\partial E}{\\partial z_3} \\cdot \\frac{\\partial z_3}{\\partial w_5} + \\frac{\\partial E}{\\partial z_4} \\cdot \\frac{\\partial z_4}{\\partial w_5}',
    mistakes: [
      {
        wrong:
          '\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial z_1} \\cdot \\frac{\\partial z_1}{\\partial w_5} + \\frac{\\partial E}{\\partial z_2} \\cdot \\frac{\\partial z_2}{\\partial w_5} + \\frac{\\partial E}{\\partial z_3} \\cdot \\frac{\\partial z_4}{\\partial w_5} + \\frac{\\partial E}{\\partial z_4} \\cdot \\frac{\\partial z_4}{\\partial w_5}',
        slip: 'index',
      },
      {
        wrong:
          '\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial z_1} \\cdot \\frac{\\partial z_1}{\\partial w_5}',
        slip: 'missing-term',
      },
    ],
  },
  {
    name: 'an input gradient at stride 2 that meets two windows',
    setup: strided,
    right:
      '\\frac{\\partial E}{\\partial a_{12}} = w_8 \\frac{\\partial E}{\\partial z_1} + w_2 \\frac{\\partial E}{\\partial z_3}',
    mistakes: [
      {
        wrong:
          '\\frac{\\partial E}{\\partial a_{12}} = w_8 \\frac{\\partial E}{\\partial z_1} + w_2 \\frac{\\partial E}{\\partial z_2}',
        slip: 'index',
      },
      {
        wrong: '\\frac{\\partial E}{\\partial a_{12}} = w_8 \\frac{\\partial E}{\\partial z_1}',
        slip: 'missing-term',
      },
      {
        wrong:
          '\\frac{\\partial E}{\\partial a_{12}} = w_2 \\frac{\\partial E}{\\partial z_1} + w_8 \\frac{\\partial E}{\\partial z_3}',
        slip: 'unrotated-kernel',
      },
      {
        wrong:
          '\\frac{\\partial E}{\\partial a_{12}} = w_8 \\frac{\\partial E}{\\partial z_1} + w_2 \\frac{\\partial E}{\\partial z_3} + w_5 \\frac{\\partial E}{\\partial z_4}',
        slip: 'extra-term',
      },
    ],
  },
  {
    name: 'dots in a forward cell at stride 2',
    setup: strided,
    right: 'z_3 = w_1 a_{11} + w_2 a_{12} + \\dots + w_8 a_{22} + w_9 a_{23}',
    mistakes: [
      { wrong: 'z_3 = w_1 a_{11} + w_2 a_{12} + \\dots + w_8 a_{22} + w_9 a_{24}', slip: 'index' },
      { wrong: 'z_3 = w_1 a_{11} + w_2 a_{13} + \\dots + w_8 a_{22} + w_9 a_{23}', slip: 'index' },
      { wrong: 'z_3 = w_1 a_{11} + w_2 a_{12} + \\dots - w_8 a_{22} + w_9 a_{23}', slip: 'sign' },
      {
        wrong: 'z_3 = w_2 a_{12} + w_3 a_{13} + \\dots + w_8 a_{22} + w_9 a_{23}',
        slip: 'missing-term',
        expected: 'z_3 = w_1 a_{11} + w_2 a_{12} + w_3 a_{13} + \\dots + w_8 a_{22} + w_9 a_{23}',
      },
    ],
  },
  {
    name: 'padding 1: a corner sees four cells',
    setup: padded,
    right:
      'Y_{11} = I_{11} \\times K_{22} + I_{12} \\times K_{23} + I_{21} \\times K_{32} + I_{22} \\times K_{33}',
    mistakes: [
      {
        wrong:
          'Y_{11} = I_{11} \\times K_{11} + I_{12} \\times K_{12} + I_{21} \\times K_{21} + I_{22} \\times K_{22}',
        slip: 'index',
      },
      {
        wrong:
          'Y_{11} = I_{11} \\times K_{22} + I_{12} \\times K_{23} + I_{21} \\times K_{32} + I_{22} \\times K_{32}',
        slip: 'index',
      },
    ],
  },
  {
    name: 'padding 1: an input gradient with slashes',
    setup: padded,
    right:
      '\\partial C / \\partial I_{11} = \\partial C / \\partial Y_{11} * K_{22} + \\partial C / \\partial Y_{12} * K_{21} + \\partial C / \\partial Y_{21} * K_{12} + \\partial C / \\partial Y_{22} * K_{11}',
    mistakes: [
      {
        wrong:
          '\\partial C / \\partial I_{11} = \\partial C / \\partial Y_{11} * K_{22} + \\partial C / \\partial Y_{12} * K_{23} + \\partial C / \\partial Y_{21} * K_{32} + \\partial C / \\partial Y_{22} * K_{33}',
        slip: 'unrotated-kernel',
      },
      {
        wrong:
          '\\partial C / \\partial I_{11} = \\partial C / \\partial Y_{11} * K_{22} + \\partial C / \\partial Y_{12} * K_{21} + \\partial C / \\partial Y_{21} * K_{12} - \\partial C / \\partial Y_{22} * K_{11}',
        slip: 'sign',
      },
    ],
  },
  {
    name: 'dilation 2 with a declared short-hand',
    setup: dilated,
    right:
      '\\frac{\\partial J}{\\partial W_{12}} = \\delta_{11} X_{13} + \\delta_{12} X_{14} + \\delta_{13} X_{15} + \\delta_{21} X_{23} + \\delta_{22} X_{24} + \\delta_{23} X_{25}',
    mistakes: [
      {
        wrong:
          '\\frac{\\partial J}{\\partial W_{12}} = \\delta_{11} X_{12} + \\delta_{12} X_{14} + \\delta_{13} X_{15} + \\delta_{21} X_{23} + \\delta_{22} X_{24} + \\delta_{23} X_{25}',
        slip: 'index',
      },
      {
        wrong:
          '\\frac{\\partial J}{\\partial W_{12}} = \\delta_{11} X_{13} + \\delta_{12} X_{14} + \\delta_{13} X_{15} + \\delta_{21} X_{23} + \\delta_{22} X_{24}',
        slip: 'missing-term',
      },
      {
        wrong:
          '\\frac{\\partial J}{\\partial W_{12}} = \\delta_{11} X_{13} + \\delta_{12} X_{14} + \\delta_{13} X_{15} + \\delta_{21} X_{23} + \\delta_{32} X_{24} + \\delta_{23} X_{25}',
        slip: 'index',
      },
    ],
  },
  {
    name: 'dilation 2, a forward cell',
    setup: dilated,
    right: 'H_{12} = W_{11} X_{12} + W_{12} X_{14} + W_{21} X_{32} + W_{22} X_{34}',
    mistakes: [
      { wrong: 'H_{12} = W_{11} X_{12} + W_{12} X_{13} + W_{21} X_{22} + W_{22} X_{23}', slip: 'index' },
      {
        wrong: 'H_{12} = W_{11} X_{12} + W_{12} X_{14} + W_{21} X_{32} + W_{22} W_{34}',
        slip: 'swapped-names',
      },
    ],
  },
  {
    name: 'one dimension, gradients as differentials',
    setup: line,
    right: 'dx_3 = dy_1 k_3 + dy_2 k_2 + dy_3 k_1',
    mistakes: [
      { wrong: 'dx_3 = dy_1 k_1 + dy_2 k_2 + dy_3 k_3', slip: 'unrotated-kernel' },
      { wrong: 'dx_3 = dy_1 k_3 + dy_2 k_2 + dy_3 k_2', slip: 'index' },
      { wrong: 'dx_3 = dy_1 k_3 + dy_2 k_2', slip: 'missing-term' },
    ],
  },
  {
    name: 'one dimension, local gradients',
    setup: line,
    right: '\\frac{\\partial y_2}{\\partial k_3} = x_4',
    mistakes: [
      { wrong: '\\frac{\\partial y_2}{\\partial k_3} = x_3', slip: 'index' },
      { wrong: '\\frac{\\partial y_2}{\\partial k_3} = k_3', slip: 'swapped-names' },
      { wrong: '\\frac{\\partial y_2}{\\partial k_3} = -x_4', slip: 'sign' },
      { wrong: '\\frac{\\partial y_2}{\\partial k_3} = 3 x_4', slip: 'coefficient' },
      { wrong: '\\frac{\\partial y_2}{\\partial k_3} = 0', slip: 'missing-term' },
    ],
  },
  {
    name: 'true convolution',
    setup: flipped,
    right: 'O_{21} = X_{21} F_{22} + X_{22} F_{21} + X_{31} F_{12} + X_{32} F_{11}',
    mistakes: [
      {
        wrong: 'O_{21} = X_{21} F_{11} + X_{22} F_{12} + X_{31} F_{21} + X_{32} F_{22}',
        slip: 'unrotated-kernel',
      },
      { wrong: 'O_{21} = X_{21} F_{22} + X_{22} F_{21} + X_{31} F_{12} + X_{23} F_{11}', slip: 'index' },
    ],
  },
  {
    name: 'a bias',
    setup: biased,
    right: 'Z_{11} = X_{11} F_{11} + X_{12} F_{12} + X_{21} F_{21} + X_{22} F_{22} + b',
    mistakes: [
      {
        wrong: 'Z_{11} = X_{11} F_{11} + X_{12} F_{12} + X_{21} F_{21} + X_{22} F_{22}',
        slip: 'missing-term',
      },
      { wrong: 'Z_{11} = X_{11} F_{11} + X_{12} F_{12} + X_{21} F_{21} + X_{22} F_{22} - b', slip: 'sign' },
    ],
  },
  {
    name: 'the gradient of the bias',
    setup: biased,
    right:
      '\\frac{\\partial L}{\\partial b} = \\frac{\\partial L}{\\partial Z_{11}} + \\frac{\\partial L}{\\partial Z_{12}} + \\frac{\\partial L}{\\partial Z_{13}} + \\frac{\\partial L}{\\partial Z_{21}} + \\frac{\\partial L}{\\partial Z_{22}} + \\frac{\\partial L}{\\partial Z_{23}}',
    mistakes: [
      {
        wrong:
          '\\frac{\\partial L}{\\partial b} = \\frac{\\partial L}{\\partial Z_{11}} + \\frac{\\partial L}{\\partial Z_{12}} + \\frac{\\partial L}{\\partial Z_{13}} + \\frac{\\partial L}{\\partial Z_{21}} + \\frac{\\partial L}{\\partial Z_{22}}',
        slip: 'missing-term',
      },
      {
        wrong:
          '\\frac{\\partial L}{\\partial b} = \\frac{\\partial L}{\\partial Z_{11}} + \\frac{\\partial L}{\\partial Z_{12}} + \\frac{\\partial L}{\\partial Z_{12}} + \\frac{\\partial L}{\\partial Z_{21}} + \\frac{\\partial L}{\\partial Z_{22}} + \\frac{\\partial L}{\\partial Z_{23}}',
        slip: 'index',
      },
    ],
  },
  {
    name: 'indices from zero in brackets',
    setup: zeroBased,
    right: 'y[0,1] = w[0,0] x[0,1] + w[0,1] x[0,2] + w[1,0] x[1,1] + w[1,1] x[1,2]',
    mistakes: [
      { wrong: 'y[0,1] = w[0,0] x[0,1] + w[0,1] x[0,2] + w[1,0] x[1,1] + w[1,1] x[2,1]', slip: 'index' },
      { wrong: 'y[0,1] = w[0,0] x[0,1] + w[0,1] x[0,2] + w[1,0] x[1,1] + w[1,1] x[1,3]', slip: 'index' },
    ],
  },
  {
    name: 'two input channels',
    setup: channels,
    right:
      'O_{1,1,1} = X_{1,1,1} F_{1,1,1,1} + X_{1,1,2} F_{1,1,1,2} + X_{1,2,1} F_{1,1,2,1} + X_{1,2,2} F_{1,1,2,2} + X_{2,1,1} F_{1,2,1,1} + X_{2,1,2} F_{1,2,1,2} + X_{2,2,1} F_{1,2,2,1} + X_{2,2,2} F_{1,2,2,2}',
    mistakes: [
      {
        wrong:
          'O_{1,1,1} = X_{1,1,1} F_{1,1,1,1} + X_{1,1,2} F_{1,1,1,2} + X_{1,2,1} F_{1,1,2,1} + X_{1,2,2} F_{1,1,2,2}',
        slip: 'missing-term',
      },
      {
        wrong:
          'O_{1,1,1} = X_{1,1,1} F_{1,1,1,1} + X_{1,1,2} F_{1,1,1,2} + X_{1,2,1} F_{1,1,2,1} + X_{1,2,2} F_{1,1,2,2} + X_{2,1,1} F_{1,2,1,1} + X_{2,1,2} F_{1,2,1,2} + X_{2,2,1} F_{1,2,2,1} + X_{1,2,2} F_{1,2,2,2}',
        slip: 'index',
      },
    ],
  },
  {
    name: 'explicit matrices, entry by entry',
    setup: plain,
    right:
      '\\begin{bmatrix} \\frac{\\partial L}{\\partial F_{11}} & \\frac{\\partial L}{\\partial F_{12}} \\\\ \\frac{\\partial L}{\\partial F_{21}} & \\frac{\\partial L}{\\partial F_{22}} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} \\\\ X_{21} & X_{22} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{11}} + \\begin{bmatrix} X_{12} & X_{13} \\\\ X_{22} & X_{23} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{12}} + \\begin{bmatrix} X_{21} & X_{22} \\\\ X_{31} & X_{32} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{21}} + \\begin{bmatrix} X_{22} & X_{23} \\\\ X_{32} & X_{33} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{22}}',
    mistakes: [
      {
        wrong:
          '\\begin{bmatrix} \\frac{\\partial L}{\\partial F_{11}} & \\frac{\\partial L}{\\partial F_{12}} \\\\ \\frac{\\partial L}{\\partial F_{21}} & \\frac{\\partial L}{\\partial F_{22}} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} \\\\ X_{21} & X_{22} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{11}} + \\begin{bmatrix} X_{12} & X_{13} \\\\ X_{22} & X_{32} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{12}} + \\begin{bmatrix} X_{21} & X_{22} \\\\ X_{31} & X_{32} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{21}} + \\begin{bmatrix} X_{22} & X_{23} \\\\ X_{32} & X_{33} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{22}}',
        slip: 'index',
      },
      {
        wrong:
          '\\begin{bmatrix} \\frac{\\partial L}{\\partial F_{11}} & \\frac{\\partial L}{\\partial F_{12}} \\\\ \\frac{\\partial L}{\\partial F_{21}} & \\frac{\\partial L}{\\partial F_{22}} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} \\\\ X_{21} & X_{22} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{11}} - \\begin{bmatrix} X_{12} & X_{13} \\\\ X_{22} & X_{23} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{12}} + \\begin{bmatrix} X_{21} & X_{22} \\\\ X_{31} & X_{32} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{21}} + \\begin{bmatrix} X_{22} & X_{23} \\\\ X_{32} & X_{33} \\end{bmatrix} \\frac{\\partial L}{\\partial O_{22}}',
        slip: 'sign',
      },
    ],
  },
  {
    name: 'closed forms',
    setup: plain,
    right:
      '\\frac{\\partial L}{\\partial X} = \\frac{\\partial L}{\\partial O} \\star_{full} \\text{rot180}(F)',
    mistakes: [
      {
        wrong: '\\frac{\\partial L}{\\partial X} = \\frac{\\partial L}{\\partial O} \\star_{full} F',
        slip: 'unrotated-kernel',
      },
    ],
  },
  {
    name: 'an explicit sliding product',
    setup: plain,
    right:
      '\\begin{bmatrix} O_{11} & O_{12} \\\\ O_{21} & O_{22} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} & X_{13} \\\\ X_{21} & X_{22} & X_{23} \\\\ X_{31} & X_{32} & X_{33} \\end{bmatrix} * \\begin{bmatrix} F_{11} & F_{12} \\\\ F_{21} & F_{22} \\end{bmatrix}',
    mistakes: [
      {
        wrong:
          '\\begin{bmatrix} O_{11} & O_{12} \\\\ O_{21} & O_{22} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} & X_{13} \\\\ X_{21} & X_{22} & X_{32} \\\\ X_{31} & X_{32} & X_{33} \\end{bmatrix} * \\begin{bmatrix} F_{11} & F_{12} \\\\ F_{21} & F_{22} \\end{bmatrix}',
        slip: 'index',
      },
      {
        wrong:
          '\\begin{bmatrix} O_{11} & O_{21} \\\\ O_{12} & O_{22} \\end{bmatrix} = \\begin{bmatrix} X_{11} & X_{12} & X_{13} \\\\ X_{21} & X_{22} & X_{23} \\\\ X_{31} & X_{32} & X_{33} \\end{bmatrix} * \\begin{bmatrix} F_{11} & F_{12} \\\\ F_{21} & F_{22} \\end{bmatrix}',
        slip: 'transposed',
      },
    ],
  },
];
