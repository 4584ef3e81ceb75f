// Says what a setting is: its rule, its purpose, and whether it is a secret. A secret can never have a default value.
import type { z } from 'zod';

/** One value that the program reads from outside. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly kind: 'setting' | 'secret';
  readonly schema: Schema;
  /** What it is for, in plain words. */
  readonly about: string;
}

/** A plain value: it may have a default, and it may be shown. */
export function setting<Schema extends z.ZodType>(schema: Schema, about: string): Setting<Schema> {
  return { kind: 'setting', schema, about };
}

/** A secret: always given from outside. A schema that accepts "nothing given" is refused by TypeScript and at start. */
export function secret<Schema extends z.ZodType<string, string>>(schema: Schema, about: string): Setting<Schema> {
  if (schema.safeParse(undefined).success) throw new Error(`A secret has no default value, but this one has: ${about}`);
  return { kind: 'secret', schema, about };
}
