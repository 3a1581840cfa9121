/* A convolution and its gradients by plain loops: an example of a kernel to be judged.
   cc -O2 -o example_conv example_conv.c bp1_client.c && backproof gate --command ./example_conv */
#include "bp1.h"

/* The axis whose stride the gradients use along the columns; example_conv_wrong.c sets another. */
#ifndef COLUMN_AXIS
#define COLUMN_AXIS 1
#endif

typedef struct {
  long stride[2], padding[4], dilation[2], groups; /* padding: top, bottom, left, right */
} geometry;

/* Adds up one of y, dx, dw over every product of the sum; a tap beyond the border of x has none. */
static void slide(const bp1_tensor *x, const bp1_tensor *w, const bp1_tensor *y, const geometry *at, char wanted) {
  const long *X = x->shape, *W = w->shape, *Y = y->shape;
  double *xs = x->data, *ws = w->data, *ys = y->data;
  long column_stride = at->stride[wanted == 'y' ? 1 : COLUMN_AXIS];
  for (long n = 0; n < Y[0]; n++)
    for (long o = 0; o < Y[1]; o++) {
      long first = o / (W[0] / at->groups) * W[1]; /* the first input channel of this filter's group */
      for (long p = 0; p < Y[2]; p++)
        for (long q = 0; q < Y[3]; q++)
          for (long c = 0; c < W[1]; c++)
            for (long i = 0; i < W[2]; i++)
              for (long j = 0; j < W[3]; j++) {
                long row = at->stride[0] * p + at->dilation[0] * i - at->padding[0];
                long column = column_stride * q + at->dilation[1] * j - at->padding[2];
                if (row < 0 || row >= X[2] || column < 0 || column >= X[3]) continue;
                double *one_y = ys + ((n * Y[1] + o) * Y[2] + p) * Y[3] + q;
                double *one_x = xs + ((n * X[1] + first + c) * X[2] + row) * X[3] + column;
                double *one_w = ws + ((o * W[1] + c) * W[2] + i) * W[3] + j;
                if (wanted == 'y') *one_y += *one_w * *one_x;
                if (wanted == 'x') *one_x += *one_w * *one_y;
                if (wanted == 'w') *one_w += *one_x * *one_y;
              }
    }
}

/* Adds b to every place of its channel of y, or y to b. */
static void add_bias(const bp1_tensor *b, const bp1_tensor *y, char wanted) {
  double *bs = b->data, *ys = y->data;
  long channels = y->shape[1], plane = y->shape[2] * y->shape[3];
  for (long k = 0; k < y->shape[0] * channels * plane; k++) {
    if (wanted == 'y') ys[k] += bs[k / plane % channels];
    else bs[k / plane % channels] += ys[k];
  }
}

static const char *conv2d(bp1_call *call) {
  geometry at;
  if (strcmp(call->op, "conv2d")) return "there is only conv2d here";
  const char *params = call->params;
  int found = bp1_ints(params, "\"stride\":", at.stride, 2) + bp1_ints(params, "\"padding\":", at.padding, 4) +
              bp1_ints(params, "\"dilation\":", at.dilation, 2) + bp1_ints(params, "\"groups\":", &at.groups, 1);
  if (found != 9) return "a parameter is in another form";
  for (int k = 0; k < call->count; k++)
    if (strcmp(call->tensors[k].dtype, "f64")) return "only f64";
  const bp1_tensor *x = bp1_find(call, "x"), *w = bp1_find(call, "w"), *b = bp1_find(call, "b");
  const bp1_tensor *y = bp1_find(call, "y"), *y_bar = bp1_find(call, "upstream");
  const bp1_tensor *dx = bp1_find(call, "dx"), *dw = bp1_find(call, "dw"), *db = bp1_find(call, "db");
  if (!x || !w || (!y && !y_bar)) return "an operand is missing";
  if (y) slide(x, w, y, &at, 'y');
  if (y && b) add_bias(b, y, 'y');
  if (dx) slide(dx, w, y_bar, &at, 'x');
  if (dw) slide(x, dw, y_bar, &at, 'w');
  if (db) add_bias(db, y_bar, 'b');
  return NULL;
}

int main(void) {
  return bp1_serve("conv2d by plain loops in C", "[{\"op\":\"conv2d\",\"dtypes\":[\"f64\"]}]", conv2d);
}
