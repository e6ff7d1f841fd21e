package city.hamana.capability.documents;

import java.util.Optional;

/**
 * A document as its verification page shows it.
 *
 * @param same whether the file that was compared is the one that was issued; empty when none was
 */
public record Verified(Issued issued, String issuer, Optional<Boolean> same) {}
