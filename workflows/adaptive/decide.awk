# Says whether the mean is known well enough, the mean, and its standard error.
{ n++; sum += $1; squares += $1 * $1 }
END {
    mean = sum / n
    deviation = sqrt((squares / n - mean * mean) / n)
    printf "%s %.3f %.4f\n", deviation < error ? "enough" : "more", mean, deviation
}
