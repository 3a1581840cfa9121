/* example_conv.c with one fault, to be found: the gradients step along the columns by the stride of the rows.
   No square stride shows it. */
#define COLUMN_AXIS 0
#include "example_conv.c"
