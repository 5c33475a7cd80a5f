package boutique.journeys;

import static boutique.journeys.Patience.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, led over its own debugging protocol. It has one page. */
final class Chromium implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Program browser;
  private final WebSocket line;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final StringBuilder part = new StringBuilder();
  private String session = "";

  private Chromium(Program browser, URI address) {
    this.browser = browser;
    this.line = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
  }

  /** None on a machine without one. */
  static Optional<Chromium> open(Path profile) {
    return NAMES.stream().flatMap(name -> started(name, profile)).findFirst();
  }

  /** Opens an address, and waits until its page is there. */
  void visit(String address) {
    ask("Page.navigate", JSON.createObjectNode().put("url", address));
    await()
        .until(() ->
            run("document.readyState + ' ' + location.href")
                .asText()
                .startsWith("complete " + address));
  }

  /** What the page says to this, once it is settled. */
  JsonNode run(String script) {
    var answer =
        ask(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", script)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toString());
    }
    return answer.at("/result/value");
  }

  @Override
  public void close() {
    line.abort();
    browser.close();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      answered(json(part.toString()));
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private static Stream<Chromium> started(String name, Path profile) {
    var command =
        List.of(
            name,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    Program program;
    try {
      program = Program.start(Map.of(), command);
    } catch (UncheckedIOException missing) {
      return Stream.empty();
    }
    await()
        .until(() ->
            !program.alive() || program.err().stream().anyMatch(one -> one.startsWith(LISTENING)));
    return program.err().stream()
        .filter(said -> said.startsWith(LISTENING))
        .map(said -> new Chromium(program, URI.create(said.substring(LISTENING.length()))))
        .peek(Chromium::openPage)
        .limit(1);
  }

  private void openPage() {
    var page = ask("Target.createTarget", JSON.createObjectNode().put("url", "about:blank"));
    var attach =
        JSON.createObjectNode().put("targetId", page.get("targetId").asText()).put("flatten", true);
    session = ask("Target.attachToTarget", attach).get("sessionId").asText();
  }

  private JsonNode ask(String method, ObjectNode parameters) {
    var id = count.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    var message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    line.sendText(message.toString(), true).join();
    return answer.orTimeout(Patience.LONG.toSeconds() * 2, TimeUnit.SECONDS).join();
  }

  private void answered(JsonNode message) {
    var answer = asked.remove(message.path("id").asInt());
    if (answer == null) {
      return; // an event, which nobody has asked for
    }
    if (message.has("error")) {
      answer.completeExceptionally(new AssertionError(message.get("error").toString()));
    } else {
      answer.complete(message.get("result"));
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(text, malformed);
    }
  }
}
