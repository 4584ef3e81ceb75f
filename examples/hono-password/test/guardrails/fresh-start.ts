// Lets each test file start as if it were alone: the next one in the same process finds no module, lock or setting of it.
// Loading the app's packages anew for each file would take most of the time of a test run.
import { channel } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import { vi } from 'vitest';

type Handler = (...args: unknown[]) => void;
type Subscribe = (this: { unsubscribe(heard: unknown): boolean }, heard: unknown) => void;

const shared = globalThis as { putBack?: () => void };

// At the beginning, not at the end: a file that breaks off half-way leaves nothing to the next one either.
shared.putBack?.();

const changes = [
  restoring(process.env),
  restoring(Server.prototype),
  restoring(SecureServer.prototype),
  ...channelKinds().map(unsubscribing),
  forgettingHandlers(),
];

shared.putBack = () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetModules();
  for (const undo of changes.toReversed()) undo();
};

/** Puts the properties of an object back as they are now. */
function restoring(target: object): () => void {
  const before = Object.getOwnPropertyDescriptors(target);
  return () => {
    for (const key of Reflect.ownKeys(target)) if (!Object.hasOwn(before, key)) Reflect.deleteProperty(target, key);
    Object.defineProperties(target, before);
  };
}

/** Takes away what is added to the handlers of signals and of errors after this. */
function forgettingHandlers(): () => void {
  const before = new Set(handlers().map(([, handler]) => handler));
  return () => {
    for (const [event, handler] of handlers()) if (!before.has(handler)) process.off(event, handler);
  };
}

function handlers(): (readonly [string | symbol, Handler])[] {
  const events = process.eventNames();
  return events.flatMap((event) => process.rawListeners(event).map((handler) => [event, handler as Handler] as const));
}

/** Node.js has a kind of channel that nobody listens to, and one that somebody listens to. */
function channelKinds(): { subscribe: Subscribe }[] {
  const spare = channel('fresh-start');
  const silent = Object.getPrototypeOf(spare) as { subscribe: Subscribe };
  spare.subscribe(heardNothing);
  const heard = Object.getPrototypeOf(spare) as { subscribe: Subscribe };
  spare.unsubscribe(heardNothing);
  return [silent, heard];
}

function heardNothing(): void {}

/** Ends what is subscribed to after this. */
function unsubscribing(kind: { subscribe: Subscribe }): () => void {
  const { subscribe } = kind;
  const ends: (() => boolean)[] = [];
  kind.subscribe = function (heard) {
    ends.push(() => this.unsubscribe(heard));
    Reflect.apply(subscribe, this, [heard]);
  };
  return () => {
    kind.subscribe = subscribe;
    for (const end of ends) end();
  };
}
