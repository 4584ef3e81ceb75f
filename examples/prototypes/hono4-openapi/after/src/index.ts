import { serve } from "@hono/node-server";
import { prettyJSON } from "hono/pretty-json";
import { Hono } from "hono";
import { booksApi } from "@/books/routes.js";
import { docs } from "@/docs/index.js";
import { guard } from "../guardrails/index.mjs";

const app = new Hono();
guard(app);

app.use(prettyJSON());

app.get("/", (c) => c.text("Book lending API, see /docs/ui"));

app.route("/api", booksApi);
app.route("/docs", docs);

const port = 3000;
console.log(`Server is running on http://localhost:${port}`);

serve({
  fetch: app.fetch,
  port,
});
