import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { environment } from './packed.ts';

/** How a command ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Somebody at a terminal: a folder to be in, variables that stay from one command to the next, programs that keep running. */
export class Shell {
  readonly settings: Record<string, string>;
  folder: string;
  readonly #memory: string;
  readonly #running = new Map<string, ChildProcess>();

  constructor(folder: string, room: string) {
    this.folder = folder;
    this.#memory = join(room, 'variables.sh');
    writeFileSync(this.#memory, '');
    // Without it, curl calls it a success when it is refused.
    writeFileSync(join(room, '.curlrc'), 'fail-with-body\n');
    this.settings = {
      CURL_HOME: room,
      GIT_EDITOR: 'true',
      GIT_AUTHOR_NAME: 'Ana',
      GIT_AUTHOR_EMAIL: 'ana@example.com',
      GIT_COMMITTER_NAME: 'Ana',
      GIT_COMMITTER_EMAIL: 'ana@example.com',
      npm_config_prefer_offline: 'true',
      // npx asks before it fetches: the answer is yes.
      npm_config_yes: 'true',
      npm_config_update_notifier: 'false',
    };
  }

  /** Types a command, with an answer where it asks for one, and waits for its end. */
  async type(command: string, answer = ''): Promise<Ended> {
    const remember = `code=$?; { pwd; declare -p PASSWORD TOKEN; } > '${this.#memory}' 2>/dev/null; exit $code`;
    const recall = readFileSync(this.#memory, 'utf8').replace(/^\/.*\n/, '');
    const { child, printed } = this.#start(`${recall}\n${command}\n${remember}`);
    child.stdin?.on('error', () => undefined).end(answer);
    const code = await new Promise<number | null>((done) => child.once('close', done));
    this.folder = /^\/.*/.exec(readFileSync(this.#memory, 'utf8'))?.[0] ?? this.folder;
    return { code, output: printed() };
  }

  isRunning(name: string): boolean {
    return this.#running.get(name)?.exitCode === null;
  }

  /** Starts a program that does not end by itself. It may take 40 seconds until it is ready. */
  async keepRunning(name: string, command: string, isReady: () => Promise<boolean>): Promise<Ended> {
    const started = this.#start(`exec ${command}`);
    this.#running.set(name, started.child);
    for (const end = Date.now() + 40_000; Date.now() < end && started.child.exitCode === null;) {
      if (await isReady()) return { code: 0, output: started.printed() };
      if (/Failed running|the app cannot start/.test(started.printed())) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    await this.stop(name);
    return { code: 1, output: `${started.printed()}\n(it does not answer)` };
  }

  /** Ends what keeps running, as Ctrl-C does: one program, or all. */
  async stop(wanted?: string): Promise<void> {
    for (const [name, child] of this.#running) {
      if (wanted !== undefined && name !== wanted) continue;
      this.#running.delete(name);
      if (child.exitCode !== null || child.pid === undefined) continue;
      const ended = new Promise((done) => child.once('close', done));
      process.kill(-child.pid, 'SIGINT');
      const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    }
  }

  #start(script: string): { child: ChildProcess; printed: () => string } {
    const ours = join('node_modules', '.bin');
    const path = (process.env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.includes(ours));
    const child = spawn('bash', ['-c', script], {
      cwd: this.folder,
      env: { ...environment(), PATH: path.join(delimiter), ...this.settings },
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output += String(data)));
    return { child, printed: () => output };
  }
}
