import { createRoute, z } from "@hono/zod-openapi";
import { Book, IdParam, NewBook, Problem } from "@/books/schema.js";
import { json } from "@/lib/json.js";

export const listBooks = createRoute({
  method: "get",
  path: "/books",
  responses: { 200: json(z.array(Book), "All books") },
});

export const getBook = createRoute({
  method: "get",
  path: "/books/{id}",
  request: { params: IdParam },
  responses: { 200: json(Book, "One book"), 404: json(Problem, "No such book") },
});

export const addBook = createRoute({
  method: "post",
  path: "/books",
  request: { body: json(NewBook, "The new book") },
  responses: { 201: json(Book, "The book that was added") },
});

export const lendBook = createRoute({
  method: "put",
  path: "/books/{id}/lend",
  request: { params: IdParam, body: json(z.object({ to: z.string() }), "Who gets it") },
  responses: { 200: json(Book, "The book"), 404: json(Problem, "No such book") },
});

export const deleteBook = createRoute({
  method: "delete",
  path: "/books/{id}",
  request: { params: IdParam },
  responses: { 200: json(z.object({ deleted: z.boolean() }), "Whether it was there") },
});
