// What a source of secrets brings along so that the one contract test can try it.
import type { SecretSource } from '../../../src/guardrails/secrets/source.ts';

/** Secret name to value. */
export type Values = Readonly<Record<string, string>>;

/** Sets up a source for a test, with a stand-in for the other side where there is one. */
export interface Harness {
  /** A source that keeps these values. */
  keeping(values: Values): Promise<SecretSource>;
  /** The same, asked with a wrong key; left out where there is no key. */
  wrongKey?(values: Values): Promise<SecretSource>;
  /** The same, asked without any key; left out where there is no key. */
  noKey?(values: Values): Promise<SecretSource>;
  /** The other side never answers, and the source waits 100 ms at most; left out where there is no network. */
  silent?(): Promise<SecretSource>;
  close?(): Promise<void>;
}
