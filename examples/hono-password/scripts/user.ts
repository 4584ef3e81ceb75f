// The command line for users: npm run user:add, user:role, user:password, user:remove, user:list.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { addUser, changePassword, changeRole, listUsers, removeUser } from '../src/guardrails/users.ts';

const usage = `npm run user:add -- --email a@example.com --role admin
npm run user:role -- --email a@example.com --role admin
npm run user:password -- --email a@example.com
npm run user:remove -- --email a@example.com
npm run user:list`;

const options = { email: { type: 'string' }, role: { type: 'string' } } as const;

try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options });
  console.log(await run(positionals[0] ?? '', values.email ?? '', values.role));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function run(command: string, email: string, role = 'user'): Promise<string> {
  if (command === 'list')
    return listUsers()
      .map((user) => `${user.email}\t${user.role}`)
      .join('\n');
  if (!email) return Promise.reject(new Error(`Say whom it is about.\n${usage}`));
  if (command === 'add') return `Added ${email} (${await addUser({ email, role, password: await askPassword() })})`;
  if (command === 'password') return changePassword(email, await askPassword()).then(() => `New password for ${email}`);
  if (command === 'role') return changeRole(email, role).then(() => `${email} is now ${role}`);
  if (command === 'remove') return removeUser(email).then(() => `Removed ${email}`);
  throw new Error(`There is no such command.\n${usage}`);
}

/** Asks for the password without showing it; with no terminal it is the first line of the input. Never an argument: those end up in the shell's history. */
async function askPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write('Password (at least 12 characters, not shown): ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  const line = await lines[Symbol.asyncIterator]().next();
  lines.close();
  if (isTerminal) process.stderr.write('\n');
  return String(line.value ?? '');
}
