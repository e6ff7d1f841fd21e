package city.hamana.capability.payments;

import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the payment provider tells by itself. It is believed only with its signature, and only while it is fresh. */
final class HookPages {
    private static final Logger LOG = LoggerFactory.getLogger(HookPages.class);
    private static final int OK = 200;

    private final PaymentProvider provider;
    private final Attempts attempts;
    private final LongAdder taken;
    private final LongAdder untrusted;
    private final LongAdder unknown;

    HookPages(PaymentProvider provider, Attempts attempts, Metrics metrics) {
        this.provider = provider;
        this.attempts = attempts;
        taken = metrics.counter("hamana_payment_hooks_total", "Web-hooks of the payment provider that were believed.");
        untrusted = metrics.counter(
                "hamana_payment_hooks_refused_total", "Web-hooks without the provider's signature, or too old.");
        unknown = metrics.counter(
                "hamana_payment_hooks_unknown_total", "Believed web-hooks about payments that nobody began here.");
    }

    /** Everything that is believed is answered with 200, or the provider tells it again. */
    Reply told(Call call) {
        byte[] body = call.body();
        return switch (provider.told(call.header("Payment-Signature").orElse(""), body)) {
            case PaymentProvider.Told.Trusted(var known) -> {
                taken.increment();
                if (!attempts.hear(known)) {
                    unknown.increment();
                    LOG.warn("the payment provider told of a payment that is not ours: {}", known.payment());
                }
                yield Reply.empty(OK);
            }
            case PaymentProvider.Told.Nothing() -> Reply.empty(OK);
            case PaymentProvider.Told.Untrusted(var why) -> {
                untrusted.increment();
                LOG.warn("what came as from the payment provider was refused: {}", why);
                yield Reply.problem(401, "The signature is not the provider's, or it is too old.");
            }
        };
    }
}
