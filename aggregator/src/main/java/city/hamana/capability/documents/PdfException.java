package city.hamana.capability.documents;

import java.io.IOException;

/** A PDF that could not be made or signed: a fault of the program or its installation, never of what is reported. */
public final class PdfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PdfException(String message, Throwable cause) {
        super(message, cause);
    }

    static PdfException notMade(IOException cause) {
        return new PdfException("the PDF could not be made", cause);
    }

    static PdfException notSigned(Exception cause) {
        return new PdfException("the PDF could not be signed", cause);
    }
}
