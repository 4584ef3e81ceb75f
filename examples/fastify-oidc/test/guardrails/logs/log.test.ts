// All that the app says goes through its log, which never holds a password or a key, however it is handed over.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLog } from '../../../src/guardrails/log.ts';

const lines: string[] = [];
const log = createLog({ write: (line) => void lines.push(line) });
log.level = 'debug'; // the tests are quiet otherwise

/** The line that this logs. */
function logged(fields: object, message = 'something happened'): Record<string, unknown> {
  log.error(fields, message);
  return JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
}

test('a line says when, how bad, and by which app', () => {
  const line = logged({ amount: 3 });
  expect(line).toMatchObject({ level: 'error', amount: 3, msg: 'something happened', service: expect.any(String) });
  expect(new Date(String(line.time)).toISOString()).toBe(line.time);
});

test.each(['authorization', 'Cookie', 'set-cookie', 'password', 'newPassword', 'accessToken', 'refresh_token'])(
  'the field %s is left out, at any depth',
  (name) => {
    logged({ [name]: 'hush-1', request: { headers: { [name]: ['hush-2'] } }, list: [{ [name]: { value: 'hush-3' } }] });
    expect(lines.at(-1)).not.toContain('hush');
    expect(lines.at(-1)).toContain('[redacted]');
  },
);

test.each(['apiKey', 'api_key', 'x-api-key', 'clientSecret', 'privateKey', 'sessionId', 'credentials'])(
  'so is %s',
  (name) => {
    logged({ [name]: 'hush' });
    expect(lines.at(-1)).not.toContain('hush');
  },
);

test('an error is logged with its kind, its words and its cause', () => {
  const cause = Object.assign(new RangeError('too many'), { password: 'hush' });
  const line = logged({ err: new TypeError('it broke', { cause }) });
  expect(line.err).toMatchObject({
    type: 'TypeError',
    message: 'it broke',
    stack: expect.stringContaining('log.test.ts'),
    cause: { type: 'RangeError', message: 'too many' },
  });
  expect(lines.at(-1)).not.toContain('hush');
});

test('what refers to itself is cut off', () => {
  const loop: Record<string, unknown> = {};
  loop.again = loop;
  expect(JSON.stringify(logged({ loop }))).toContain('[too deep]');
});

test('text cannot pretend to be a line of its own', () => {
  const before = lines.length;
  logged({}, 'first\n{"level":"info","msg":"second"}');
  expect(lines).toHaveLength(before + 1);
  expect(lines.at(-1)?.trimEnd()).not.toContain('\n');
});

test('no code of the app writes to the console', () => {
  const writers = globSync('src/**/*.{ts,js,mts,cts,mjs,cjs}').filter((path) =>
    /\bconsole\s*[.[]/.test(readFileSync(path, 'utf8').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')),
  );
  expect(writers).toEqual([]);
});
