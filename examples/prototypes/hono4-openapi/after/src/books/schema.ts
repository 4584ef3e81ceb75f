import { z } from "@hono/zod-openapi";

export const Book = z
  .object({
    id: z.number().openapi({ example: 1 }),
    title: z.string().openapi({ example: "The Left Hand of Darkness" }),
    lentTo: z.string().nullable(),
  })
  .openapi("Book");

export const NewBook = Book.pick({ title: true }).openapi("NewBook");

export const Problem = z.object({ message: z.string() }).openapi("Problem");

export const IdParam = z.object({
  id: z.string().regex(/^\d+$/).openapi({ param: { name: "id", in: "path" } }),
});
