// Reads what somebody sends to the sign-in pages: only small JSON in exactly the expected shape gets through.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { problem, type Answer } from './call.ts';

const largestBody = 16 * 1024;

/** The body of a request, or the answer that refuses it: 413 too large, 415 not JSON, 400 another shape. */
export type Body<Shape> = { readonly value: Shape } | { readonly refusal: Answer };

/** Reads and checks the JSON body of a request. Forms and plain text are refused: other web sites can send those unasked. */
export async function readJson<Shape>(req: IncomingMessage, schema: z.ZodType<Shape>): Promise<Body<Shape>> {
  if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? '')) {
    return { refusal: problem(415, 'Send JSON, with content-type: application/json') };
  }
  const text = await readText(req);
  if (text === undefined) return { refusal: problem(413, 'The request body is too large') };
  const result = schema.safeParse(parse(text));
  if (result.success) return { value: result.data };
  const { path, message } = result.error.issues[0]!;
  return { refusal: problem(400, [path.join('.'), message].filter(Boolean).join(': ')) };
}

async function readText(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
