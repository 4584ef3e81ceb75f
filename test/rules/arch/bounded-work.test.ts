import { expect, test } from 'vitest';
import rule from '../../../src/rules/arch/bounded-work.ts';
import { repositoryOf } from '../../support/repository.ts';

/** What the rule says of a page of Next that a handler stands beside. */
async function verdictsOf(component: string, handler = ''): Promise<string[]> {
  const files = {
    'package.json': JSON.stringify({ name: 'sample', dependencies: { next: '*', react: '*' } }),
    'pages/index.js': "import { Form } from '../components/form'; export default function Page() { return <Form />; }",
    'pages/api/orders.js': `export default async function handler(request, response) { ${handler} response.json({}); }`,
    'components/form.js': component,
  };
  const findings = await rule.check(repositoryOf(files), { today: new Date() });
  return findings.map(({ verdict }) => verdict);
}

test('what a browser asks for makes nobody else wait', async () => {
  const send = "const send = () => fetch('/api/orders', { method: 'POST' });";
  const hook = "import { useState } from 'react'; const load = () => fetch('https://example.com/x');";
  expect(await verdictsOf(`${send} export const Form = () => <form onSubmit={send} />;`)).toEqual(['pass']);
  expect(await verdictsOf(`${hook} export const Form = () => { useState(load); return null; };`)).toEqual(['pass']);
  expect(await verdictsOf('export const Form = () => null;', "await fetch('https://example.com/x');")).toEqual([
    'fail',
  ]);
});
