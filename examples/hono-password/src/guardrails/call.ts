// One request, and what the guards know about it: who is calling, which routes it matches, and its number in the logs.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Somebody who has proved who they are. */
export interface User {
  readonly id: string;
  readonly email?: string;
  readonly roles: readonly string[];
}

/** One request on its way through the app. */
export interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The request id, the same in logs, traces and error answers. */
  readonly id: string;
  /** The registered routes that match, such as 'GET /expenses/:id'; HEAD counts as GET. The strictest of their rules holds. */
  readonly routes: readonly string[];
  /** Set by the gate. */
  user: User | undefined;
}

/** What is sent back. Errors are problem details (RFC 9457), made by `problem`. */
export interface Answer {
  readonly status: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One guard that every request passes before the app sees it. */
export interface Layer {
  readonly name: string;
  /** Wraps the rest of the request, so that it all runs in one context. */
  enter?<T>(call: Call, run: () => T): T;
  /** An answer ends the request here. Work for afterwards goes on `call.res.once('close', ...)`. */
  before?(call: Call): Answer | undefined | Promise<Answer | undefined>;
}

const running = new AsyncLocalStorage<Call>();

/** Runs something as part of a request, so that `currentCall` finds it. */
export function runInCall<T>(call: Call, run: () => T): T {
  return running.run(call, run);
}

/** The request that is being worked on, if there is one. */
export function currentCall(): Call | undefined {
  return running.getStore();
}

/** Whoever is signed in. Throws where nobody is: an open route, or outside a request. */
export function currentUser(): User {
  const user = currentCall()?.user;
  if (!user) throw new Error('nobody is signed in here: currentUser() needs a route that asks for a user');
  return user;
}

/** An error answer (RFC 9457). The title is shown to the caller: it says nothing about the inside of the app. */
export function problem(status: number, title: string): Answer {
  return { status, body: { type: 'about:blank', title, status, requestId: currentCall()?.id } };
}
