/* What a kernel in C99 sees of bp1. Write a kernel, let main return bp1_serve("name", ops, kernel), where ops says what
   it takes: "[{\"op\":\"conv2d\",\"dtypes\":[\"f64\"]}]", and compile it together with bp1_client.c (POSIX). */
#ifndef BP1_H
#define BP1_H
#include <stdlib.h>
#include <string.h>
typedef struct {
  char name[16], dtype[8];     /* x, w, b, target, upstream; y, dx, dw, db */
  long rank, shape[8], nbytes; /* of dense data in C order */
  void *data;                  /* the results that are wanted are zeros, to be filled in */
} bp1_tensor;
typedef struct {
  char op[32], pass[16]; /* forward or backward */
  const char *params;    /* as JSON */
  int count, operands; /* the operands stand first */
  bp1_tensor tensors[16];
} bp1_call;
/* NULL when it is done; else why this call is not supported, in a text without quotes. */
typedef const char *bp1_kernel(bp1_call *call);
int bp1_serve(const char *name, const char *ops, bp1_kernel *kernel);
/* The tensor of a name; NULL where there is none. */
static inline bp1_tensor *bp1_find(bp1_call *call, const char *name) {
  for (int k = 0; k < call->count; k++)
    if (!strcmp(call->tensors[k].name, name)) return &call->tensors[k];
  return NULL;
}
/* The integers after a key, such as "\"padding\":", brackets aside: [[1,2],[3,4]] is 1 2 3 4. Returns how many. */
static inline int bp1_ints(const char *json, const char *key, long *out, int most) {
  const char *at = strstr(json, key);
  int n = 0, depth = 0;
  for (at = at ? at + strlen(key) : ""; *at; at++) {
    depth += (*at == '[') - (*at == ']');
    if (*at >= '0' && *at <= '9' && n < most) out[n++] = strtol(at, (char **)&at, 10), at--;
    if (depth == 0) break;
  }
  return n;
}
#endif
