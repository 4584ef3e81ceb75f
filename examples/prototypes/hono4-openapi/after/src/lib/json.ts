import type { ZodSchema } from "zod";

export const json = <T extends ZodSchema>(schema: T, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
