/** Pinned calls of convolutions, each with the mutants that no earlier one kills. */
import type { Pins } from './pins.js';

export const CONV: Pins = {
  conv1d: [
    [
      'x=3x4x6 w=6x2x3 b=6 stride=3 padding=[1,2] dilation=2 groups=2',
      'C4 C4-trailing C8 C9-ceil C16 C16-edge C1 C3 C3-first-tap-twice C10 C10-reversed C12 C13 C13-wraps C14 C15 C17 X1 X2 X3 X4 X5 X6 X7 X8 X8-full X9 X11 X13 X14 X15 X15-first-group X16 X16-sign X16-zero X18 X19 X20 X21 F1 F2 F3 F4 F4-channels F5 F6 F6-window-step F6-exchanged F7 F9 F10 F11 F11-percent F12 F12-half F13 B1 B1-mean B1-mean-of-all B2 B2-first-pixel H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    [
      'x=2x2x5 w=2x2x2 b=2 stride=2 padding=[2,2] dilation=2 groups=1',
      'C8-border C9 X12 X17 X17-corner X17-percent',
    ],
    ['x=2x1x67 w=2x1x3 b=2 stride=2 padding=[1,0] dilation=1 groups=1', 'F8 F8-wrong-end'],
    ['x=2x3x6 w=2x3x4 b=2 stride=3 padding=same-upper dilation=1 groups=1', 'C5 C6'],
    ['x=1x2x6 w=4x1x2 b=4 stride=1 padding=[0,0] dilation=1 groups=2', 'C11'],
    ['x=2x3x9 w=4x3x2 b=4 stride=3 padding=[1,1] dilation=3 groups=1', 'X10'],
    ['x=2x2x3 w=3x2x5 stride=1 padding=[1,3] dilation=1 groups=1', ''],
    ['x=2x1x1 w=2x1x1 b=2 stride=1 padding=[0,0] dilation=1 groups=1', ''],
    ['x=1x2x8 w=3x2x2 b=3 stride=2 padding=same-lower dilation=2 groups=1', ''],
    ['x=2x3x3 w=3x3x3 b=3 stride=1 padding=[1,1] dilation=1 groups=1', ''],
    ['x=65537x1x2 w=1x1x2 b=1 stride=1 padding=[0,0] dilation=1 groups=1', ''],
  ],
  conv2d: [
    [
      'x=2x3x7x8 w=4x3x3x2 b=4 stride=3,2 padding=[1,2],[2,0] dilation=1,3 groups=1',
      'C4 C4-trailing C7 C7-padding C7-dilation C7-extent C8 C8-border C9 C9-ceil C16 C16-edge C1 C2 C3 C3-first-tap-twice C12 C13 C13-wraps C14 C15 X1 X1-one-axis X1-transposed X2 X3 X4 X4-other-axis X5 X6 X7 X8 X8-full X9 X10 X11 X13 X14 X16 X16-sign X16-zero X17 X17-corner X17-percent X18 X19 X20 X21 F1 F2 F3 F4 F4-transposed F4-channels F5 F6 F6-window-step F6-exchanged F7 F7-exchanged F8 F8-wrong-end F9 F11 F11-percent F12 F12-half F13 B1 B1-mean B1-mean-of-all B2 B2-first-pixel H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    [
      'x=1x2x3x6 w=4x1x1x2 b=4 stride=1,1 padding=[2,2],[0,0] dilation=1,1 groups=2',
      'C10 C10-reversed C11 C17 X12 X15 X15-first-group F10',
    ],
    ['x=2x3x5x6 w=2x3x3x4 b=2 stride=2,3 padding=same-upper dilation=1,1 groups=1', 'C5 C6 C6-one-axis'],
    ['x=2x2x3x5 w=2x2x2x2 b=2 stride=1,2 padding=[0,0],[2,2] dilation=2,2 groups=1', ''],
    ['x=3x4x5x6 w=6x2x2x3 b=6 stride=2,3 padding=[3,0],[1,2] dilation=3,2 groups=2', ''],
    ['x=2x2x2x3 w=3x2x4x5 stride=1,1 padding=[2,1],[1,3] dilation=1,1 groups=1', ''],
    ['x=2x1x1x6 w=2x1x1x3 b=2 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1', ''],
    ['x=2x1x2x67 w=2x1x1x3 b=2 stride=1,2 padding=[0,0],[1,0] dilation=1,1 groups=1', ''],
    ['x=1x2x4x8 w=3x2x4x2 b=3 stride=1,2 padding=same-lower dilation=1,2 groups=1', ''],
    ['x=2x3x3x3 w=3x3x3x3 b=3 stride=1,1 padding=[1,1],[1,1] dilation=1,1 groups=1', ''],
    ['x=65537x1x1x2 w=1x1x1x2 b=1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1', ''],
  ],
  conv3d: [
    [
      'x=2x3x5x7x8 w=4x3x2x3x2 b=4 stride=2,3,2 padding=[0,1],[1,2],[2,0] dilation=1,1,3 groups=1',
      'C4 C4-trailing C7 C7-padding C7-dilation C7-extent C8 C8-border C9 C9-ceil C16 C16-edge C1 C2 C2-depth C3 C3-first-tap-twice C12 C13 C13-wraps C14 C15 X1 X1-one-axis X1-transposed X2 X3 X4 X4-other-axis X5 X6 X7 X8 X8-full X9 X10 X11 X13 X14 X16 X16-sign X16-zero X17 X17-corner X17-percent X18 X19 X20 X21 F1 F2 F3 F4 F4-transposed F4-channels F5 F6 F6-window-step F6-exchanged F7 F7-exchanged F8 F8-wrong-end F9 F11 F11-percent F12 F12-half F13 B1 B1-mean B1-mean-of-all B2 B2-first-pixel H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    [
      'x=1x2x2x3x6 w=4x1x2x1x2 b=4 stride=1,1,1 padding=[0,1],[2,2],[0,0] dilation=1,1,1 groups=2',
      'C10 C10-reversed C11 C17 X12 X15 X15-first-group F10',
    ],
    [
      'x=2x3x4x5x6 w=2x3x2x3x4 b=2 stride=3,2,3 padding=same-upper dilation=1,1,1 groups=1',
      'C5 C6 C6-one-axis',
    ],
    ['x=2x2x4x3x5 w=2x2x2x2x2 b=2 stride=2,1,2 padding=[1,0],[0,0],[2,2] dilation=1,2,2 groups=1', ''],
    ['x=3x4x2x5x6 w=6x2x1x2x3 b=6 stride=1,2,3 padding=[0,0],[3,0],[1,2] dilation=1,3,2 groups=2', ''],
    ['x=2x2x1x2x3 w=3x2x2x4x5 stride=1,1,1 padding=[1,0],[2,1],[1,3] dilation=1,1,1 groups=1', ''],
    ['x=2x1x1x1x6 w=2x1x1x1x3 b=2 stride=1,1,1 padding=[0,0],[0,0],[0,0] dilation=1,1,1 groups=1', ''],
    ['x=2x1x1x2x67 w=2x1x1x1x3 b=2 stride=1,1,2 padding=[0,0],[0,0],[1,0] dilation=1,1,1 groups=1', ''],
    ['x=1x2x3x4x8 w=3x2x2x4x2 b=3 stride=1,1,2 padding=same-lower dilation=1,1,2 groups=1', ''],
    ['x=2x3x3x3x3 w=3x3x3x3x3 b=3 stride=1,1,1 padding=[0,0],[1,1],[1,1] dilation=1,1,1 groups=1', ''],
    ['x=65537x1x1x1x2 w=1x1x1x1x2 b=1 stride=1,1,1 padding=[0,0],[0,0],[0,0] dilation=1,1,1 groups=1', ''],
  ],
};
