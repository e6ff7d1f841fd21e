package city.hamana.service.roads;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws a street with something wrong in it, and SAMPLE written over it. */
final class SamplePicture {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    private SamplePicture() {}

    static byte[] png(String category, int number) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        street(pen, number);
        switch (category) {
            case "pothole", "sinkhole" -> hole(pen, category.equals("sinkhole") ? 330 : 170);
            case "light", "mirror" -> pole(pen, category.equals("mirror"));
            case "tree", "blocked" -> branch(pen);
            default -> box(pen);
        }
        pen.setColor(new Color(255, 255, 255, 200));
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 48));
        pen.drawString("SAMPLE", 40, HEIGHT - 40);
        pen.dispose();
        return bytes(image);
    }

    private static void street(Graphics2D pen, int number) {
        pen.setColor(new Color(170 + number * 5 % 40, 205, 235));
        pen.fillRect(0, 0, WIDTH, 260);
        pen.setColor(new Color(120, 160 + number * 7 % 40, 110));
        pen.fillRect(0, 240, WIDTH, HEIGHT);
        pen.setColor(new Color(105, 105, 108));
        pen.fillPolygon(new int[] {330, 470, 790, 10}, new int[] {240, 240, HEIGHT, HEIGHT}, 4);
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(6, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {40, 30}, 0));
        pen.drawLine(400, 250, 400, HEIGHT);
        pen.setStroke(new BasicStroke(4));
    }

    private static void hole(Graphics2D pen, int width) {
        pen.setColor(new Color(60, 58, 56));
        pen.fillOval(470 - width / 2, 430, width, width / 3);
        pen.setColor(new Color(35, 33, 32));
        pen.fillOval(480 - width / 3, 440, width * 2 / 3, width / 5);
    }

    private static void pole(Graphics2D pen, boolean mirror) {
        pen.setColor(new Color(90, 90, 95));
        pen.fillRect(620, 120, 14, 400);
        pen.setColor(mirror ? new Color(235, 120, 30) : new Color(60, 60, 60));
        pen.fillOval(570, 90, 110, mirror ? 110 : 40);
        pen.setColor(new Color(200, 215, 225));
        pen.fillOval(585, mirror ? 105 : 100, 80, mirror ? 80 : 14);
    }

    private static void branch(Graphics2D pen) {
        pen.setColor(new Color(95, 65, 40));
        pen.setStroke(new BasicStroke(26, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.drawLine(150, 500, 640, 400);
        pen.setColor(new Color(50, 110, 50));
        for (int i = 0; i < 9; i++) {
            pen.fillOval(380 + i * 35, 340 + i * 23 % 60, 70, 60);
        }
    }

    private static void box(Graphics2D pen) {
        pen.setColor(new Color(175, 130, 80));
        pen.fillRect(430, 400, 130, 90);
        pen.setColor(new Color(120, 85, 50));
        pen.drawLine(430, 445, 560, 445);
    }

    private static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
