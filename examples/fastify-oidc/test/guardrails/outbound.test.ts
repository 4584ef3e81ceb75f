// Proves that this app calls only the services that its settings name, and that no file goes around that.
import { globSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

vi.hoisted(() => vi.stubEnv('RATES_URL', 'https://rates.example/v1'));
const { callOut } = await import('../../src/guardrails/outbound.ts');

const calls: [address: string, init: RequestInit | undefined][] = [];
vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
  calls.push([address, init]);
  return new Response('fine');
});
afterEach(() => void calls.splice(0));

test('a service that a setting names is called, without redirects and not for ever', async () => {
  expect((await callOut('https://rates.example/v1/latest')).status).toBe(200);
  expect(calls[0]?.[1]).toMatchObject({ redirect: 'error' });
  expect(calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal);
});

test('whoever calls can give up sooner', async () => {
  const sooner = new AbortController();
  await callOut('https://rates.example/', { signal: sooner.signal, redirect: 'follow' });
  sooner.abort();
  expect(calls[0]?.[1]?.signal?.aborted).toBe(true);
  expect(calls[0]?.[1]?.redirect).toBe('error');
});

test.each([
  'https://evil.example/',
  'https://rates.example.evil.example/',
  'https://rates.example@evil.example/',
  'http://rates.example/',
  'https://rates.example:8443/',
  'http://169.254.169.254/latest/meta-data/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'not an address',
])('nobody can talk it into calling %s', async (address) => {
  await expect(callOut(address)).rejects.toThrow('may not be called');
  expect(calls).toEqual([]);
});

test('outside the guardrails nothing calls other services by another way', () => {
  const others = /\bfetch\(|\bhttps?\.(?:request|get)\(|from '(?:axios|got|undici|node-fetch|ky|node:net|node:tls)'/;
  const files = globSync('src/**/*.ts').filter((path) => !/^src[\\/]guardrails[\\/]/.test(path));
  expect(files.filter((path) => others.test(readFileSync(path, 'utf8')))).toEqual([]);
});
