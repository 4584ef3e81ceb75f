import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import type { z } from 'zod';
import { InvalidInput, readInput } from '../schemas/input.ts';

/** Lets a request through only when this part of it has the shape of the schema; the handler finds it in `context.req.valid(part)`. */
export function valid<Part extends 'json' | 'param' | 'query', Schema extends z.ZodType>(part: Part, schema: Schema) {
  return validator(part, (value): z.output<Schema> => {
    try {
      return readInput(schema, value);
    } catch (error) {
      if (error instanceof InvalidInput) throw new HTTPException(400, { message: error.message, cause: error });
      throw error;
    }
  });
}
