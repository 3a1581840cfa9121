/** The gradient of a convolution by its input, written by operators and by sums. */

/** The input gradient as textbooks state it, with the start of the window left open. */
export const textbook = (start: string) => `
theorem conv/dx
rank 1..2
tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, d@ >= 1, a@ >= 0, b@ >= 0, K@ >= 1
y = conv@d(x, w, stride=s@, dilation=d@, padding=[a@, b@])   # as in libraries: no flip
dx = crop(correlate(zero_stuff(yBar, step=s@),
                    flip_spatial(dilate(transpose(w), step=d@)), padding=full),
          start=${start}, length=L@)
prove gradient of y by x is dx
prove adjoint of y by x is dx
`;

/** The same by sums: the stride's zeros, the dilated kernel, its rotation and the full correlation. */
export const byStages = `
rank 1..2
tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, d@ >= 1, a@ >= 0, b@ >= 0, P@ >= 0, K@ >= 1
assume 0 <= L@ + a@ + b@ - d@*(K@ - 1) - 1 - s@*(P@ - 1) < s@
y[n<N, o<O, p@<P@] = sum(c<C, q@<K@) [0 <= s@*p@ + d@*q@ - a@ < L@] x[n, c, s@*p@ + d@*q@ - a@] * w[o, c, q@]
stuffed[n<N, o<O, u@<s@*(P@ - 1) + 1] = sum(p@<P@) [u@ = s@*p@] yBar[n, o, p@]
rotated[o<O, c<C, v@<d@*(K@ - 1) + 1] = sum(q@<K@) [d@*(K@ - 1) - v@ = d@*q@] w[o, c, q@]
full[n<N, c<C, t@<s@*(P@ - 1) + d@*(K@ - 1) + 1] =
  sum(o<O, v@<d@*(K@ - 1) + 1) [0 <= t@ + v@ - d@*(K@ - 1) < s@*(P@ - 1) + 1]
  stuffed[n, o, t@ + v@ - d@*(K@ - 1)] * rotated[o, c, v@]
dx[n<N, c<C, i@<L@] = [0 <= i@ + a@ < s@*(P@ - 1) + d@*(K@ - 1) + 1] full[n, c, i@ + a@]
prove gradient of y by x is dx
`;
