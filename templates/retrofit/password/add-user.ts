// Adds somebody who may sign in, or gives them a new password: node guardrails/add-user anna@example.com [role ...]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

void run(process.argv[2] ?? '', process.argv.slice(3));

/** Writes the line AUTH_USERS of .env, and says the password once: it is kept nowhere. */
async function run(email: string, roles: readonly string[]): Promise<void> {
  if (!/^[^\s:,]+@[^\s:,]+$/.test(email)) return fail('say whom: an e-mail address, and after it the roles');
  if (!roles.every((role) => /^[\w-]+$/.test(role))) return fail('roles have letters and digits only');
  const { entryFor } = await import('./people.ts');
  const password = process.env['NEW_PASSWORD'] || randomBytes(15).toString('base64url');
  const lines = existsSync('.env') ? readFileSync('.env', 'utf8').split('\n') : [];
  const others = valueIn(lines).filter((each) => !each.toLowerCase().startsWith(`${email.toLowerCase()}:`));
  const line = `AUTH_USERS=${[...others, await entryFor(email, roles, password)].join(',')}`;
  const place = lines.findIndex((each) => each.startsWith('AUTH_USERS='));
  if (place === -1) lines.splice(lines.at(-1) === '' ? -1 : lines.length, 0, line);
  else lines[place] = line;
  writeFileSync('.env', `${lines.join('\n').replace(/\n*$/, '')}\n`, { mode: 0o600 });
  process.stdout.write(
    `${email} can sign in after the next start. Password: ${process.env['NEW_PASSWORD'] ? '(as given)' : password}\n`,
  );
}

function valueIn(lines: readonly string[]): string[] {
  const line = lines.find((each) => each.startsWith('AUTH_USERS='));
  return (line ?? '').replace('AUTH_USERS=', '').trim().split(',').filter(Boolean);
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}
