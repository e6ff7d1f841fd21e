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

    /** Room between parts. */
    record Space() implements Part {}
}
