/** The faults by operator, written out: a fault that is lost from the catalogue is missed here. */
export const convFaults = `C1 C2 C2-depth C3 C3-first-tap-twice C4 C4-trailing C5 C6 C6-one-axis
  C7 C7-padding C7-dilation C7-extent C8 C8-border C9 C9-ceil C10 C10-reversed C11 C12 C13 C13-wraps C14 C15 C16
  C16-edge C17
  X1 X1-one-axis X1-transposed X2 X3 X4 X4-other-axis X5 X6 X7 X8 X8-full X9 X10 X11 X12 X13 X14 X15 X15-first-group
  X16 X16-sign X16-zero X17 X17-corner X17-percent X18 X19 X20 X21
  F1 F2 F3 F4 F4-transposed F4-channels F5 F6 F6-window-step F6-exchanged F7 F7-exchanged F8 F8-wrong-end F9 F10 F11
  F11-percent F12 F12-half F13
  B1 B1-mean B1-mean-of-all B2 B2-first-pixel`.split(/\s+/u);

/** Faults that take two, or three, spatial axes. */
export const twoAxes =
  'C2 C6-one-axis C7 C7-padding C7-dilation C7-extent X1-one-axis X1-transposed X4-other-axis F4-transposed F7-exchanged A3'.split(
    ' ',
  );
export const threeAxes = ['C2-depth'];

export const otherFaults: Readonly<Record<string, string>> = {
  conv_transpose: 'T1 T1-start T2 T3 T4 T5 T5-roles',
  max_pool: 'M1 M2 M3 M4 M5 M5-padding M6 M7 M7-always M8 M8-dilation',
  avg_pool: 'A1 A1-reverse A2 A3 A4 A4-partial',
  relu: 'R1 R2 R2-nan',
  sigmoid: 'S1 S2',
  softmax_cross_entropy: 'S3 S3-batch S4 S5 E1 E1-classes E2 E3 E4',
  bce: 'L1',
  bce_with_logits: 'L1-both-terms',
  linear: 'D1 D1-input D2 D2-bias D3 D3-folded',
  tanh: '',
  mse: '',
};

export const harnessFaults =
  'H1 H1-constant H1-zeros H2 H2-weights H2-upstream H3 H4 H5 H6 H7 H7-one-hot H8'.split(' ');
