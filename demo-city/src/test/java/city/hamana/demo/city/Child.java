package city.hamana.demo.city;

import java.nio.file.Files;
import java.nio.file.Path;

/** A tiny program for the supervisor's tests; its first argument says how it behaves. */
public final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("started " + ProcessHandle.current().pid());
        switch (arguments[0]) {
            case "crash" -> {
                System.out.println("something is wrong");
                System.exit(3);
            }
            case "until-eof" -> System.in.read();
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> note(Path.of(arguments[1]), "asked to stop")));
                Thread.sleep(600_000);
            }
            case "parent" -> {
                Supervised child = Children.start("grandchild", Path.of(arguments[1]), line -> {}, "until-eof");
                note(Path.of(arguments[1]).resolve("grandchild"), Long.toString(child.pid()));
                Thread.sleep(600_000);
            }
            case "chatty" -> {
                for (int i = 0; i < 2_000; i++) {
                    System.out.println("line " + i + " " + "x".repeat(50));
                }
                System.in.read();
            }
            default -> System.exit(2);
        }
    }

    private static void note(Path file, String text) {
        try {
            Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(fresh, file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
