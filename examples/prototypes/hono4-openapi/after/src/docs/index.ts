import { swaggerUI } from "@hono/swagger-ui";
import { Hono } from "hono";
import { booksApi } from "@/books/routes.js";

export const docs = new Hono();

docs.get("/openapi.json", (c) =>
  c.json(booksApi.getOpenAPIDocument({ openapi: "3.0.0", info: { title: "Book lending", version: "1.0.0" } })),
);
docs.get("/ui", swaggerUI({ url: "/docs/openapi.json" }));
