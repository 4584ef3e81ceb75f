import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** One page of a headless Chromium, driven over a pipe by its own protocol: no library, no port. */
export interface Page {
  /** Opens an address, and waits until it is there. */
  open(address: string): Promise<void>;
  /** Runs a script in the page and gives its value; a promise is waited for. */
  run(script: string): Promise<unknown>;
  /** Waits until a script gives something true; throws after 20 seconds. */
  until(script: string): Promise<void>;
  /** What is seen, as PNG. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Starts the browser that is installed here; `CHROMIUM` names another one. */
export async function openBrowser(size: { readonly width: number; readonly height: number }): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'shipshape-browser-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--hide-scrollbars',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(process.env['CHROMIUM'] ?? 'chromium', [...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const browser = talkOver(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const { targetInfos } = (await browser('Target.getTargets')) as { targetInfos: { type: string; targetId: string }[] };
  const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId;
  const { sessionId } = await browser('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, parameters: object = {}) => browser(method, parameters, sessionId as string);
  await ask('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
  const run: Page['run'] = async (expression) => {
    const answer = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    return (answer['result'] as { value?: unknown }).value;
  };
  const until: Page['until'] = async (script) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await pause(100))
      if (await run(`Boolean(${script})`)) return;
    throw new Error(`It never came to this: ${script}`);
  };
  return {
    run,
    until,
    open: async (address) => {
      await ask('Page.navigate', { url: address });
      await until(`document.readyState === 'complete' && location.href !== 'about:blank'`);
    },
    picture: async () =>
      Buffer.from((await ask('Page.captureScreenshot', { format: 'png' }))['data'] as string, 'base64'),
    close: async () => {
      await browser('Browser.close');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Ask = (method: string, parameters?: object, session?: string) => Promise<Readonly<Record<string, unknown>>>;

/** Messages are JSON, with a null byte behind each. */
function talkOver(to: Writable, from: Readable): Ask {
  const waiting = new Map<number, (message: Message) => void>();
  let rest = '';
  from.setEncoding('utf8').on('data', (data: string) => {
    const messages = (rest + data).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages.map((text) => JSON.parse(text) as Message)) waiting.get(message.id ?? 0)?.(message);
  });
  let last = 0;
  return (method, params = {}, sessionId = undefined) =>
    new Promise((done, failed) => {
      const id = ++last;
      waiting.set(id, ({ result, error }) => (error ? failed(new Error(error.message)) : done(result ?? {})));
      to.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
