package city.hamana.service.roads;

import java.util.List;

/**
 * What may be wrong with a road, as data.
 *
 * @param code {@code pothole}; its words are {@code roads.category.CODE}, its picture {@code sign-CODE.svg}
 * @param title as the city's files call it
 * @param department that looks after it where the road is the city's
 * @param danger whether one should telephone first
 * @param nearMetres how near another report may be to be the same thing
 * @param workingDays in which the city looks at it
 */
public record Category(
        String code,
        String title,
        String department,
        boolean danger,
        int nearMetres,
        int workingDays,
        List<Question> questions) {
    public Category {
        questions = List.copyOf(questions);
    }

    /**
     * What is asked about it.
     *
     * @param type {@code one} or {@code many} of the values, or {@code text}
     */
    public record Question(String code, String type, boolean must, List<String> values) {
        /** Longest answer in words. */
        public static final int LONGEST = 200;

        public Question {
            values = List.copyOf(values);
        }

        /** Id of the form's field. */
        public String field() {
            return "answer-" + code;
        }

        /** Whether these answers fit the question. */
        boolean takes(List<String> answers) {
            return switch (type) {
                case "text" -> answers.stream().allMatch(a -> a.length() <= LONGEST);
                case "one" -> answers.size() <= 1 && values.containsAll(answers);
                default -> values.containsAll(answers);
            };
        }
    }
}
