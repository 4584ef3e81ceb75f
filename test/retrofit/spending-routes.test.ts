import { expect, test } from 'vitest';
import { serversOf } from '../../src/frameworks/servers.ts';
import { spendingRoutesOf } from '../../src/retrofit/spending/spending-routes.ts';
import { repositoryOf } from '../support/repository.ts';

const start = "const app = require('express')();\n";
const end = '\napp.listen(3000);\n';

test.each([
  [
    "const OpenAI = require('openai');\nconst openai = new OpenAI();\napp.post('/chat', async (q, s) => s.json(await openai.chat.completions.create({})));",
    'OpenAI',
  ],
  [
    "const { Anthropic } = require('@anthropic-ai/sdk');\nlet client;\nfunction make() { client = new Anthropic(); }\napp.post('/chat', async (q, s) => s.json(await client.messages.create({})));",
    'Anthropic',
  ],
  [
    "app.post('/chat', async (q, s) => s.json(await fetch('https://api.openai.com/v1/chat/completions', {})));",
    'OpenAI',
  ],
  [
    "const URL = process.env.URL || 'https://api.openai.com/v1';\nconst config = { url: `${URL}/x`, other: 'https://api.groq.com/openai' };\napp.post('/chat', async (q, s) => s.json(await fetch(`${URL}/chat/completions`)));",
    'OpenAI',
  ],
  [
    "const config = { url: 'https://api.groq.com/openai/v1' };\napp.post('/chat', async (q, s) => s.json(await fetch(config.url + '/chat/completions')));",
    'Groq',
  ],
  [
    "const axios = require('axios');\nconst URL = 'https://api.groq.com/openai/v1';\napp.post('/chat', async (q, s) => s.json(await axios.post(`${URL}/chat/completions`)));",
    'Groq',
  ],
  [
    "const URL = `https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=${process.env.KEY}`;\nasync function ask() { return fetch(URL); }\napp.post('/chat', async (q, s) => s.json(await ask()));",
    'Google Gemini',
  ],
  [
    "const Replicate = require('replicate');\nclass Painter { constructor() { this.client = new Replicate(); }\n  paint() { return this.client.run('x'); } }\nconst painter = new Painter();\napp.post('/chat', async (q, s) => s.json(await painter.paint()));",
    'Replicate',
  ],
  [
    "const stripe = require('stripe')(process.env.KEY);\napp.post('/chat', async (q, s) => s.json(await stripe.paymentIntents.create({})));",
    'Stripe',
  ],
  [
    "const twilio = require('twilio');\nconst client = twilio('a', 'b');\napp.post('/chat', async (q, s) => s.json(await client.messages.create({})));",
    'Twilio',
  ],
  [
    "const { generateText } = require('ai');\nconst { openai } = require('@ai-sdk/openai');\napp.post('/chat', async (q, s) => s.json(await generateText({ model: openai('gpt-4o') })));",
    'a language model',
  ],
])('%#: %s', (code, paid) => {
  expect(routesIn({ 'server.js': start + code + end })).toEqual([['POST /chat', paid]]);
});

test.each([
  [
    "const stripe = require('stripe')(process.env.KEY);\napp.post('/hook', (q, s) => s.json(stripe.webhooks.constructEvent(q.body)));",
  ],
  [
    "const stripe = require('stripe')(process.env.KEY);\napp.get('/prices', async (q, s) => s.json(await stripe.prices.list()));",
  ],
  ["const { openai } = require('./mine');\napp.post('/chat', (q, s) => s.json(openai.chat()));"],
  ["app.get('/docs', (q, s) => s.send('see https://api.openai.com/v1 for more'));"],
  ["app.post('/chat', async (q, s) => s.json(await fetch('https://api.openai.com.evil.example/v1')));"],
])('costs nothing, %#: %s', (code) => {
  expect(routesIn({ 'server.js': start + code + end, 'mine.js': 'exports.openai = { chat: () => 1 };\n' })).toEqual([]);
});

test('across files, with the prefix of the router', () => {
  const files = {
    'server.js': `${start}app.use('/api/ai', require('./routes'));${end}`,
    'routes.js':
      "const router = require('express').Router();\nconst { ask } = require('./service');\nrouter.post('/ask', ask);\nrouter.get('/models', (q, s) => s.json([]));\nmodule.exports = router;\n",
    'service.js':
      "const { client } = require('./client');\nexports.ask = async (q, s) => s.json(await client.models.generateContent({}));\n",
    'client.js':
      "const { GoogleGenAI } = require('@google/genai');\nconst client = new GoogleGenAI({});\nmodule.exports = { client };\n",
  };
  expect(routesIn(files)).toEqual([['POST /api/ai/ask', 'Google Gemini']]);
});

function routesIn(files: Record<string, string>): string[][] {
  const manifest = JSON.stringify({ name: 'spending', dependencies: { express: '5' } });
  const repository = repositoryOf({ 'package.json': manifest, ...files });
  return serversOf(repository).flatMap((server) =>
    spendingRoutesOf(repository, server).map(({ key, paid }) => [key, paid]),
  );
}
