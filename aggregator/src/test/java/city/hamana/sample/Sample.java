package city.hamana.sample;

/** Words of a module that exists in tests only. */
public final class Sample {
    private Sample() {}
}
