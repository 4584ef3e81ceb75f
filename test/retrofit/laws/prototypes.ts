import { withFakes } from '../../rules/fakes.ts';

/** A key that looks real and is none. */
export const openAiKey = withFakes('{{openai-key}}');

/** How a text file is written, apart from what it says. */
export interface Writing {
  readonly indent: '  ' | '    ' | '\t';
  readonly quote: "'" | '"';
  readonly eol: '\n' | '\r\n';
  readonly mark: boolean;
}

export const frameworks = ['express', 'fastify', 'hono'] as const;
export const systems = ['cjs', 'esm', 'ts'] as const;

/** A prototype of two files with a key in its code, a health route, and routes that nobody guards. */
export function prototypeOf(
  framework: (typeof frameworks)[number],
  system: (typeof systems)[number],
  writing: Writing,
): Record<string, string> {
  const ending = system === 'ts' ? 'ts' : 'js';
  const isCjs = system === 'cjs';
  const take = (name: string, from: string, named = false): string =>
    isCjs
      ? `const ${named ? `{ ${name} }` : name} = require('${from}');`
      : `import ${named ? `{ ${name} }` : name} from '${from}';`;
  const files = {
    'package.json': `${JSON.stringify(
      {
        name: 'lunch',
        ...(isCjs ? {} : { type: 'module' }),
        scripts: { start: `${system === 'ts' ? 'tsx' : 'node'} server.${ending}` },
        dependencies: { [framework]: majors[framework], openai: '^6.0.0' },
      },
      null,
      2,
    )}\n`,
    [`server.${ending}`]: [take('OpenAI', 'openai'), ...bodies[framework](take, isCjs), ''].join('\n'),
  };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, written(text, path, writing)]));
}

const majors = { express: '^5.1.0', fastify: '^5.0.0', hono: '^4.0.0' };

type Take = (name: string, from: string, named?: boolean) => string;

const key = `const ai = new OpenAI({ apiKey: '${openAiKey}' });`;
const state = ['const orders = [];', ''];

const bodies: Record<(typeof frameworks)[number], (take: Take, isCjs: boolean) => string[]> = {
  express: (take) => [
    take('express', 'express'),
    '',
    '// The lunch of a team.',
    'const app = express();',
    key,
    ...state,
    'app.use(express.json()); // bodies',
    "app.get('/health', (req, res) => res.json({ ok: true }));",
    "app.get('/orders', (req, res) => res.json(orders));",
    "app.post('/orders', async (req, res) => {",
    '  const said = await ai.responses.create({ input: req.body.text });',
    '  orders.push(said.output_text);',
    '  res.status(201).end();',
    '});',
    'app.listen(process.env.PORT || 3000);',
  ],
  fastify: (take) => [
    take('Fastify', 'fastify'),
    '',
    '// The lunch of a team.',
    'const app = Fastify();',
    key,
    ...state,
    "app.get('/health', async () => ({ ok: true }));",
    "app.get('/orders', async () => orders);",
    "app.post('/orders', async (request) => {",
    '  const said = await ai.responses.create({ input: request.body.text });',
    '  orders.push(said.output_text);',
    '  return {};',
    '});',
    'app.listen({ port: Number(process.env.PORT || 3000) });',
  ],
  hono: (take) => [
    take('serve', '@hono/node-server', true),
    take('Hono', 'hono', true),
    '',
    '// The lunch of a team.',
    'const app = new Hono();',
    key,
    ...state,
    "app.get('/health', (c) => c.json({ ok: true }));",
    "app.get('/orders', (c) => c.json(orders));",
    "app.post('/orders', async (c) => {",
    '  const said = await ai.responses.create({ input: (await c.req.json()).text });',
    '  orders.push(said.output_text);',
    '  return c.json({});',
    '});',
    'serve({ fetch: app.fetch, port: Number(process.env.PORT || 3000) });',
  ],
};

function written(text: string, path: string, { indent, quote, eol, mark }: Writing): string {
  const isJson = path.endsWith('.json');
  const indented = text.replaceAll(/^(?: {2})+/gm, (spaces) => indent.repeat(spaces.length / 2));
  const quoted = isJson ? indented : indented.replaceAll("'", quote);
  return (mark && !isJson ? '\uFEFF' : '') + quoted.replaceAll('\n', eol);
}
