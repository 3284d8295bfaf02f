# A walk on a line: the number of the step, and where it led.
BEGIN {
  srand(seed)
  for (n = 1; n <= steps; n++) {
    place += rand() < 0.5 ? -1 : 1
    print n, place
  }
}
