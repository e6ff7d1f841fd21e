package city.hamana.service.roads;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The same answer as XML: a list becomes an element with one child for each entry, called as the standard calls it. */
final class Open311Xml {
    private static final Map<String, String> CHILDREN = Map.of(
            "services", "service",
            "service_requests", "request",
            "errors", "error",
            "attributes", "attribute",
            "values", "value",
            "endpoints", "endpoint",
            "formats", "format");
    /** What XML 1.0 cannot hold. */
    private static final String UNWRITABLE = "[^\\x09\\x0a\\x0d\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]";

    private Open311Xml() {}

    static byte[] of(String root, JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            write(xml, root, node);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer can be written as XML", e);
        }
        return bytes.toByteArray();
    }

    private static void write(XMLStreamWriter xml, String name, JsonNode node) throws XMLStreamException {
        xml.writeStartElement(name);
        if (node.isArray()) {
            for (JsonNode child : node) {
                write(xml, CHILDREN.get(name), child);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                write(xml, field.getKey(), field.getValue());
            }
        } else if (!node.isNull()) {
            xml.writeCharacters(node.asText().replaceAll(UNWRITABLE, "\uFFFD"));
        }
        xml.writeEndElement();
    }
}
