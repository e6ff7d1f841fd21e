package city.hamana.capability.documents;

import java.util.Collections;
import java.util.List;

/** What a document is made of, from the top. */
public sealed interface Part {
    /** A chapter's head. */
    record Heading(String text) implements Part {}

    /** A paragraph. */
    record Text(String text) implements Part {}

    /** A paragraph in small letters. */
    record Small(String text) implements Part {}

    /** A line at the right edge: date, issuer. */
    record Right(String text) implements Part {}

    /** Names and values, one pair a line. */
    record Facts(List<Fact> facts) implements Part {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    record Fact(String name, String value) {}

    /**
     * A table.
     *
     * @param shares of the width, one for each column, 1 in all; empty for equal ones
     */
    record Table(List<String> head, List<List<String>> rows, List<Float> shares) implements Part {
        public Table {
            head = List.copyOf(head);
            rows = List.copyOf(rows);
            shares = shares.isEmpty() ? Collections.nCopies(head.size(), 1f / head.size()) : List.copyOf(shares);
        }
    }

    /** A place to be filled in by hand: what belongs there, and how many lines. */
    record Blank(String label, int lines) implements Part {}

    /**
     * A new sheet that begins with the window of its envelope; what follows stands below the fold. A document that begins
     * with one has no title above it.
     *
     * @param lines address and name
     * @param mark in small letters below them, by which the letter is known from outside
     */
    record Window(List<String> lines, String mark) implements Part {
        public Window {
            lines = List.copyOf(lines);
        }
    }

    /** Sheets side by side at the foot of a page, to be cut apart: the three of a payment slip. */
    record Stubs(List<Stub> stubs) implements Part {
        public Stubs {
            stubs = List.copyOf(stubs);
        }
    }

    /**
     * One of them.
     *
     * @param amount in large letters below the title
     * @param stamp what is put at its foot by hand; may be empty
     * @param bars digits of a GS1-128, printed with the FNC1 before them; empty for none
     * @param barsText lines below the bars, or in their place
     * @param squares text of a QR code; empty for none
     */
    record Stub(
            String title,
            String amount,
            List<Fact> facts,
            String stamp,
            String bars,
            List<String> barsText,
            String squares) {
        public Stub {
            facts = List.copyOf(facts);
            barsText = List.copyOf(barsText);
        }
    }

    /** Room between parts. */
    record Space() implements Part {}
}
