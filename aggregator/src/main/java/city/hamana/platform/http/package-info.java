/**
 * Requests and answers: who may call what, forms that cannot be forged, headers, limits, error pages, the request log.
 * For every module that has a route; a route without a role cannot be written.
 * Stands on Helidon's web server; handlers see a {@link city.hamana.platform.http.Call} and give a {@link city.hamana.platform.http.Reply}.
 */
package city.hamana.platform.http;
