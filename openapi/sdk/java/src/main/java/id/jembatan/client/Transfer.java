package id.jembatan.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are written as they travel: never whole in memory, checked by their SHA-256, taken up where they broke. */
final class Transfer {
  private static final int CHUNK = 256 * 1024;
  private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{64})\"");

  private Transfer() {}

  static Downloaded download(Engine engine, Call call, Path to) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    Engine.Attempts attempts = engine.attempts(call);
    try {
      while (true) {
        long had = Files.exists(part) ? Files.size(part) : 0;
        Call asked = call.header("Accept", "*/*");
        HttpResponse<InputStream> answer = engine.send(had > 0 ? asked.header("Range", "bytes=" + had + "-") : asked, 416);
        if (answer.statusCode() == 416) {
          Engine.close(answer);
          Files.delete(part);
          continue;
        }
        boolean resumed = answer.statusCode() == 206;
        try (InputStream body = answer.body()) {
          write(body, part, resumed);
        } catch (IOException error) {
          if (Files.exists(part) && Files.size(part) > had) {
            attempts.again();
          }
          attempts.lost(error);
          continue;
        }
        String sha256 = digest(part);
        Matcher tag = TAG.matcher(answer.headers().firstValue("etag").orElse(""));
        if (tag.matches() && !tag.group(1).equals(sha256)) {
          Files.delete(part);
          if (resumed) {
            continue; // a part of something else
          }
          throw new TransportException("what arrived is not what the server has: its SHA-256 differs", null);
        }
        long size = Files.size(part);
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        return new Downloaded(to, size, sha256);
      }
    } catch (IOException error) {
      throw new TransportException("the file cannot be written: " + error.getMessage(), error);
    }
  }

  private static void write(InputStream body, Path part, boolean goesOn) throws IOException {
    StandardOpenOption how = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        out.write(chunk, 0, count);
      }
    }
  }

  private static String digest(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException(error); // every JDK has it
    }
  }
}
