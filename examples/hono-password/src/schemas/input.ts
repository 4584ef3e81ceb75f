import type { z } from 'zod';

/** What was sent does not have the shape that the route asks for. The caller gets 400 and the message. */
export class InvalidInput extends Error {
  readonly status = 400;
  readonly statusCode = 400;
  readonly expose = true;
}

/** Gives the input in the shape of the schema. Throws InvalidInput, naming the fields that are wrong. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; '),
  );
}
