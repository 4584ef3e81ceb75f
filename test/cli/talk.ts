import { spawn, spawnSync } from 'node:child_process';
import { usersNode } from '../support/users-node.ts';
import { bin, plainEnvironment } from './shipshape.ts';

/** Whether this computer can pretend to be a terminal. */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
export const [enter, down, ctrlC] = ['\r', '\u001b[B', '\u0003'];

/** What was on the screen, and how it ended. */
export interface Conversation {
  readonly screen: string;
  readonly code: number | null;
}

/** Runs a command in a real pseudo-terminal; each step waits for a text on the screen and then presses keys. */
export function talk(
  words: readonly string[],
  folder: string,
  steps: readonly (readonly [string, string])[],
): Promise<Conversation> {
  const line = [usersNode, bin, ...words].map((word) => `'${word}'`).join(' ');
  const env = { ...plainEnvironment(), TERM: 'xterm-256color', HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn('script', ['-qefc', `stty cols 100 rows 40; ${line}`, '/dev/null'], { cwd: folder, env });
  const waiting = [...steps];
  let [screen, fresh] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    screen += data.toString();
    fresh += data.toString();
    const [step] = waiting;
    if (!step || !plain(fresh).includes(step[0])) return;
    waiting.shift();
    fresh = '';
    child.stdin.write(step[1]);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ screen: plain(screen), code })));
}

function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
}
