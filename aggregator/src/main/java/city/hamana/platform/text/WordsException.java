package city.hamana.platform.text;

/** Words that cannot be used: a file that is missing, a key that one language lacks, a key nobody defined. */
public final class WordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WordsException(String message) {
        super(message);
    }

    static WordsException missingKey(Language language, String key) {
        return new WordsException("no word for " + key + " in " + language.code());
    }

    static WordsException missingFile(String path) {
        return new WordsException("no words at " + path);
    }

    static WordsException twice(String key) {
        return new WordsException("the word " + key + " is defined by two packages");
    }

    static WordsException uneven(Language language, Iterable<String> keys) {
        return new WordsException("words that ja and " + language.code() + " do not share: " + String.join(", ", keys));
    }
}
