// The one WebSocket. It comes back by itself: after half a second at first, then later and later, up to ten seconds.
const FIRST_MS = 500;
const LONGEST_MS = 10_000;
const SILENT_MS = 5_000;
const PROBE_MS = 3_000;

/** How long to wait before the attempt of this number; the random part keeps a hundred browsers from coming at once. */
export function backOff(attempt, random = Math.random()) {
  return Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS) * (0.7 + 0.6 * random);
}

export class Live {
  #socket = null;
  #attempt = 0;
  #timer = 0;
  #lastHeard = 0;
  #wanted = new Map();
  #handlers = null;
  #unheard = [];

  constructor() {
    this.watchdog = setInterval(() => this.#endWhenSilent(), 1000);
  }

  /**
   * Somebody hears from now on, beginning with what has come before; connects unless that was done.
   *
   * @param handlers onOpen(), onLost(retryInMs), onJson(message), onPositions(buffer)
   */
  begin(handlers) {
    this.#handlers = handlers;
    this.#unheard.splice(0).forEach(([what, value]) => handlers[what](value));
    if (!this.#socket) {
      this.connect();
    }
  }

  connect() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#attempt = 0;
      this.#lastHeard = performance.now();
      this.#tell('onOpen');
      this.#wanted.forEach((message) => this.#write(message));
    };
    socket.onmessage = ({data}) => {
      this.#lastHeard = performance.now();
      if (typeof data === 'string') {
        this.#tell('onJson', JSON.parse(data));
      } else {
        this.#tell('onPositions', data);
      }
    };
    socket.onclose = () => this.#lost(socket);
    this.#socket = socket;
  }

  /** Sends a message once. */
  send(message) {
    this.#write(message);
  }

  /** Sends a message now and after each new connection, instead of the last one of its type. */
  keep(message) {
    this.#wanted.set(message.type, message);
    this.#write(message);
  }

  forget(type) {
    this.#wanted.delete(type);
  }

  close() {
    clearInterval(this.watchdog);
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #tell(what, value) {
    if (this.#handlers) {
      this.#handlers[what](value);
    } else {
      this.#unheard.push([what, value]);
    }
  }

  #write(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #lost(socket) {
    if (socket !== this.#socket) {
      return;
    }
    const wait = backOff(this.#attempt++);
    this.#tell('onLost', wait);
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  /** A cable that is pulled closes nothing, and a road may be quiet: when nothing was heard for long, the server is asked. */
  async #endWhenSilent() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || performance.now() - this.#lastHeard < SILENT_MS) {
      return;
    }
    this.#lastHeard = performance.now();
    try {
      await fetch('/livez', {cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS)});
    } catch {
      socket.onclose = null;
      socket.close();
      this.#lost(socket);
    }
  }
}
