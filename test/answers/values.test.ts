import { describe, expect, test } from 'vitest';
import { projectName } from '../../src/answers/project-name.ts';
import { commandWords } from '../../src/answers/reserved.ts';
import { expiry, onCall, person, secretSources, signUp } from '../../src/answers/values.ts';

const clock = new Date('2026-11-22T23:59:00Z');

describe('an owner', () => {
  test.each(['@ana', '@company/team', '@group/subgroup/team', 'ana.b+c@example.co.uk', '@a-b_c.d'])(
    '%s is one',
    (text) => {
      expect(person(text)).toBe(text);
    },
  );
  test.each([
    'ana',
    '@',
    '@me',
    '@todo',
    '@-ana',
    'ana@localhost',
    '@ana: x',
    '@a\nb',
    'a"b@example.com',
    '@your-team',
  ])('%j is none', (text) => {
    expect(() => person(text)).toThrow();
  });
});

describe('a way to reach somebody', () => {
  test.each(['@ana', 'ops@example.com', '+49 30 1234567', 'https://example.com/on-call?team=a'])(
    '%s is one',
    (text) => {
      expect(onCall(text)).toBe(text);
    },
  );
  test.each([
    'call ana',
    'http://example.com',
    'https://example.com/"x',
    '0301234567',
    'https://a b',
    'https://x/#{y}',
  ])('%j is none', (text) => {
    expect(() => onCall(text)).toThrow();
  });
});

describe('an end date', () => {
  test.each([
    ['60d', '2027-01-21'],
    ['0d', '2026-11-22'],
    ['90d', '2027-02-20'],
    ['2026-11-22', '2026-11-22'],
    ['2027-02-20', '2027-02-20'],
  ])('%s is %s', (text, date) => {
    expect(expiry(text, clock)).toBe(date);
  });
  test.each([
    ['2026-11-21', 'in the past'],
    ['2027-02-21', 'more than 90 days'],
    ['91d', 'more than 90 days'],
    ['99999999999d', 'not a date'],
    ['2027-02-30', 'not a date'],
    ['tomorrow', 'not a date'],
    ['-5d', 'not a date'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => expiry(text, clock)).toThrow(message);
  });
});

describe('secret sources', () => {
  test('keep their order', () => {
    expect(secretSources('vault, env')).toEqual(['vault', 'env']);
  });
  test.each([
    ['env,env', 'twice'],
    [',', 'empty'],
    ['env,valt', 'Did you mean vault?'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => secretSources(text)).toThrow(message);
  });
});

describe('who may sign up', () => {
  test.each([
    ['closed', { mode: 'closed' }],
    ['domain:Example.com', { mode: 'domain', domain: 'example.com' }],
  ])('%s', (text, expected) => {
    expect(signUp(text)).toEqual(expected);
  });
  test.each(['domain', 'domain:', 'domain:localhost', 'domain:a b.de', 'open:example.com', 'everybody'])(
    '%s is refused',
    (text) => {
      expect(() => signUp(text)).toThrow();
    },
  );
});

describe('the name of a project', () => {
  test.each([
    ['my-app', 'my-app'],
    ['../apps/my-app/', 'my-app'],
    ['.', 'here'],
  ])('%s is called %s', (directory, name) => {
    expect(projectName(directory, '/somewhere/here')).toBe(name);
  });
  test.each([...commandWords])('%s is a command and no name', (word) => {
    expect(() => projectName(word, '/')).toThrow('is a command');
  });
  test.each([
    ['My App', 'Try my-app'],
    ['_private', 'Try private'],
    ['node_modules', 'Try node-modules'],
    ['http', 'Try http-app'],
  ])('%s is refused', (directory, next) => {
    expect(() => projectName(directory, '/')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ next }) }),
    );
  });
});
