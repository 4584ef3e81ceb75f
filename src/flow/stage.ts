import type { Repository } from '../repository/repository.ts';
import type { Stage } from './report.ts';

/** What a catalog calls a component's stage, and what it means for what blocks. One to be taken down still runs. */
const stages: Readonly<Record<string, Stage>> = {
  experimental: 'prototype',
  production: 'production',
  deprecated: 'production',
};

/** The stage that a repository gives itself in `spec.lifecycle` of catalog-info.yaml; the strictest of several. Default: prototype. */
export function stageOf(repository: Repository): Stage {
  const text = repository.read('catalog-info.yaml') ?? repository.read('catalog-info.yml') ?? '';
  const named = [...text.matchAll(/^[ \t]+lifecycle:[ \t]*['"]?([\w-]+)/gm)].map(([, word = '']) => stages[word]);
  return named.includes('production') ? 'production' : 'prototype';
}
