/** Pinned calls of transposed convolutions, each with the mutants that no earlier one kills. */
import type { Pins } from './pins.js';

export const CONV_TRANSPOSE: Pins = {
  conv_transpose1d: [
    [
      'x=2x2x4 w=2x3x2 b=3 stride=2 padding=[2,1] dilation=2 groups=1 output_padding=1',
      'T1 T1-start T2 T3 T4 T5 T5-roles H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    ['x=1x2x2 w=2x2x3 b=4 stride=1 padding=[0,0] dilation=1 groups=2 output_padding=0', ''],
    ['x=2x3x4 w=3x2x2 b=2 stride=2 padding=[2,0] dilation=3 groups=1 output_padding=2', ''],
    ['x=3x4x3 w=4x3x3 b=6 stride=3 padding=[1,2] dilation=2 groups=2 output_padding=2', ''],
    ['x=2x2x3 w=2x2x5 stride=1 padding=[1,3] dilation=1 groups=1 output_padding=0', ''],
    ['x=2x1x1 w=1x2x3 b=2 stride=2 padding=[0,1] dilation=1 groups=1 output_padding=1', ''],
    ['x=2x1x34 w=1x2x3 b=2 stride=2 padding=[1,0] dilation=1 groups=1 output_padding=1', ''],
    ['x=2x3x2 w=3x2x4 b=2 stride=3 padding=same-upper dilation=1 groups=1 output_padding=1', ''],
    ['x=1x2x3 w=2x3x2 b=3 stride=2 padding=same-lower dilation=2 groups=1 output_padding=1', ''],
    ['x=2x3x3 w=3x3x3 b=3 stride=1 padding=[1,1] dilation=1 groups=1 output_padding=0', ''],
    ['x=65537x1x1 w=1x1x2 b=1 stride=1 padding=[0,0] dilation=1 groups=1 output_padding=0', ''],
  ],
  conv_transpose2d: [
    [
      'x=2x2x3x4 w=2x3x2x2 b=3 stride=1,2 padding=[0,0],[2,1] dilation=2,2 groups=1 output_padding=1,1',
      'T1 T1-start T2 T3 T4 T5 T5-roles H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    ['x=1x2x3x2 w=2x2x1x3 b=4 stride=2,1 padding=[0,1],[0,0] dilation=1,1 groups=2 output_padding=1,0', ''],
    ['x=2x3x3x4 w=3x2x3x2 b=2 stride=3,2 padding=[1,2],[2,0] dilation=1,3 groups=1 output_padding=2,2', ''],
    ['x=3x4x2x3 w=4x3x2x3 b=6 stride=2,3 padding=[3,0],[1,2] dilation=3,2 groups=2 output_padding=1,2', ''],
    ['x=2x2x2x3 w=2x2x4x5 stride=1,1 padding=[2,1],[1,3] dilation=1,1 groups=1 output_padding=0,0', ''],
    ['x=2x1x1x1 w=1x2x1x3 b=2 stride=1,2 padding=[0,0],[0,1] dilation=1,1 groups=1 output_padding=0,1', ''],
    ['x=2x1x2x34 w=1x2x1x3 b=2 stride=1,2 padding=[0,0],[1,0] dilation=1,1 groups=1 output_padding=0,1', ''],
    ['x=2x3x3x2 w=3x2x3x4 b=2 stride=2,3 padding=same-upper dilation=1,1 groups=1 output_padding=0,1', ''],
    ['x=1x2x2x3 w=2x3x4x2 b=3 stride=1,2 padding=same-lower dilation=1,2 groups=1 output_padding=0,1', ''],
    ['x=2x3x3x3 w=3x3x3x3 b=3 stride=1,1 padding=[1,1],[1,1] dilation=1,1 groups=1 output_padding=0,0', ''],
    [
      'x=65537x1x1x1 w=1x1x1x2 b=1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1 output_padding=0,0',
      '',
    ],
  ],
  conv_transpose3d: [
    [
      'x=2x2x2x3x4 w=2x3x2x2x2 b=3 stride=1,1,2 padding=[0,1],[0,0],[2,1] dilation=2,2,2 groups=1 output_padding=1,1,1',
      'T1 T1-start T2 T3 T4 T5 T5-roles H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    [
      'x=1x2x1x3x2 w=2x2x2x1x3 b=4 stride=1,2,1 padding=[0,0],[0,1],[0,0] dilation=1,1,1 groups=2 output_padding=0,1,0',
      '',
    ],
    [
      'x=2x3x2x3x4 w=3x2x1x3x2 b=2 stride=2,3,2 padding=[0,0],[1,2],[2,0] dilation=1,1,3 groups=1 output_padding=1,2,2',
      '',
    ],
    [
      'x=3x4x1x2x3 w=4x3x1x2x3 b=6 stride=1,2,3 padding=[0,0],[3,0],[1,2] dilation=1,3,2 groups=2 output_padding=0,1,2',
      '',
    ],
    [
      'x=2x2x1x2x3 w=2x2x2x4x5 stride=1,1,1 padding=[1,0],[2,1],[1,3] dilation=1,1,1 groups=1 output_padding=0,0,0',
      '',
    ],
    [
      'x=2x1x1x1x1 w=1x2x1x1x3 b=2 stride=1,1,2 padding=[0,0],[0,0],[0,1] dilation=1,1,1 groups=1 output_padding=0,0,1',
      '',
    ],
    [
      'x=2x1x1x2x34 w=1x2x1x1x3 b=2 stride=1,1,2 padding=[0,0],[0,0],[1,0] dilation=1,1,1 groups=1 output_padding=0,0,1',
      '',
    ],
    [
      'x=2x3x2x3x2 w=3x2x2x3x4 b=2 stride=3,2,3 padding=same-upper dilation=1,1,1 groups=1 output_padding=0,0,1',
      '',
    ],
    [
      'x=1x2x3x2x3 w=2x3x2x4x2 b=3 stride=1,1,2 padding=same-lower dilation=1,1,2 groups=1 output_padding=0,0,1',
      '',
    ],
    [
      'x=2x3x2x3x3 w=3x3x3x3x3 b=3 stride=1,1,1 padding=[1,1],[1,1],[1,1] dilation=1,1,1 groups=1 output_padding=0,0,0',
      '',
    ],
    [
      'x=65537x1x1x1x1 w=1x1x1x1x2 b=1 stride=1,1,1 padding=[0,0],[0,0],[0,0] dilation=1,1,1 groups=1 output_padding=0,0,0',
      '',
    ],
  ],
};
