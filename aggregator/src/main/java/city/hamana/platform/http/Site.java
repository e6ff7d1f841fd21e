package city.hamana.platform.http;

import city.hamana.platform.html.Frame;
import city.hamana.platform.html.Html;
import city.hamana.platform.metrics.Metrics;

/**
 * What answering needs besides the routes.
 *
 * @param proxies that stand before this program and say from where a call comes
 */
public record Site(Frame frame, Html html, Gate gate, Metrics metrics, TrustedProxies proxies) {}
