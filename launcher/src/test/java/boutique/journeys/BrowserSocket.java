package boutique.journeys;

import static boutique.journeys.Patience.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The line of an open page to the shop, frame by frame. */
final class BrowserSocket implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final WebSocket line;
  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();

  /** With headers as a browser sends them: its cookies, if any, and where the page came from. */
  BrowserSocket(URI shop, String... headers) {
    var opening = HTTP.newWebSocketBuilder();
    for (var i = 0; i < headers.length; i += 2) {
      opening.header(headers[i], headers[i + 1]);
    }
    var address = URI.create(shop.toString().replaceFirst("http", "ws") + "/eventbus/websocket");
    line = opening.buildAsync(address, this).join();
  }

  /** The page of somebody who has signed in. */
  static BrowserSocket of(Shopper shopper) {
    return new BrowserSocket(
        shopper.shop(), "Cookie", shopper.cookies(), "Origin", shopper.shop().toString());
  }

  /** Says that it wants to hear of something, and waits until the shop has understood. */
  BrowserSocket register(String address) {
    send("{\"type\":\"register\",\"address\":\"%s\",\"headers\":{}}".formatted(address));
    return understood();
  }

  void send(String frame) {
    line.sendText(frame, true).join();
  }

  void sendBytes(byte[] frame) {
    line.sendBinary(ByteBuffer.wrap(frame), true).join();
  }

  /** Frames are read in turn: so what makes no sense, and is refused, shows how far it is. */
  BrowserSocket understood() {
    var refused = errors().size();
    send("{\"type\":\"nonsense\"}");
    await().until(() -> errors().size() > refused);
    return this;
  }

  /** What it was told, in order. */
  List<JsonNode> news() {
    return of("rec");
  }

  /** What it was told about something. */
  List<JsonNode> news(String address) {
    return news().stream().filter(frame -> frame.get("address").asText().equals(address)).toList();
  }

  List<String> errors() {
    return of("err").stream().map(frame -> frame.get("body").asText()).toList();
  }

  /** Whether the shop has hung up. */
  boolean over() {
    return over.isDone();
  }

  @Override
  public void close() {
    line.abort();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      frames.add(json(part.toString()));
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    over.complete(null);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    over.complete(null);
  }

  private List<JsonNode> of(String type) {
    return frames.stream().filter(frame -> frame.get("type").asText().equals(type)).toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new CompletionException(malformed);
    }
  }
}
