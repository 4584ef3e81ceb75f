// Sends what is still waiting when the app ends, and leaves its ending to the app: its own handlers, its own exit code.
import { setTimeout } from 'node:timers/promises';

const longestFlush = 2_000; // milliseconds: a dead collector must not hold up the end of the app

/** However it ends: by itself, by `process.exit` wherever it stands, by an error, or by a signal. */
export function sendAtTheEnd(waiting, flush) {
  const send = () =>
    Promise.race([flush().catch(() => undefined), setTimeout(longestFlush, undefined, { ref: false })]);
  process.on('beforeExit', () => {
    if (waiting.any) void send();
  });
  process.on('exit', () => {
    try {
      waiting.sendNow();
    } catch {
      // Where no second process may be started, the last spans are lost, and the app ends as it would.
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) standInFor(signal, send);
}

/** Listens to a signal only as long as nobody else does: an app with handlers of its own ends by them, and no other sees ours. */
function standInFor(signal, send) {
  let over = false;
  const alone = () => {
    if (process.listenerCount(signal) > 1) return;
    over = true;
    process.off(signal, alone);
    // Then it dies of the signal, as it would have without us.
    void send().finally(() => process.kill(process.pid, signal));
  };
  const goes = () => {
    if (process.listeners(signal).some((listener) => listener !== alone)) process.off(signal, alone);
  };
  // A moment later: were there nobody in between, Node would stop listening to the signal.
  process.on('newListener', (name, listener) => {
    if (name === signal && listener !== alone) process.nextTick(goes);
  });
  process.on('removeListener', (name, listener) => {
    if (name === signal && listener !== alone && process.listenerCount(signal) === 0 && !over)
      process.on(signal, alone);
  });
  process.on(signal, alone);
}
