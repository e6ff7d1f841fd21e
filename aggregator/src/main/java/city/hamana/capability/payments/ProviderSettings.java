package city.hamana.capability.payments;

import java.net.URI;

/**
 * The company that takes payments by card and QR for the city (指定納付受託者, 地方自治法231条の2の3 [K]).
 *
 * @param api where it is asked: {@code https://api.provider.example}
 * @param key by which it knows the city
 * @param secret with which it signs its web-hooks
 */
public record ProviderSettings(URI api, String key, String secret) {
    public ProviderSettings {
        boolean loopback = "127.0.0.1".equals(api.getHost());
        if (!"https".equals(api.getScheme()) && !loopback) {
            throw new IllegalArgumentException("payment-api must begin with https://");
        }
        if (key.isEmpty() || secret.length() < 16) {
            throw new IllegalArgumentException("the payment provider's key is empty, or its secret is short");
        }
    }

    @Override
    public String toString() {
        return "ProviderSettings " + api;
    }
}
