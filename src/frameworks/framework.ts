/** What shipshape knows of one web framework. Guardrails ask it and never name a framework themselves. */
export interface FrameworkAdapter {
  readonly id: string;
  readonly title: string;
  /** The package that a project of this framework depends on. */
  readonly dependency: string;
  /** Puts `call` on a line of its own right after the line that makes the app; false where there is not exactly one such line. */
  wireApp(text: string, call: string): string | false;
  /** Mounts a router, such as `permitRoutes` at `/permits`, below those that are mounted already; false where none is. */
  mountRoutes(text: string, path: string, router: string): string | false;
  /** The registered routes of one file, as far as its text tells: 'GET /expenses/:id' without mount prefix. */
  routesIn(text: string): readonly string[];
}
