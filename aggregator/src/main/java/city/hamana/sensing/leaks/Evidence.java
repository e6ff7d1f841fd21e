package city.hamana.sensing.leaks;

/**
 * What a watch saw of a leak, for those who go and look.
 *
 * @param meanM3h mean inflow since the leak began, m3/h
 * @param hours how many hours since then had a figure
 * @param leastM3h the least of them, m3/h
 * @param standardErrors by how many the mean lies over what was to be expected
 */
public record Evidence(double meanM3h, long hours, double leastM3h, double standardErrors) {}
