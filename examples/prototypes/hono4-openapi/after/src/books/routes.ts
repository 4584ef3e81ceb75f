import { OpenAPIHono } from "@hono/zod-openapi";
import { addBook, deleteBook, getBook, lendBook, listBooks } from "@/books/definitions.js";
import { books } from "@/lib/store.js";

export const booksApi = new OpenAPIHono();

booksApi.openapi(listBooks, (c) => c.json([...books.values()], 200));

booksApi.openapi(getBook, (c) => {
  const book = books.get(Number(c.req.valid("param").id));
  if (!book) return c.json({ message: "no such book" }, 404);
  return c.json(book, 200);
});

booksApi.openapi(addBook, (c) => {
  const id = books.size + 1;
  const book = { id, title: c.req.valid("json").title, lentTo: null };
  books.set(id, book);
  return c.json(book, 201);
});

booksApi.openapi(lendBook, (c) => {
  const book = books.get(Number(c.req.valid("param").id));
  if (!book) return c.json({ message: "no such book" }, 404);
  book.lentTo = c.req.valid("json").to;
  return c.json(book, 200);
});

booksApi.openapi(deleteBook, (c) => {
  const deleted = books.delete(Number(c.req.valid("param").id));
  return c.json({ deleted }, 200);
});
