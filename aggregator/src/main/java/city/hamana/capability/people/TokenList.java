package city.hamana.capability.people;

import java.time.Instant;
import java.util.List;

/**
 * Staff's page of tokens.
 *
 * @param made the token just made, shown this once; empty otherwise
 * @param wrong word of what went wrong, empty otherwise
 */
public record TokenList(List<Token> tokens, List<String> scopes, String made, String wrong, Instant now) {}
