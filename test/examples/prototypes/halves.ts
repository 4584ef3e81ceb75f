import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkedOut, filesOf, lendPackages, writeFiles } from './folders.ts';
import { retrofitted } from './retrofitted.ts';
import { startPrototype, type Running } from './running.ts';
import type { Ask } from './manners.ts';

export const email = 'ana@example.com';
export const password = 'a long enough password';

const folders: string[] = [];

/** One half of a prototype in a folder where it can run. */
export async function openHalf(name: string, half: 'before' | 'after'): Promise<string> {
  const files = filesOf(name, half);
  const folder = checkedOut(name, files);
  folders.push(folder);
  // What git ignores is on the disk of whoever ran the command.
  if (half === 'after') writeFiles(folder, (await retrofitted(name)).values);
  lendPackages(folder, files);
  return folder;
}

export function removeHalves(): void {
  for (const folder of folders.splice(0)) rmSync(dirname(folder), { recursive: true, force: true });
}

/** Adds Ana, as the documents of the retrofitted project say. */
export function addAna(name: string, folder: string): void {
  const script = [...filesOf(name, 'after').keys()].find((path) => /guardrails\/add-user\.[cm]js$/.test(path));
  if (script === undefined) throw new Error(`${name} has no guardrails/add-user`);
  execFileSync('node', [join('guardrails', script.slice(script.lastIndexOf('/') + 1)), email], {
    cwd: join(folder, script.slice(0, -'guardrails/add-user.cjs'.length)),
    env: { PATH: process.env['PATH'], NEW_PASSWORD: password },
  });
}

/** Whether the project's own tests pass. */
export function ownTestsPass(folder: string): boolean {
  const { PATH = '', HOME = '' } = process.env;
  return spawnSync('npm', ['test'], { cwd: folder, env: { PATH, HOME }, stdio: 'ignore' }).status === 0;
}

export const startHalf = (folder: string, script: string): Promise<Running> => startPrototype(folder, script);

/** Asks as plainly as can be; no redirect is followed. */
export function ask({ url }: Running, [line, body]: Ask, headers: Record<string, string> = {}): Promise<Response> {
  const [method = '', path = ''] = line.split(' ');
  const json = body ? { 'content-type': 'application/json' } : {};
  return fetch(`${url}${path}`, {
    method,
    headers: { ...json, ...headers },
    redirect: 'manual',
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Status, type and body of an answer, without what differs from run to run. */
export async function comparable(ask: Ask, response: Response): Promise<unknown> {
  const body = await response.text();
  const type = response.headers.get('content-type');
  const still = body
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/"uptime":[\d.]+/g, '"uptime":<number>')
    .replaceAll(/(?:<br>|\n) .*at .*$/gms, '');
  return [ask[0], response.status, type, still];
}

/** The headers of somebody who has signed in on the page. */
export async function signIn(running: Running): Promise<Record<string, string>> {
  const answer = await fetch(`${running.url}/sign-in`, {
    method: 'POST',
    headers: { origin: running.url },
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`signing in answers ${answer.status}`);
  return { cookie, origin: running.url };
}
