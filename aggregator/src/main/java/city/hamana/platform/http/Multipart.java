package city.hamana.platform.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;

/** Reads {@code multipart/form-data} (RFC 7578) into memory, a few at a time, so that many cannot fill it. */
final class Multipart {
    static final String TYPE = "multipart/form-data";

    private static final int MOST_AT_ONCE = 6;
    private static final int MOST_FILES = 20;
    private static final int LONGEST_FIELD_BYTES = 256 << 10;
    private static final int LONGEST_NAME = 200;
    private static final Semaphore AT_ONCE = new Semaphore(MOST_AT_ONCE);

    private Multipart() {}

    /**
     * The form.
     *
     * @throws BodyException 413 if it is longer than {@code longestBytes} or holds too much, 400 if it cannot be read,
     *     503 if too many are being read
     */
    static Form read(ServerRequest req, int longestBytes) {
        if (!AT_ONCE.tryAcquire()) {
            throw BodyException.busy();
        }
        try (InputStream body = req.content().inputStream()) {
            return read(new Streaming().getItemIterator(new Request(req, body)), longestBytes);
        } catch (FileUploadSizeException e) {
            throw BodyException.tooLong(longestBytes);
        } catch (IOException | InvalidPathException e) {
            // The second is what the library says of a file's name with U+0000 in it.
            throw BodyException.broken(e);
        } finally {
            AT_ONCE.release();
        }
    }

    private static Form read(FileItemInputIterator items, int longestBytes) throws IOException {
        Form.Fields fields = new Form.Fields();
        List<Upload> uploads = new ArrayList<>();
        long left = longestBytes;
        while (items.hasNext()) {
            FileItemInput item = items.next();
            int most = (int) Math.min(left, item.isFormField() ? LONGEST_FIELD_BYTES : longestBytes);
            byte[] bytes = item.getInputStream().readNBytes(most + 1);
            if (bytes.length > most || uploads.size() == MOST_FILES) {
                throw BodyException.tooLong(longestBytes);
            }
            left -= bytes.length;
            if (item.isFormField()) {
                fields.add(item.getFieldName(), new String(bytes, StandardCharsets.UTF_8));
            } else if (bytes.length > 0) {
                uploads.add(new Upload(item.getFieldName(), fileName(item.getName()), bytes));
            }
        }
        return fields.form(uploads);
    }

    private static String fileName(String sent) {
        String name = sent == null ? "" : sent.replaceAll(".*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
        return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }

    /** The library's parser without its files: an item is read where it stands. */
    private static final class Streaming extends AbstractFileUpload<Request, DiskFileItem, DiskFileItemFactory> {
        Streaming() {
            setFileCountMax(MOST_FILES + Form.MOST_FIELDS);
        }

        @Override
        public FileItemInputIterator getItemIterator(Request request) throws IOException {
            return super.getItemIterator((RequestContext) request);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Request request) {
            throw new UnsupportedOperationException("items are read where they stand");
        }

        @Override
        public List<DiskFileItem> parseRequest(Request request) {
            throw new UnsupportedOperationException("items are read where they stand");
        }
    }

    private record Request(ServerRequest req, InputStream body) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public long getContentLength() {
            return req.headers().contentLength().orElse(-1);
        }

        @Override
        public String getContentType() {
            return Serving.firstHeader(req, "Content-Type").orElse("");
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
