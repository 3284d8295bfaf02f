# A hundred numbers from 0 to 1, by the generator of Park and Miller: the same with every awk.
BEGIN {
    for (i = 0; i < 110; i++) {
        seed = (seed * 16807) % 2147483647
        if (i >= 10) printf "%.9f\n", seed / 2147483647
    }
}
