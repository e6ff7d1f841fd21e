package city.hamana.capability.people;

import city.hamana.platform.html.FieldError;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.List;

/**
 * An authenticator app being set up.
 *
 * @param secret base32, for who cannot take a picture of the code
 * @param size of the QR code in modules
 * @param path the dark modules as an SVG path
 */
public record AppPage(String secret, int size, String path, List<FieldError> errors) {
    static AppPage of(String secret, String uri, List<FieldError> errors) {
        try {
            ByteMatrix modules = Encoder.encode(uri, ErrorCorrectionLevel.M).getMatrix();
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    if (modules.get(x, y) == 1) {
                        path.append('M').append(x + 4).append(' ').append(y + 4).append("h1v1h-1z");
                    }
                }
            }
            return new AppPage(secret, modules.getWidth() + 8, path.toString(), errors);
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long for a QR code", e);
        }
    }

    /** In groups of four, to be copied by hand. */
    public String grouped() {
        return secret.replaceAll("(.{4})(?=.)", "$1 ");
    }
}
