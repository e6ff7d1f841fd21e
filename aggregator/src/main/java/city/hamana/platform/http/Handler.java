package city.hamana.platform.http;

/** Answers a call. */
@FunctionalInterface
public interface Handler {
    Reply handle(Call call);
}
