/** Pinned calls of max pooling, each with the mutants that no earlier one kills. */
import type { Pins } from './pins.js';

export const MAX_POOL: Pins = {
  max_pool1d: [
    [
      'x=2x2x6 kernel_size=4 stride=3 padding=[1,2] dilation=1 ceil_mode=true',
      'M1 M2 M3 M4 M5 M5-padding M6 M7 M7-always H1 H1-constant H1-zeros H2 H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    ['x=1x2x7 kernel_size=2 stride=2 padding=[1,2] dilation=3 ceil_mode=false', 'M8-dilation'],
    ['x=2x2x5 kernel_size=2 stride=3 padding=[1,1] dilation=1 ceil_mode=true', 'M8'],
    ['x=2x3x6 kernel_size=2 stride=1 padding=[0,0] dilation=1 ceil_mode=false', ''],
    ['x=3x2x8 kernel_size=2 stride=3 padding=[0,1] dilation=1 ceil_mode=false', ''],
    ['x=2x3x6 kernel_size=4 stride=3 padding=[1,2] dilation=1 ceil_mode=true', ''],
    ['x=2x2x3 kernel_size=5 stride=1 padding=[1,3] dilation=1 ceil_mode=false', ''],
    ['x=2x2x1 kernel_size=2 stride=1 padding=[1,1] dilation=1 ceil_mode=false', ''],
    ['x=2x1x67 kernel_size=3 stride=2 padding=[1,0] dilation=1 ceil_mode=false', ''],
    ['x=2x2x6 kernel_size=4 stride=3 padding=same-upper dilation=1 ceil_mode=false', ''],
    ['x=1x3x7 kernel_size=2 stride=2 padding=same-lower dilation=1 ceil_mode=false', ''],
    ['x=2x2x8 kernel_size=1 stride=4 padding=[0,0] dilation=1 ceil_mode=false', ''],
    ['x=65537x1x2 kernel_size=2 stride=1 padding=[0,0] dilation=1 ceil_mode=false', ''],
  ],
  max_pool2d: [
    [
      'x=1x2x7x5 kernel_size=2,3 stride=2,1 padding=[1,2],[2,0] dilation=3,2 ceil_mode=false',
      'M1 M2 M3 M4 M5 M5-padding M6 M7 M7-always M8-dilation H1 H1-constant H1-zeros H2 H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    ['x=2x2x7x5 kernel_size=3,2 stride=3,3 padding=[0,0],[1,1] dilation=1,1 ceil_mode=true', 'M8'],
    ['x=2x3x5x6 kernel_size=3,2 stride=1,1 padding=[0,0],[0,0] dilation=1,1 ceil_mode=false', ''],
    ['x=3x2x7x8 kernel_size=3,2 stride=3,3 padding=[1,2],[0,1] dilation=1,1 ceil_mode=false', ''],
    ['x=2x2x5x6 kernel_size=4,4 stride=4,3 padding=[1,1],[1,2] dilation=1,1 ceil_mode=true', ''],
    ['x=2x3x5x6 kernel_size=4,4 stride=4,3 padding=[1,1],[1,2] dilation=1,1 ceil_mode=true', ''],
    ['x=2x2x2x3 kernel_size=4,5 stride=1,1 padding=[2,1],[1,3] dilation=1,1 ceil_mode=false', ''],
    ['x=2x2x1x6 kernel_size=1,3 stride=1,2 padding=[0,0],[0,0] dilation=1,1 ceil_mode=false', ''],
    ['x=2x1x2x67 kernel_size=2,3 stride=1,2 padding=[0,0],[1,0] dilation=1,1 ceil_mode=false', ''],
    ['x=2x2x5x6 kernel_size=3,4 stride=2,3 padding=same-upper dilation=1,1 ceil_mode=false', ''],
    ['x=1x3x4x7 kernel_size=4,2 stride=1,2 padding=same-lower dilation=1,1 ceil_mode=false', ''],
    ['x=2x2x7x8 kernel_size=2,1 stride=3,4 padding=[0,0],[0,0] dilation=1,1 ceil_mode=false', ''],
    ['x=65537x1x1x2 kernel_size=1,2 stride=1,1 padding=[0,0],[0,0] dilation=1,1 ceil_mode=false', ''],
  ],
  max_pool3d: [
    [
      'x=1x2x4x7x5 kernel_size=2,2,3 stride=1,2,1 padding=[1,2],[1,2],[2,0] dilation=3,3,2 ceil_mode=false',
      'M1 M2 M3 M4 M5 M5-padding M6 M7 M7-always M8-dilation H1 H1-constant H1-zeros H2 H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8',
    ],
    [
      'x=2x2x3x7x5 kernel_size=2,3,2 stride=2,3,3 padding=[0,0],[0,0],[1,1] dilation=1,1,1 ceil_mode=true',
      'M8',
    ],
    [
      'x=2x3x4x5x6 kernel_size=2,3,2 stride=1,1,1 padding=[0,0],[0,0],[0,0] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    [
      'x=3x2x3x7x8 kernel_size=2,3,2 stride=2,3,3 padding=[1,0],[1,2],[0,1] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    [
      'x=2x2x3x5x6 kernel_size=2,4,4 stride=2,4,3 padding=[0,1],[1,1],[1,2] dilation=1,1,1 ceil_mode=true',
      '',
    ],
    [
      'x=2x3x2x5x6 kernel_size=2,4,4 stride=2,4,3 padding=[1,0],[1,1],[1,2] dilation=1,1,1 ceil_mode=true',
      '',
    ],
    [
      'x=2x2x1x2x3 kernel_size=2,4,5 stride=1,1,1 padding=[1,0],[2,1],[1,3] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    [
      'x=2x2x1x1x6 kernel_size=1,1,3 stride=1,1,2 padding=[0,0],[0,0],[0,0] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    [
      'x=2x1x1x2x67 kernel_size=1,2,3 stride=1,1,2 padding=[0,0],[0,0],[1,0] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    ['x=2x2x4x5x6 kernel_size=2,3,4 stride=3,2,3 padding=same-upper dilation=1,1,1 ceil_mode=false', ''],
    ['x=1x3x3x4x7 kernel_size=2,4,2 stride=1,1,2 padding=same-lower dilation=1,1,1 ceil_mode=false', ''],
    [
      'x=2x2x3x7x8 kernel_size=1,2,1 stride=2,3,4 padding=[0,0],[0,0],[0,0] dilation=1,1,1 ceil_mode=false',
      '',
    ],
    [
      'x=65537x1x1x1x2 kernel_size=1,1,2 stride=1,1,1 padding=[0,0],[0,0],[0,0] dilation=1,1,1 ceil_mode=false',
      '',
    ],
  ],
};
