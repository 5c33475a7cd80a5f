/**
 * The only file that knows SockJS and Vert.x's event-bus bridge. It listens; it never sends anything but registrations.
 * Messages may be lost while the line is down, so whoever listens reads again on every `live`.
 */
const OPTIONS = {
  transports: ['websocket'],
  timeout: 5000,
  vertxbus_reconnect_delay_min: 400,
  vertxbus_reconnect_delay_max: 20_000,
  vertxbus_reconnect_exponent: 2,
  vertxbus_randomization_factor: 0.5,
};

/** 400 ms · 2⁵, give or take half: a longest wait that stays below the client's cap, or the cap would cut off the jitter. */
const LONGEST_BACKOFF = 5;

/** The server's heartbeat comes every 25 s; a line that was quiet for longer than two of them is dead. */
const QUIET_MEANS_DEAD = 60_000;

/**
 * `addresses()` is asked at each connection. `onMessage(address, body)` hears what was published,
 * `onState('connecting' | 'live' | 'reconnecting')` how the line is, `onRefused()` that an address was not granted.
 */
export function openBus({
  url = '/eventbus',
  addresses,
  onMessage,
  onState,
  onRefused = () => {},
  Client = globalThis.EventBus,
}) {
  let line = null;
  let watch = null;

  function connect() {
    const mine = new Client(url, OPTIONS);
    line = mine;
    mine.enableReconnect(true);
    mine.onopen = () => mine === line && listen(mine);
    mine.onclose = () => mine === line && lost(mine);
    mine.onerror = () => mine === line && onRefused();
  }

  function listen(mine) {
    for (const address of addresses()) {
      mine.registerHandler(address, (error, message) => {
        if (mine !== line) return;
        if (error) onRefused();
        else onMessage(address, message.body);
      });
    }
    mine.sockJSConn.onheartbeat = heard;
    heard();
    onState('live');
  }

  function lost(mine) {
    clearTimeout(watch);
    mine.reconnectAttempts = Math.min(mine.reconnectAttempts, LONGEST_BACKOFF);
    onState('reconnecting');
  }

  function heard() {
    clearTimeout(watch);
    watch = setTimeout(reopen, QUIET_MEANS_DEAD);
  }

  function hangUp() {
    clearTimeout(watch);
    const old = line;
    line = null;
    if (old?.sockJSConn) old.close();
    else old?.enableReconnect(false);
  }

  /** A new line at once: the server knows a line's owner only from the cookie with which it was opened. */
  function reopen() {
    hangUp();
    onState('connecting');
    connect();
  }

  globalThis.addEventListener?.('online', reopen);
  reopen();
  return { reopen };
}
