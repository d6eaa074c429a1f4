package id.jembatan.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** How bodies are written and read. What a later server adds is passed over. */
public final class Json {
  private static final ObjectMapper MAPPER = make();

  private Json() {}

  /** The mapper of this package; do not change its settings. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper make() {
    SimpleModule module = new SimpleModule("jembatan");
    module.addSerializer(new NullableWriter());
    module.addDeserializer(JsonNullable.class, new NullableReader(null));
    module.addSerializer(new TextWriter<>(OffsetDateTime.class, DateTimeFormatter.ISO_OFFSET_DATE_TIME::format));
    module.addDeserializer(OffsetDateTime.class, new TextReader<>(OffsetDateTime.class, OffsetDateTime::parse));
    module.addSerializer(new TextWriter<>(LocalDate.class, LocalDate::toString));
    module.addDeserializer(LocalDate.class, new TextReader<>(LocalDate.class, LocalDate::parse));
    ObjectMapper mapper = JsonMapper.builder()
        .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(module)
        .build();
    // An absent one is empty: it is left out, where null is written.
    mapper.configOverride(JsonNullable.class)
        .setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    return mapper;
  }

  @SuppressWarnings("rawtypes")
  private static final class NullableWriter extends StdSerializer<JsonNullable> {
    private static final long serialVersionUID = 1L;

    NullableWriter() {
      super(JsonNullable.class);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, JsonNullable value) {
      return value == null || !value.isPresent();
    }

    @Override
    public void serialize(JsonNullable value, JsonGenerator out, SerializerProvider provider) throws IOException {
      provider.defaultSerializeValue(value.isPresent() ? value.get() : null, out);
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class NullableReader extends StdDeserializer<JsonNullable> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final transient JavaType content;

    NullableReader(JavaType content) {
      super(JsonNullable.class);
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
      JavaType whole = property == null ? context.getContextualType() : property.getType();
      return new NullableReader(whole.containedTypeOrUnknown(0));
    }

    @Override
    public JsonNullable<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return JsonNullable.of(context.readValue(in, content));
    }

    @Override
    public JsonNullable<?> getNullValue(DeserializationContext context) {
      return JsonNullable.of(null);
    }
  }

  private static final class TextWriter<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, String> text;

    TextWriter(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
      out.writeString(text.apply(value));
    }
  }

  private static final class TextReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    TextReader(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getValueAsString();
      try {
        return parse.apply(text);
      } catch (DateTimeParseException | NullPointerException error) {
        return (T) context.handleWeirdStringValue(handledType(), String.valueOf(text), "%s", String.valueOf(error.getMessage()));
      }
    }
  }

  /** A body as bytes. */
  static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException error) {
      throw new IllegalArgumentException("the body cannot be written as JSON", error);
    }
  }
}
