#ifndef STATS_H
#define STATS_H

/* The mean of count values; 0 of none. */
double mean(const double *values, int count);

#endif
