package city.hamana.aggregator;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import nu.validator.client.EmbeddedValidator;
import nu.validator.validation.SimpleDocumentValidator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The judge of the W3C (nu.validator), asked about pages. Its schema takes a second to read; one page some milliseconds. */
final class Markup {
    private final Faults faults = new Faults();
    private final SimpleDocumentValidator validator = new SimpleDocumentValidator();

    /**
     * Reads the schema.
     *
     * @throws Exception as the validator declares it; there is nothing to be done about any of them
     */
    Markup() throws Exception {
        validator.setUpMainSchema(EmbeddedValidator.SCHEMA_URL, faults);
        validator.setUpValidatorAndParsers(faults, false, false);
    }

    /** Its errors, each with the line it is about; warnings are not among them. */
    List<String> faults(String page) {
        faults.lines = page.split("\n", -1);
        faults.found.clear();
        try {
            validator.checkHtmlInputSource(new InputSource(new StringReader(page)));
        } catch (IOException | SAXException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(faults.found);
    }

    private static final class Faults implements ErrorHandler {
        private final List<String> found = new ArrayList<>();
        private String[] lines = {};

        @Override
        public void warning(SAXParseException warning) {}

        @Override
        public void error(SAXParseException error) {
            int line = error.getLineNumber() - 1;
            found.add(error.getMessage() + " — " + (line >= 0 && line < lines.length ? lines[line].strip() : ""));
        }

        @Override
        public void fatalError(SAXParseException error) {
            error(error);
        }
    }
}
