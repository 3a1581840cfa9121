/* bp1 in C99 on POSIX: the conversation. Each request is read to its end before it is looked at. */
#define _POSIX_C_SOURCE 200809L
#include "bp1.h"
#include <stdio.h>
#include <unistd.h>
static long add(bp1_call *call, const char *at, const char *data, long left) { /* a tensor; its bytes, -1: it is none */
  bp1_tensor *one = &call->tensors[call->count];
  if (sscanf(at, "{\"name\":\"%15[^\"]\",\"dtype\":\"%7[^\"]\"", one->name, one->dtype) != 2) return -1;
  one->nbytes = strstr(one->dtype, "64") ? 8 : strstr(one->dtype, "32") ? 4 : strstr(one->dtype, "16") ? 2 : 1;
  one->rank = bp1_ints(at, "\"shape\":", one->shape, 8);
  for (int k = 0; k < one->rank; k++) one->nbytes *= one->shape[k];
  if (one->nbytes > left || !(one->data = calloc(one->nbytes + 1, 1))) return -1;
  return data ? memcpy(one->data, data, one->nbytes) : NULL, call->count++, one->nbytes;
}
int bp1_serve(const char *name, const char *ops, bp1_kernel *kernel) {
  static char head[65540], list[66000], t[16]; FILE *wire = fdopen(dup(1), "wb");
  for (dup2(2, 1); fgets(head, sizeof head, stdin); fflush(wire)) { /* what is printed from here on goes to stderr */
    long id = 0, pay = 0, used = 0, sent = 0, bytes = 0, n = *t = *list = 0;
    sscanf(head, "{\"t\":\"%15[^\"]\",\"id\":%ld,\"pay\":%ld", t, &id, &pay);
    char *data = malloc(pay + 1), *op = strstr(head, "\"op\":"), *want = strstr(head, "\"want\":["), *at = "";
    if (!data || fread(data, 1, pay, stdin) < (size_t)pay || !strcmp(t, "bye")) return 0;
    bp1_call call = { .params = strstr(head, "\"params\":") };
    for (at = want ? head : at; (at = strstr(at, "{\"name\":")) && call.count < 16 && bytes >= 0; at++)
      if (at < want) used += bytes = add(&call, at, data + used, pay - used), call.operands++;
      else sent += bytes = add(&call, at, NULL, 1L << 40),
        n += sprintf(list + n, "%s%.*s,\"nbytes\":%ld}", n ? "," : "", (int)strcspn(at, "}"), at, bytes);
    int can = bytes >= 0 && used == pay && op && want && call.params
      && sscanf(op, "\"op\":\"%31[^\"]\",\"pass\":\"%15[^\"]\"", call.op, call.pass) == 2;
    const char *why = can ? kernel(&call) : "this is no request", *code = can ? "unsupported" : "invalid";
    if (!strcmp(t, "hello") && !strstr(head, "\"bp\":1,"))
      fprintf(wire, "{\"t\":\"err\",\"id\":%ld,\"pay\":0,\"code\":\"version\",\"want\":[1]}\n", id);
    else if (!strcmp(t, "hello")) fprintf(wire, "{\"t\":\"ready\",\"id\":%ld,\"pay\":0,\"bp\":1,\"name\":\"%s\","
      "\"version\":\"\",\"lang\":\"c\",\"declares\":{},\"ops\":%s}\n", id, name, ops);
    else if (why) fprintf(wire, "{\"t\":\"err\",\"id\":%ld,\"pay\":0,\"code\":\"%s\",\"msg\":\"%s\"}\n", id, code, why);
    else fprintf(wire, "{\"t\":\"ok\",\"id\":%ld,\"pay\":%ld,\"out\":[%s]}\n", id, sent, list);
    for (int k = (free(data), 0); k < call.count; free(call.tensors[k++].data))
      if (!why && k >= call.operands) fwrite(call.tensors[k].data, 1, call.tensors[k].nbytes, wire);
  }
  return 0;
}
