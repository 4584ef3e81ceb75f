import { describe, expect, test } from 'vitest';
import { draftBrowserKeys } from '../../src/retrofit/browser-keys/draft-browser-keys.ts';
import { defineRetrofit } from '../../src/retrofit/retrofitter.ts';
import type { GuardrailId } from '../../src/guardrails/ids.ts';
import { madeUp } from '../secrets/made-up.ts';
import { drafting, type Files } from './tests-scene.ts';

const key = madeUp['OpenAI key'] ?? '';
const google = madeUp['Google key'] ?? '';
const retrofitter = defineRetrofit({ id: 'secrets', retrofit: draftBrowserKeys });
const chosen: readonly GuardrailId[] = ['secrets', 'security', 'auth'];
const guards = { path: 'server.js', dialect: 'cjs' } as const;

const server = `const express = require('express');
const app = express();
app.use(express.static('public'));
app.get('/api/notes', (req, res) => res.json([]));
app.listen(process.env.PORT || 3000);
`;
const manifest = JSON.stringify({ name: 'app', dependencies: { express: '^4.18.0', openai: '4' } });
const plain: Files = {
  'package.json': manifest,
  'server.js': server,
  'public/index.html': '<script src="app.js"></script>\n',
};

async function drafted(files: Files, guardrails = chosen, more: object = { guards }) {
  return drafting(files, retrofitter, { guardrails }, { node: '20.20.2', ...more });
}

/** What becomes of the script of a page. */
async function script(text: string, more: Files = {}): Promise<string | undefined> {
  return (await drafted({ ...plain, ...more, 'public/app.js': text })).files['public/app.js'];
}

const openai = "'https://api.openai.com/v1/chat/completions'";
const moved = "'/guardrails/openai/v1/chat/completions'";

const shapes: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'a key with a name',
    `const API_KEY = '${key}';\n\nasync function ask() {\n  return fetch(${openai}, {\n    method: 'POST',\n    headers: {\n      'Content-Type': 'application/json',\n      Authorization: \`Bearer \${API_KEY}\`,\n    },\n  });\n}\n`,
    `async function ask() {\n  return fetch(${moved}, {\n    method: 'POST',\n    headers: {\n      'Content-Type': 'application/json',\n    },\n  });\n}\n`,
  ],
  [
    'in the header itself, tabs and Windows line ends',
    `\uFEFFfetch(${openai}, {\r\n\tmethod: 'POST',\r\n\theaders: {\r\n\t\t'Authorization': 'Bearer ${key}',\r\n\t\t'Content-Type': 'application/json'\r\n\t}\r\n})\r\n`,
    `\uFEFFfetch(${moved}, {\r\n\tmethod: 'POST',\r\n\theaders: {\r\n\t\t'Content-Type': 'application/json'\r\n\t}\r\n})\r\n`,
  ],
  [
    'the last header, with no comma behind it',
    `fetch(${openai}, { method: "POST", headers: { "Content-Type": "application/json", "Authorization": "Bearer " + "${key}" } });\n`,
    `fetch(${moved}, { method: "POST", headers: { "Content-Type": "application/json" } });\n`,
  ],
  [
    'the only header',
    `fetch(${openai}, { method: 'POST', headers: { Authorization: 'Bearer ${key}' } });\n`,
    `fetch(${moved}, { method: 'POST', headers: {  } });\n`,
  ],
  [
    'an address and headers with names',
    `const URL = ${openai};\nconst KEY = '${key}';\nconst headers = { Accept: '*/*', Authorization: 'Bearer ' + KEY };\nconst options = { method: 'POST', headers };\nfetch(URL, options);\n`,
    `const URL = ${moved};\nconst headers = { Accept: '*/*' };\nconst options = { method: 'POST', headers };\nfetch(URL, options);\n`,
  ],
  [
    'an address in two parts',
    `const BASE = 'https://api.openai.com/v1';\nfetch(\`\${BASE}/chat/completions\`, { method: 'POST', headers: { Authorization: 'Bearer ${key}' } });\n`,
    `const BASE = '/guardrails/openai/v1';\nfetch(\`\${BASE}/chat/completions\`, { method: 'POST', headers: {  } });\n`,
  ],
  [
    'a key that is asked for as well',
    `const KEY = '${key}';\nif (!KEY) throw new Error('no key');\nfetch(${openai}, { method: 'POST', headers: { Authorization: \`Bearer \${KEY}\` } });\n`,
    `const KEY = 'kept on the server';\nif (!KEY) throw new Error('no key');\nfetch(${moved}, { method: 'POST', headers: {  } });\n`,
  ],
  [
    'axios',
    `axios.post(${openai}, body, { headers: { Authorization: 'Bearer ${key}', Accept: 'a' } });\n`,
    `axios.post(${moved}, body, { headers: { Accept: 'a' } });\n`,
  ],
  [
    'axios with one object',
    `axios({ method: 'post', url: ${openai}, headers: { Authorization: 'Bearer ${key}', Accept: 'a' } });\n`,
    `axios({ method: 'post', url: ${moved}, headers: { Accept: 'a' } });\n`,
  ],
  [
    'jQuery',
    `$.ajax({ type: 'POST', url: ${openai}, headers: { Authorization: 'Bearer ${key}', Accept: 'a' } });\n`,
    `$.ajax({ type: 'POST', url: ${moved}, headers: { Accept: 'a' } });\n`,
  ],
  [
    'an axios of its own',
    `const api = axios.create({ baseURL: 'https://api.openai.com/v1', headers: { Authorization: 'Bearer ${key}', Accept: 'a' } });\n`,
    `const api = axios.create({ baseURL: '/guardrails/openai/v1', headers: { Accept: 'a' } });\n`,
  ],
  [
    'Anthropic',
    `fetch('https://api.anthropic.com/v1/messages', { method: 'POST', headers: { 'x-api-key': '${madeUp['Anthropic key']}', 'anthropic-version': '2023-06-01', 'anthropic-dangerous-direct-browser-access': 'true' } });\n`,
    `fetch('/guardrails/anthropic/v1/messages', { method: 'POST', headers: { 'anthropic-version': '2023-06-01', 'anthropic-dangerous-direct-browser-access': 'true' } });\n`,
  ],
  [
    'Gemini, key in the address',
    `const KEY = '${google}';\nfetch(\`https://generativelanguage.googleapis.com/v1beta/models/gemini-pro:generateContent?key=\${KEY}\`, { method: 'POST' });\n`,
    `fetch(\`/guardrails/gemini/v1beta/models/gemini-pro:generateContent\`, { method: 'POST' });\n`,
  ],
  [
    'Gemini, key among other questions',
    `const KEY = '${google}';\nfetch(\`https://generativelanguage.googleapis.com/v1beta/models/\${model}:streamGenerateContent?key=\${KEY}&alt=sse\`, { method: 'POST' });\nfetch(\`https://generativelanguage.googleapis.com/v1/models/x:embedContent?alt=sse&key=\${KEY}\`, { method: 'POST' });\n`,
    `fetch(\`/guardrails/gemini/v1beta/models/\${model}:streamGenerateContent?alt=sse\`, { method: 'POST' });\nfetch(\`/guardrails/gemini/v1/models/x:embedContent?alt=sse\`, { method: 'POST' });\n`,
  ],
  [
    'Gemini, put together',
    `const KEY = '${google}';\nfetch('https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=' + KEY, { method: 'POST' });\nfetch('https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=${google}', { method: 'POST' });\n`,
    `fetch('/guardrails/gemini/v1beta/models/x:generateContent', { method: 'POST' });\nfetch('/guardrails/gemini/v1beta/models/x:generateContent', { method: 'POST' });\n`,
  ],
];

test.each(shapes)('%s', async (_name, before, after) => {
  expect(await script(before)).toBe(after);
});

/** As it would be with a byte order mark, the line ends of Windows and tabs. */
function other(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r?\n/g, '\r\n');
  return `\uFEFF${lines.replaceAll(/^ {2}/gm, '\t')}`;
}

test.each(shapes)('%s, bytes outside the edits', async (_name, before, after) => {
  expect(await script(other(before))).toBe(other(after));
});

test.each([
  [
    'OpenAI',
    `import OpenAI from 'openai';\nconst ai = new OpenAI({ apiKey: '${key}', dangerouslyAllowBrowser: true });\n`,
    "import OpenAI from 'openai';\nconst ai = new OpenAI({ apiKey: 'kept on the server', baseURL: new URL('/guardrails/openai/v1', window.location.href).href, dangerouslyAllowBrowser: true });\n",
    ['POST /guardrails/openai/v1/chat/completions', 'POST /guardrails/openai/v1/responses'],
  ],
  [
    'a key with the name of the option',
    `import OpenAI from 'openai';\nconst apiKey = '${key}';\nconst ai = new OpenAI({ apiKey, dangerouslyAllowBrowser: true });\n`,
    "import OpenAI from 'openai';\nconst ai = new OpenAI({ apiKey: 'kept on the server', baseURL: new URL('/guardrails/openai/v1', window.location.href).href, dangerouslyAllowBrowser: true });\n",
    ['POST /guardrails/openai/v1/chat/completions', 'POST /guardrails/openai/v1/responses'],
  ],
  [
    'another service behind the same library',
    `import OpenAI from 'openai';\nconst ai = new OpenAI({ baseURL: 'https://openrouter.ai/api/v1', apiKey: '${key}', dangerouslyAllowBrowser: true });\n`,
    "import OpenAI from 'openai';\nconst ai = new OpenAI({ baseURL: new URL('/guardrails/openrouter/api/v1', window.location.href).href, apiKey: 'kept on the server', dangerouslyAllowBrowser: true });\n",
    ['POST /guardrails/openrouter/api/v1/chat/completions'],
  ],
  [
    'Gemini',
    `import { GoogleGenAI } from '@google/genai';\nconst ai = new GoogleGenAI({ apiKey: '${google}' });\n`,
    "import { GoogleGenAI } from '@google/genai';\nconst ai = new GoogleGenAI({ apiKey: 'kept on the server', httpOptions: { baseUrl: new URL('/guardrails/gemini', window.location.href).href } });\n",
    ['POST /guardrails/gemini/v1beta/models/*'],
  ],
])('the library of %s', async (_name, before, after, keys) => {
  const { files } = await drafted({ ...plain, 'public/app.js': before });
  expect(files['public/app.js']).toBe(after);
  for (const each of keys) expect(files['guardrails/spending.cjs']).toContain(`'${each}'`);
});

describe('what comes with it', () => {
  const app = `const KEY = '${key}';\nfetch(${openai}, { method: 'POST', headers: { Authorization: \`Bearer \${KEY}\` } });\n`;

  test('the key is kept where the server reads it, and nothing that is told holds it', async () => {
    const { files, steps, settings, left, kept } = await drafted({ ...plain, 'public/app.js': app });
    expect(files['.env']).toBe(`OPENAI_API_KEY=${key}\n`);
    expect(steps.find(({ path }) => path === '.env')).toMatchObject({ secret: true, hides: true });
    expect(steps.find(({ path }) => path === 'public/app.js')).toMatchObject({ hides: true });
    expect(settings.map(({ name }) => name)).toEqual(['OPENAI_API_KEY']);
    expect(JSON.stringify([steps.map(({ why }) => why), settings, left, kept])).not.toContain(key.slice(4));
    expect(files['guardrails/upstreams.cjs']).toContain("paths: ['/v1/chat/completions'],");
    expect(files['guardrails/index.cjs']).toContain('relayRoutes();');
    expect(left).toEqual([]);
  });

  test('a second run drafts nothing', async () => {
    const { files } = await drafted({ ...plain, 'public/app.js': app });
    const again = await drafted(files);
    expect([again.steps, again.left]).toEqual([[], []]);
  });

  test('a key that is there already stays', async () => {
    const { files } = await drafted({ ...plain, 'public/app.js': app, '.env': 'PORT=3000\nOPENAI_API_KEY=mine\n' });
    expect(files['.env']).toBe('PORT=3000\nOPENAI_API_KEY=mine\n');
  });

  test('a key in a file of its own', async () => {
    const { files } = await drafted({
      ...plain,
      'public/config.js': `export const KEY = '${key}';\nexport const MODEL = 'gpt-4o';\n`,
      'public/index.html': '<script type="module" src="app.js"></script>\n',
      'public/app.js': `import { KEY, MODEL } from './config.js';\nfetch(${openai}, { method: 'POST', headers: { Authorization: \`Bearer \${KEY}\` }, body: MODEL });\n`,
    });
    expect(files['public/config.js']).toBe(
      "export const KEY = 'kept on the server';\nexport const MODEL = 'gpt-4o';\n",
    );
  });
});

test.each(['\n', '\r\n'])('a script that is written into the page, lines ending in %j', async (eol) => {
  const page = (call: string, first: string): string =>
    [
      '<!doctype html>',
      '<h1>Ask & hear</h1><script type="application/json">{ "a": 1 }</script>',
      `<script>${first}</script>`,
      '<p>Hello</p>',
      '<script>',
      `  async function ask() { return ${call}; }`,
      '</script>',
      '',
    ].join(eol);
  const before = page(
    `fetch(${openai}, { method: 'POST', headers: { Authorization: 'Bearer ' + KEY, Accept: 'a' } })`,
    `const KEY = '${key}';`,
  );
  const after = page(`fetch(${moved}, { method: 'POST', headers: { Accept: 'a' } })`, '');
  const { files, left } = await drafted({ ...plain, 'public/index.html': before });
  expect(files['public/index.html']).toBe(after);
  expect([files['.env'], left]).toEqual([`OPENAI_API_KEY=${key}\n`, []]);
});

const vite = {
  'package.json': JSON.stringify({ name: 'top', private: true, workspaces: ['client', 'server'] }),
  'server/package.json': JSON.stringify({ name: 'server', dependencies: { express: '5' } }),
  'server/server.js': server.replace("app.use(express.static('public'));\n", ''),
  'client/package.json': JSON.stringify({
    name: 'client',
    scripts: { build: 'vite build' },
    dependencies: { react: '19' },
    devDependencies: { vite: '7' },
  }),
  'client/index.html': '<script type="module" src="/src/main.tsx"></script>\n',
  'client/vite.config.ts':
    "import { defineConfig } from 'vite';\n\nexport default defineConfig({\n  server: {\n    proxy: {\n      '/api': { target: 'http://localhost:3001', changeOrigin: true, rewrite: (path) => path },\n    },\n  },\n});\n",
  'client/src/main.tsx':
    "const key = import.meta.env.VITE_OPENAI_API_KEY as string;\n\nexport const ask = () =>\n  fetch(`https://api.openai.com/v1/chat/completions`, {\n    method: 'POST',\n    headers: { Authorization: `Bearer ${key}` },\n  });\n",
  'client/.env': `VITE_TITLE=Hello\nVITE_OPENAI_API_KEY=${key}\n`,
} satisfies Files;

const inServer = { guards: { path: 'server/server.js', dialect: 'cjs' } } as const;

async function draftedIn(app: string, files: Files) {
  return drafting(files, retrofitter, { guardrails: chosen, app }, { node: '20.20.2', ...inServer });
}

test('a front end beside the server: what the build put into the page is read by the server', async () => {
  const { files, left } = await draftedIn('server', vite);
  expect(files['client/src/main.tsx']).toBe(
    "export const ask = () =>\n  fetch(`/guardrails/openai/v1/chat/completions`, {\n    method: 'POST',\n    headers: {  },\n  });\n",
  );
  expect(files['client/.env']).toBe('VITE_TITLE=Hello\n');
  expect(files['server/.env']).toBe(`OPENAI_API_KEY=${key}\n`);
  expect(files['client/vite.config.ts']).toContain(
    "      '/api': { target: 'http://localhost:3001', changeOrigin: true, rewrite: (path) => path },\n      '/guardrails': { target: 'http://localhost:3001', changeOrigin: true },\n",
  );
  expect(left).toEqual([]);
  const again = await draftedIn('server', files);
  expect([again.steps, again.left]).toEqual([[], []]);
});

test('a component of Vue', async () => {
  const text = `<template>\n  <p>{{ answer }}</p>\n</template>\n\n<script setup lang="ts">\nimport { ref } from 'vue'\nconst answer = ref<string>('')\nconst key: string = '${key}'\nasync function ask() {\n  await fetch(${openai}, { method: 'POST', headers: { Accept: 'a', Authorization: \`Bearer \${key}\` } })\n}\n</script>\n`;
  const { 'client/src/main.tsx': _main, ...files } = vite;
  const app = {
    ...files,
    'client/src/main.tsx':
      "import { createApp } from 'vue';\nimport App from './App.vue';\ncreateApp(App).mount('#app');\n",
    'client/src/App.vue': text,
  };
  const made = await draftedIn('server', app);
  expect(made.files['client/src/App.vue']).toBe(
    text
      .replace(`const key: string = '${key}'\n`, '')
      .replace(openai, moved)
      .replace(', Authorization: `Bearer ${key}`', ''),
  );
  expect(made.files['server/.env']).toBe(`OPENAI_API_KEY=${key}\n`);
});

test('a front end that is built for the server: its development server is told about', async () => {
  const { files, left } = await draftedIn('server', {
    ...vite,
    'server/server.js': server.replace("'public'", "require('path').join(__dirname, '../client/dist')"),
    'client/vite.config.ts': "import { defineConfig } from 'vite';\nexport default defineConfig({});\n",
  });
  expect(files['client/src/main.tsx']).toContain('/guardrails/openai');
  expect(left).toMatchObject([
    {
      where: { path: 'client/vite.config.ts' },
      lines: ["server: { proxy: { '/guardrails': 'http://localhost:3000' } },"],
    },
    { where: { path: 'client/package.json' }, lines: ['npm run build'] },
  ]);
});

test('what Vite defines is read by the server, and defined no more', async () => {
  const config =
    "import { defineConfig, loadEnv } from 'vite';\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, '.', '');\n  return {\n    define: {\n      'process.env.API_KEY': JSON.stringify(env.GEMINI_API_KEY),\n      'process.env.TITLE': JSON.stringify(env.TITLE),\n    },\n  };\n});\n";
  const { files } = await drafted({
    'package.json':
      '{ "name": "app", "dependencies": { "express": "5", "@google/genai": "1", "react": "19", "vite": "7" } }',
    'server.js': server.replace("'public'", "'dist'"),
    'index.html': '<script type="module" src="/src/main.tsx"></script>\n',
    'vite.config.ts': config,
    'src/main.tsx':
      "import { GoogleGenAI } from '@google/genai';\nconst ai = new GoogleGenAI({ apiKey: process.env.API_KEY! });\n",
    '.env.local': `GEMINI_API_KEY=${google}\n`,
  });
  expect(files['src/main.tsx']).toContain("apiKey: 'kept on the server', httpOptions:");
  expect(files['vite.config.ts']).toBe(
    config.replace("'process.env.API_KEY': JSON.stringify(env.GEMINI_API_KEY),\n      ", ''),
  );
  expect([files['.env'], files['.env.local']]).toEqual([`GOOGLE_API_KEY=${google}\n`, `GEMINI_API_KEY=${google}\n`]);
});

test('Create React App passes everything on', async () => {
  const cra = {
    ...plain,
    'client/package.json': `{ "name": "client", "proxy": "http://localhost:3000", "dependencies": { "react": "18", "react-scripts": "5" } }`,
    'client/public/index.html': '<div id="root"></div>\n',
    'client/src/index.js': `fetch(${openai}, { method: 'POST', headers: { Authorization: 'Bearer ' + process.env.REACT_APP_OPENAI_KEY } });\n`,
    'client/.env': `REACT_APP_OPENAI_KEY=${key}\n`,
  };
  const { files, left } = await drafted(cra);
  expect(files['client/src/index.js']).toBe(`fetch(${moved}, { method: 'POST', headers: {  } });\n`);
  expect([files['.env'], files['client/.env'], left]).toEqual([`OPENAI_API_KEY=${key}\n`, '', []]);
});

describe('what is left to a person', () => {
  const app = `const KEY = '${key}';\nfetch(${openai}, { method: 'POST', headers: { Authorization: \`Bearer \${KEY}\` } });\n`;

  test.each([
    [
      'pages without a server',
      { 'package.json': manifest, 'index.html': plain['public/index.html'] ?? '', 'app.js': app },
      chosen,
      /there is no server here/,
    ],
    ['nobody signs people in', { ...plain, 'public/app.js': app }, ['secrets'] as const, /nothing signs people in/],
    [
      'pages at another address',
      {
        'package.json': manifest,
        'server.js': server.replace("app.use(express.static('public'));\n", ''),
        'client/package.json': '{ "devDependencies": { "vite": "7" }, "dependencies": { "react": "19" } }',
        'client/index.html': '<script type="module" src="/src/main.js"></script>',
        'client/src/main.js': app,
      },
      chosen,
      /addresses of their own/,
    ],
    [
      'a call that asks for a list',
      { ...plain, 'public/app.js': app.replace("method: 'POST', ", '') },
      chosen,
      /more than send a question/,
    ],
    [
      'a library that takes no address',
      {
        ...plain,
        'public/app.js': `import { GoogleGenerativeAI } from '@google/generative-ai';\nconst ai = new GoogleGenerativeAI('${google}');\n`,
      },
      chosen,
      /told in another place/,
    ],
    [
      'an address that something else needs too',
      {
        ...plain,
        'public/app.js': `const BASE = 'https://api.openai.com/v1';\nfetch(\`\${BASE}/chat/completions\`, { method: 'POST', headers: { Authorization: 'Bearer ${key}' } });\nfetch(\`\${BASE}/models\`, { headers: { Authorization: 'Bearer ${key}' } });\n`,
      },
      chosen,
      /used for something else too/,
    ],
    [
      'a key that nothing sends',
      { ...plain, 'public/app.js': `console.log('${key}');\n` },
      chosen,
      /everybody who opens the page/,
    ],
  ])('%s', async (_name, files, guardrails, why) => {
    const { steps, left } = await drafted(files as Files, guardrails);
    expect(steps).toEqual([]);
    expect(left.map((each) => each.why).join('\n')).toMatch(why);
    expect(JSON.stringify(left)).not.toContain(key.slice(4));
  });
});

test.each([
  [
    'a key of the visitor',
    `function ask(key) {\n  return fetch(${openai}, { method: 'POST', headers: { Authorization: \`Bearer \${key}\` } });\n}\n`,
  ],
  [
    'a key that the visitor keeps',
    `const key = localStorage.getItem('key');\nfetch(${openai}, { method: 'POST', headers: { Authorization: 'Bearer ' + key } });\n`,
  ],
  [
    'a token for its own server',
    "const token = session.token;\nfetch('/api/notes', { headers: { Authorization: `Bearer ${token}` } });\n",
  ],
  ['an address that is only shown', "document.body.textContent = 'https://api.openai.com/v1/chat/completions';\n"],
])('left alone: %s', async (_name, text) => {
  const { steps, left } = await drafted({ ...plain, 'public/app.js': text });
  expect([steps, left]).toEqual([[], []]);
});
