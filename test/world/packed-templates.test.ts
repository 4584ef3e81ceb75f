import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packTemplates } from '../../scripts/pack-templates.ts';
import { templateValues } from '../../src/flow/values.ts';
import { packedTemplates } from '../../src/world/packed-templates.ts';
import { readTemplateFiles, templatesOnDisk } from '../../src/world/templates-on-disk.ts';
import { answersWith, creationDay } from '../support/answers.ts';

function packed(files: ReadonlyMap<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-pack-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'templates.pack'), packTemplates(files));
  return packedTemplates(join(folder, 'templates.pack'));
}

test('what ships renders every template as Handlebars does', () => {
  const files = readTemplateFiles('templates');
  const onDisk = templatesOnDisk('templates');
  const shipped = packed(files);
  const named = [...files.values()].flatMap((text) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name),
  );
  const values = {
    ...Object.fromEntries(named.map((name) => [name, `the ${name}`])),
    ...templateValues(answersWith(), creationDay, '1.0.0', '26.10.0'),
    one: 'permit',
    One: 'Permit',
    words: 'parking permits',
    aWord: 'a parking permit',
    table: 'permits',
  };
  for (const path of files.keys()) expect(shipped.render(path, values), path).toBe(onDisk.render(path, values));
  expect(shipped.list('guardrails/auth/all')).toEqual(onDisk.list('guardrails/auth/all'));
});

test('a value that nobody has given stops the rendering, and so does a template that is not there', () => {
  const shipped = packed(new Map([['greeting.hbs', 'Grüße, {{owner}} → {{toString}}']]));
  expect(() => shipped.render('greeting.hbs', { owner: 'Ana' })).toThrow('greeting.hbs names toString');
  expect(shipped.render('greeting.hbs', { owner: 'Ana', toString: '!' })).toBe('Grüße, Ana → !');
  expect(() => shipped.render('gone.hbs', {})).toThrow('there is no template gone.hbs');
});

test('a template that is more than {{value}} stops the build', () => {
  const files = new Map([['list.hbs', 'one\n{{#if name}}two{{/if}}\n']]);
  expect(() => packTemplates(files)).toThrow('list.hbs:2 is more than {{value}}');
});
