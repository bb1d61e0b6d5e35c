// The server closes the stream with this code when a session is over: the page asked for anew then
// leads to the sign-in, which remembers it.
(() => {
  const ENDED = 4401;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", (event) => {
        if (event.code === ENDED) window.location.reload();
      });
    }
  };
})();
