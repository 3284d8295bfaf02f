#include <stdio.h>
#include <stdlib.h>

#include "stats.h"

int main(int argc, char **argv)
{
    double values[64];
    int count = argc - 1 < 64 ? argc - 1 : 64;
    for (int i = 0; i < count; i++)
        values[i] = atof(argv[i + 1]);
    printf("mean %g\n", mean(values, count));
    return 0;
}
