package city.hamana.service.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The files of districts, right and wrong. */
class DistrictFilesTest {
    private static final DistrictFiles.Held NOTHING = new DistrictFiles.Held(Set.of(), Set.of(), Set.of());
    private static final String DISTRICTS = DistrictFiles.HEADS.get("districts") + "\n";
    private static final String INLETS = DistrictFiles.HEADS.get("inlets") + "\n";
    private static final String METERS = DistrictFiles.HEADS.get("meters") + "\n";
    private static final String NORTH = "A-1,北部,,Norte,North,34.7,137.5,120,\n";

    @Test
    void threeFilesMakeADistrictWithABorderAndHomes() {
        DistrictFiles.Content content = read(
                Map.of(
                        "districts",
                        "\ufeff" + DISTRICTS + NORTH,
                        "inlets",
                        INLETS + "A-1,in-0001,1\nA-1,out-0001,-1\n",
                        "meters",
                        METERS + "els-0001,2016-04-01,A-1\nels-0001,2016-12-01,\n"),
                NOTHING);
        assertEquals(List.of(), content.slips());
        assertEquals(120, content.districts().getFirst().connections());
        assertEquals(-1, content.inlets().getLast().direction());
        assertEquals("", content.meters().getLast().dma());
    }

    @Test
    void everyMistakeIsNamedWithItsLine() {
        DistrictFiles.Content content = read(
                Map.of(
                        "districts",
                        DISTRICTS + NORTH + NORTH + "a 1,,,,,95,137.5,many,POINT (1 2)\n" + "B,name\n",
                        "inlets",
                        INLETS + "A-1,in-0001,2\nC-9,in-0002,1\nA-1,in-0001,1\nA-1,in-0001,1\nA-1,not a meter,1\n",
                        "meters",
                        METERS + "in-0001,2016-04-01,A-1\nels-0001,yesterday,A-1\nels-0002,2016-02-30,D\n"),
                NOTHING);
        List<String> told = content.slips().stream()
                .map(slip -> slip.file() + " " + slip.line() + " " + slip.column())
                .toList();
        assertEquals(
                List.of(
                        "districts 3 twice",
                        "districts 4 dma",
                        "districts 4 name",
                        "districts 4 latitude",
                        "districts 4 connections",
                        "districts 4 outline",
                        "districts 5 length",
                        "inlets 2 direction",
                        "inlets 3 dma",
                        "inlets 4 twice",
                        "inlets 5 twice",
                        "inlets 6 meter",
                        "meters 3 from",
                        "meters 4 from",
                        "meters 4 dma"),
                told);
    }

    @Test
    void theOutlineMayBeLeftOutWithItsColumnToo() {
        String head = DISTRICTS.replace(",outline", "");
        String outline = "\"POLYGON ((137.5 34.7, 137.6 34.7, 137.6 34.8, 137.5 34.7))\"";
        DistrictFiles.Content without = read(Map.of("districts", head + "A-1,北部,,,,34.7,137.5,120\n"), NOTHING);
        DistrictFiles.Content with =
                read(Map.of("districts", DISTRICTS + "A-1,北部,,,,34.7,137.5,120," + outline + "\n"), NOTHING);
        assertEquals(List.of(), without.slips());
        assertEquals(Map.of(), without.outlines());
        assertEquals(List.of(), with.slips());
        assertEquals(Set.of("A-1"), with.outlines().keySet());
    }

    @Test
    void aMeterIsEitherInTheBorderOrAHomes() {
        Map<String, String> both = Map.of(
                "districts", DISTRICTS + NORTH,
                "inlets", INLETS + "A-1,in-0001,1\n",
                "meters", METERS + "in-0001,2016-04-01,A-1\n");
        assertEquals("both", read(both, NOTHING).slips().getFirst().column());
        DistrictFiles.Held homes = new DistrictFiles.Held(Set.of("A-1"), Set.of(), Set.of("in-0001"));
        Map<String, String> later = Map.of("inlets", INLETS + "A-1,in-0001,1\n");
        assertEquals("both", read(later, homes).slips().getFirst().column());
    }

    @Test
    void aDistrictIsNotLostByAFileThatLacksIt() {
        DistrictFiles.Held held = new DistrictFiles.Held(Set.of("A-1", "B-2"), Set.of(), Set.of());
        Slip slip = read(Map.of("districts", DISTRICTS + NORTH), held).slips().getFirst();
        assertEquals("kept B-2", slip.column() + " " + slip.value());
    }

    @Test
    void whatIsNoSuchFileIsRefusedAndManyMistakesEnd() {
        for (String text : List.of("", "\0\1\2", "a,b\n1,2\n", DISTRICTS + "\"never closed")) {
            assertTrue(!read(Map.of("districts", text), NOTHING).slips().isEmpty(), text);
        }
        assertEquals("none", read(Map.of(), NOTHING).slips().getFirst().column());
        StringBuilder wrong = new StringBuilder(INLETS);
        IntStream.range(0, 1_000).forEach(i -> wrong.append("?,?,?\n"));
        assertEquals(
                50, read(Map.of("inlets", wrong.toString()), NOTHING).slips().size());
    }

    private static DistrictFiles.Content read(Map<String, String> texts, DistrictFiles.Held held) {
        return DistrictFiles.read(new java.util.TreeMap<>(texts), held);
    }
}
