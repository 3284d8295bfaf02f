#include <stdio.h>

#include "stats.h"

static int failures;

static void expect(const char *what, double expected, double found)
{
    printf("%s %s: %g\n", expected == found ? "ok    " : "FAILED", what, found);
    failures += expected != found;
}

int main(void)
{
    const double values[] = {1, 2, 6};
    expect("the mean of three values", 3, mean(values, 3));
    expect("the mean of one value", 1, mean(values, 1));
    expect("the mean of none", 0, mean(values, 0));
    return failures > 0;
}
