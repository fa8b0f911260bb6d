import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

/**
 * Fills every message of Kafka's jars with arbitrary values, in every version whose shape differs from the one before, and
 * prints for each one JSON line: name, version, the value in the form that Kafka's own JSON converter reads, and Kafka's bytes for it.
 *
 *   java -cp <the jars of kafka_2.13 and their dependencies> GoldenMessages.java <jar>... > golden-messages.jsonl
 *
 * with the jars that server/protocol/generate reads. The values come from a fixed seed: the output is the same every time.
 */
public class GoldenMessages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] PACKAGES = {
        "org.apache.kafka.common.message.",
        "org.apache.kafka.coordinator.group.generated.",
        "org.apache.kafka.coordinator.transaction.generated.",
        "org.apache.kafka.coordinator.share.generated.",
        "org.apache.kafka.common.metadata.",
    };
    private static final String[] TEXTS = {"", "t", "orders", "주문-δ", "rack-\"a\"/🦊", "x".repeat(130)};

    public static void main(String[] jars) throws Exception {
        for (String jar : jars)
            for (String name : definitionsOf(jar)) print(name);
    }

    private static List<String> definitionsOf(String jar) throws Exception {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                String path = entry.getName();
                if (!path.matches("common/(message|metadata)/\\w+\\.json")) continue;
                names.add(nameIn(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        names.sort(null);
        return names;
    }

    /** A definition's own name stands first in it; the file may be called otherwise. */
    private static String nameIn(String definition) {
        Matcher name = Pattern.compile("\"name\":\\s*\"(\\w+)\"").matcher(definition);
        if (!name.find()) throw new IllegalArgumentException(definition);
        return name.group(1);
    }

    private static void print(String name) throws Exception {
        Class<?> data = dataClass(name);
        if (data == null) return;
        Schema[] schemas = (Schema[]) data.getField("SCHEMAS").get(null);
        Class<?> converter = Class.forName(data.getName() + "JsonConverter");
        Random random = new Random(name.hashCode());
        for (short version = 0; version < schemas.length; version++) {
            Schema schema = schemas[version];
            if (schema == null || version > 0 && schema == schemas[version - 1]) continue;
            ObjectNode value = struct(schema, random);
            Object message = converter.getMethod("read", JsonNode.class, short.class).invoke(null, value, version);
            ByteBuffer bytes = MessageUtil.toByteBufferAccessor((Message) message, version).buffer();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            ObjectNode line = new ObjectNode(JSON);
            line.put("name", name).put("version", version).set("value", value);
            System.out.println(line.put("bytes", Base64.getEncoder().encodeToString(copy)));
        }
    }

    private static Class<?> dataClass(String name) {
        for (String prefix : PACKAGES)
            for (String suffix : new String[] {"Data", ""})
                try {
                    return Class.forName(prefix + name + suffix);
                } catch (ClassNotFoundException ignored) {
                    // the next one then; messages whose every version was removed have no class at all
                }
        return null;
    }

    private static ObjectNode struct(Schema schema, Random random) {
        ObjectNode node = new ObjectNode(JSON);
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                for (Field inner : tagged.fields().values())
                    if (random.nextInt(3) > 0) node.set(camelCase(inner.name), value(inner.type, random));
            } else node.set(camelCase(field.def.name), value(field.def.type, random));
        }
        return node;
    }

    private static JsonNode value(Type type, Random random) {
        if (type.isNullable() && random.nextInt(4) == 0) return JSON.nullNode();
        if (type.isArray()) {
            ArrayNode array = new ArrayNode(JSON);
            for (int left = random.nextInt(4) == 0 ? random.nextInt(3) : 1; left > 0; left--)
                array.add(value(type.arrayElementType().get(), random));
            return array;
        }
        if (type instanceof Schema schema) return struct(schema, random);
        String name = ((Type.DocumentedType) type).typeName();
        switch (name) {
            case "BOOLEAN": return JSON.booleanNode(random.nextBoolean());
            case "INT8": return JSON.numberNode((byte) random.nextInt());
            case "INT16": return JSON.numberNode((short) random.nextInt());
            case "UINT16": return JSON.numberNode(random.nextInt(65536));
            case "INT32": return JSON.numberNode(random.nextInt());
            case "INT64": return JSON.numberNode(random.nextLong());
            case "FLOAT64": return JSON.numberNode(random.nextGaussian());
            case "UUID": return JSON.textNode(new Uuid(random.nextLong(), random.nextLong()).toString());
        }
        if (name.contains("STRING")) return JSON.textNode(TEXTS[random.nextInt(20) == 0 ? TEXTS.length - 1 : random.nextInt(TEXTS.length - 1)]);
        if (name.contains("BYTES") || name.contains("RECORDS")) {
            byte[] bytes = new byte[random.nextInt(10)];
            random.nextBytes(bytes);
            return JSON.binaryNode(bytes);
        }
        throw new IllegalArgumentException(name);
    }

    private static String camelCase(String name) {
        StringBuilder result = new StringBuilder();
        for (String word : name.split("_"))
            result.append(result.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        return result.toString().replaceFirst("^kraft", "kRaft");
    }
}
