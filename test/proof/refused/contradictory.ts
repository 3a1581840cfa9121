/** Under assumptions that contradict one another everything follows: nothing may be certified. */

export const contradictory: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: '22: a size between two neighbouring numbers',
    text: `assume 3 <= N, N <= 2
y[n<N] = x[n]
z[n<N] = 2*x[n]
prove y = z`,
  },
  {
    name: 'a false gradient where the stride is no stride',
    text: `tensor x[N, C, L], w[O, C, K]
assume s >= 1, K >= 1, s <= 0
y = conv1d(x, w, stride=s)
dx = crop(correlate(zero_stuff(yBar, step=s), transpose(w), padding=full), start=0, length=L)
prove gradient of y by x is dx`,
  },
  {
    name: 'a true gradient where the stride is no stride',
    text: `tensor x[N, C, L], w[O, C, K]
assume s >= 1, K >= 1, s <= 0
y = conv1d(x, w, stride=s)
dx = crop(correlate(zero_stuff(yBar, step=s), flip_spatial(transpose(w)), padding=full), start=0, length=L)
prove gradient of y by x is dx`,
  },
  {
    name: 'a contradiction that takes a product of assumptions to see',
    text: `assume a >= 1, b >= 1, a*b <= 0
y[n<N] = x[n]
z[n<N] = 0*x[n]
prove y = z`,
  },
  {
    name: 'a square that is negative',
    text: `assume a*a <= -1
y[n<N] = x[n]
z[n<N] = x[n + 1]
prove y = z`,
  },
  {
    name: 'a free index that has no value',
    text: `assume N <= 0
y[n<N] = x[n]
z[n<N] = x[n]
prove y = z`,
  },
];
