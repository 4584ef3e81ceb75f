// Finds the places where `secrets:set` can put a secret.
import { existsSync } from 'node:fs';
import { chain } from '../../src/guardrails/secrets/chain.ts';
import type { Environment } from '../../src/guardrails/secrets/source.ts';

/** What a source brings along when secrets can be put there. */
export interface Writer {
  /** Puts one secret there, in place of an older value, and says in a sentence where it is now. */
  write(name: string, value: string, environment: Environment): Promise<string>;
}

/** The names of the sources that can be written to, in the order in which the app asks them. */
export function writable(): string[] {
  return Object.keys(chain).filter((name) => existsSync(writerOf(name)));
}

/** Loads the writer of a source. */
export async function openWriter(name: string): Promise<Writer> {
  return (await import(writerOf(name).href)) as Writer;
}

function writerOf(name: string): URL {
  return new URL(`write-${name}.ts`, import.meta.url);
}
