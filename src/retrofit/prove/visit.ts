import { randomBytes } from 'node:crypto';
import { ask, type Exchange } from '../../boot/ask.ts';
import { stopHeader } from '../../boot/protocol.ts';
import { pause } from '../../boot/running.ts';
import type { Watch } from '../../boot/watch.ts';
import { answerOf, type Answer } from './answer.ts';
import type { Question } from './question.ts';

/** Where an app answers. */
export interface Visit {
  readonly url: string;
  /** Of the run: with it a question ends in front of the handler. */
  readonly token: string;
  readonly watch: Watch;
  /** False when the program that answers has ended. */
  isAlive(): boolean;
}

/** A question, and who asks it. */
export interface Asking {
  /** Tells it from the other ones. */
  readonly id: string;
  readonly question: Question;
  /** What proves who is asking; nothing for a stranger. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A slow answer holds nobody else up for longer. */
const patience = 200;

/**
 * Asks one question after the other and gives the answers by id. When the program ends, `endedBy` is what was asked then, and what comes
 * after it is not asked.
 */
export async function askAll(
  all: readonly Asking[],
  visit: Visit,
): Promise<{ readonly answers: ReadonlyMap<string, Answer>; readonly endedBy: string | undefined }> {
  const answers = new Map<string, Answer>();
  const open = new Set<Promise<void>>();
  let endedBy: string | undefined;
  for (const { id, question, headers } of all) {
    if (visit.watch.isOver() || endedBy !== undefined) break;
    const asking = askOne(question, headers, visit).then((exchange) => {
      open.delete(asking);
      if (exchange.status === undefined && !visit.isAlive()) endedBy ??= id;
      answers.set(id, answerOf(exchange, visit.url));
    });
    open.add(asking);
    await Promise.race([asking, pause(patience)]);
  }
  await Promise.all(open);
  return { answers, endedBy };
}

/** What a browser sends to open a WebSocket (RFC 6455, section 4.1). */
const upgrading = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': randomBytes(16).toString('base64'),
};

/** Asks once. */
export function askOne(
  question: Question,
  headers: Readonly<Record<string, string>>,
  { url, token }: Visit,
): Promise<Exchange> {
  const { method, path, calls, accept, upgrade } = question;
  const longer = question.milliseconds === undefined ? {} : { milliseconds: question.milliseconds };
  if (upgrade) return ask(url, { method, path, headers: { ...upgrading, ...headers } });
  if (method === 'GET')
    return ask(url, { method, path, headers: { ...headers, ...(accept && { accept }) }, ...longer });
  const stop = calls ? {} : { [stopHeader]: token };
  return ask(url, {
    method,
    path,
    body: '{}',
    ...longer,
    headers: { 'content-type': 'application/json', ...stop, ...headers },
  });
}
